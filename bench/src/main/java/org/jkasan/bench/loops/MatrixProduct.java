package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The product of two square matrices, flat and as an array of rows. */
@State(Scope.Thread)
public class MatrixProduct extends LoopMemory {

    private static final int SIZE = 96;

    private double[] flatA;
    private double[] flatB;
    private double[] flatC;

    private double[][] rowsA;
    private double[][] rowsB;
    private double[][] rowsC;

    @Override
    void fill() {
        Random random = new Random(1);
        flatA = doubles(SIZE * SIZE);
        flatB = doubles(SIZE * SIZE);
        flatC = doubles(SIZE * SIZE);
        for (int i = 0; i < SIZE * SIZE; i++) {
            flatA[i] = random.nextDouble();
            flatB[i] = random.nextDouble();
        }
        rowsA = rows(flatA);
        rowsB = rows(flatB);
        rowsC = rows(flatC);
    }

    /** Over {@code double[]}, rows one behind the other. */
    @Benchmark
    public double[] flat() {
        CodeShift.apply();
        multiply(flatA, flatB, flatC, SIZE);
        return flatC;
    }

    /** Over {@code double[][]}: every row is an array of its own. */
    @Benchmark
    public double[][] rows() {
        CodeShift.apply();
        multiply(rowsA, rowsB, rowsC);
        return rowsC;
    }

    private static void multiply(double[] a, double[] b, double[] c, int size) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double sum = 0;
                for (int k = 0; k < size; k++) {
                    sum += a[i * size + k] * b[k * size + j];
                }
                c[i * size + j] = sum;
            }
        }
    }

    private static void multiply(double[][] a, double[][] b, double[][] c) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                double sum = 0;
                for (int k = 0; k < b.length; k++) {
                    sum += a[i][k] * b[k][j];
                }
                c[i][j] = sum;
            }
        }
    }

    private double[][] rows(double[] flat) {
        double[][] rows = new double[SIZE][];
        for (int row = 0; row < SIZE; row++) {
            rows[row] = doubles(SIZE);
            System.arraycopy(flat, row * SIZE, rows[row], 0, SIZE);
        }
        return rows;
    }
}
