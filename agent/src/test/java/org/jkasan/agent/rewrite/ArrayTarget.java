package org.jkasan.agent.rewrite;

/** Accesses of arrays in every shape that javac makes of them; see {@link SemanticsTest}. */
public final class ArrayTarget {

    private static final int[] TABLE = new int[8];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            TABLE[i] = i * i;
        }
    }

    private static int trace;

    private final int[] squares = new int[4];
    private int sum;

    ArrayTarget(int[] from) {
        int total = 0;
        for (int i = 0; i < squares.length; i++) {
            squares[i] = from[i] * from[i];
            total += squares[i];
        }
        this.sum = total;
    }

    /** Its compact constructor loops too. */
    record Row(int[] cells) {
        Row {
            for (int i = 0; i < cells.length; i++) {
                cells[i]++;
            }
        }
    }

    static int constructor(int[] a) {
        return new ArrayTarget(a).sum;
    }

    static int[] recordConstructor(int[] a) {
        return new Row(a).cells();
    }

    static int staticTable(int i) {
        return TABLE[i];
    }

    static Object[] elements(
            boolean[] z, byte[] b, char[] c, short[] s, int[] i, float[] f, long[] j, double[] d) {
        z[0] = z[1];
        b[0] = (byte) (b[1] + 1);
        c[0] = (char) (c[1] + 1);
        s[0] = (short) (s[1] + 1);
        i[0] = i[1] + 1;
        f[0] = f[1] + 1;
        j[0] = j[1] + 1;
        d[0] = d[1] + 1;
        return new Object[] {z, b, c, s, i, f, j, d};
    }

    static Object[] elementsInLoop(
            boolean[] z, byte[] b, char[] c, short[] s, int[] i, float[] f, long[] j, double[] d) {
        for (int k = 0; k < 1; k++) {
            z[k] = z[1];
            b[k] = (byte) (b[1] + 1);
            c[k] = (char) (c[1] + 1);
            s[k] = (short) (s[1] + 1);
            i[k] = i[1] + 1;
            f[k] = f[1] + 1;
            j[k] = j[1] + 1;
            d[k] = d[1] + 1;
        }
        return new Object[] {z, b, c, s, i, f, j, d};
    }

    static Object[] compound(byte[] b, boolean[] z, long[] j, double[] d) {
        for (int i = 0; i < 3; i++) {
            b[i]++;
            --b[i + 1];
            b[i] *= 3;
            z[i] |= i == 1;
            j[i] += b[i]++;
            d[i] /= j[i] - 5;
            j[i + 1] <<= i;
        }
        return new Object[] {b, z, j, d};
    }

    static int xor(int[] a, int[] b, int[] c) {
        for (int i = 0; i < c.length; i++) {
            c[i] = a[i] ^ b[i];
        }
        return c[c.length - 1];
    }

    static int[] insertionSort(int[] a) {
        for (int i = 1; i < a.length; i++) {
            int key = a[i];
            int j = i - 1;
            while (j >= 0 && a[j] > key) {
                a[j + 1] = a[j];
                j--;
            }
            a[j + 1] = key;
        }
        return a;
    }

    static int matrix(int[][] m, int[][] n) {
        int sum = 0;
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j < n[0].length; j++) {
                for (int k = 0; k < n.length; k++) {
                    sum += m[i][k] * n[k][j];
                }
            }
        }
        return sum;
    }

    static int rowVariable(int[][] m) {
        int sum = 0;
        for (int i = 0; i < m.length; i++) {
            int[] row = m[i];
            for (int j = 0; j < row.length; j++) {
                sum += row[j];
            }
        }
        return sum;
    }

    static int doWhile(int[] a) {
        int i = 0;
        do {
            a[i] += i;
            i++;
        } while (a[i] != 7);
        return i;
    }

    static int labels(int[] a, int[] b) {
        int steps = 0;
        outer:
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                steps++;
                if (a[i] == b[j]) {
                    continue outer;
                }
                if (a[i] + b[j] == 10) {
                    break outer;
                }
            }
            a[i]++;
        }
        return steps;
    }

    static int tryInLoop(int[] a) {
        int caught = 0;
        for (int i = -1; i <= a.length; i++) {
            try {
                a[i]++;
            } catch (ArrayIndexOutOfBoundsException e) {
                caught++;
            } finally {
                a[0]++;
            }
        }
        return caught * 100 + a[0];
    }

    static int loopInTry(int[] a, int[] b) {
        int sum = 0;
        try {
            for (int i = 0; ; i++) {
                sum += a[i];
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            for (int i = 0; i < b.length; i++) {
                sum += b[i];
            }
        }
        return sum;
    }

    static int retry(int[] a, int[] b) {
        int round = 0;
        while (true) {
            try {
                round++;
                return b[a[round]];
            } catch (ArrayIndexOutOfBoundsException e) {
                a = b;
            }
        }
    }

    static int switchInLoop(byte[] code, int[] stack) {
        int top = 0;
        int at = 0;
        while (true) {
            switch (code[at++]) {
                case 0:
                    stack[top++] = code[at++];
                    break;
                case 1:
                    top--;
                    stack[top - 1] += stack[top];
                    break;
                case 2:
                    stack[top] = stack[top - 1];
                    top++;
                    continue;
                case 99:
                    return stack[top - 1];
                default:
                    throw new IllegalStateException("bad code at " + (at - 1));
            }
        }
    }

    static int ternaries(int[] a, int[] b, int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[(i & 1) == 0 ? i : a.length - 1 - i];
            sum += ((i & 2) == 0 ? a : b)[i];
            (sum > 5 ? a : b)[i] = sum;
        }
        return sum;
    }

    static int swap(int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            int[] other = a;
            a = b;
            b = other;
            a[i] = b[i] + 1;
        }
        return a[n - 1];
    }

    static int reassigned(int[] a, int[] b) {
        int sum = 0;
        int[] current = null;
        for (int i = 0; i < a.length; i++) {
            if (i == 1) {
                current = b;
            }
            sum += current == null ? 1 : current[i];
            if (i == 2) {
                current = new int[8];
            }
        }
        return sum;
    }

    static int slotReuse(int[] a, String text) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            {
                int[] here = a;
                sum += here[i];
            }
            {
                int number = i;
                sum += number;
            }
            {
                String word = text;
                sum += word.length();
            }
            {
                double wide = i;
                byte[] bytes = new byte[2];
                bytes[1] = (byte) wide;
                sum += bytes[1];
            }
        }
        return sum;
    }

    static int orderOfEvaluation(int[] a, int i) {
        trace = 0;
        try {
            a[next(i)] = a[next(1)] / next(0);
        } catch (ArithmeticException | ArrayIndexOutOfBoundsException e) {
            trace += 1000;
        }
        return trace;
    }

    private static int next(int i) {
        trace = trace * 10 + i + 1;
        return i;
    }

    static int sumLambda(int[] a) {
        java.util.function.IntBinaryOperator range =
                (from, to) -> {
                    int sum = 0;
                    for (int i = from; i < to; i++) {
                        sum += a[i];
                    }
                    return sum;
                };
        return range.applyAsInt(0, a.length);
    }

    static int throwsInLoop(int[] a) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            if (a[i] < 0) {
                throw new IllegalArgumentException("negative at " + i);
            }
            sum += a[i];
        }
        return sum;
    }

    static int callsInLoop(int[] a) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += next(a[i]);
            for (int j = 0; j < i; j++) {
                sum += a[j];
            }
        }
        return sum;
    }

    static int load(int[] a, int i) {
        return a[i];
    }

    static int loadInLoop(int[] a, int i) {
        int sum = 0;
        for (int n = 0; n < 2; n++) {
            sum += a[i];
        }
        return sum;
    }

    static void store(long[] a, int i, long value) {
        a[i] = value;
    }

    static void storeInLoop(double[] a, int i, double value) {
        for (int n = 0; n < 2; n++) {
            a[i] = value;
        }
    }
}
