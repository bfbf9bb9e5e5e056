package org.jkasan.bench.mutant.work;

import java.nio.ByteBuffer;
import org.jkasan.kernel.Kernel;

/** Strings that end in NUL, each once, in a buffer that is replaced by a larger one. */
public final class StringPool implements Workload {

    private Kernel kernel;
    private ByteBuffer pool;
    private int size;
    private int used;

    @Override
    public void run(Kernel running) {
        kernel = running;
        size = 10;
        pool = kernel.vmalloc().vmallocBuffer(size);
        int[] at = new int[30];
        for (int i = 0; i < at.length; i++) {
            at[i] = intern("name" + i % 17);
        }
        for (int i = 0; i < at.length; i++) {
            Workload.require(at[i] == at[i % 17]);
            Workload.require(text(at[i]).equals("name" + i % 17));
        }
        kernel.vmalloc().vfree(pool);
    }

    private int intern(String text) {
        int at = 0;
        while (at < used) {
            if (isAt(at, text)) {
                return at;
            }
            at += length(at) + 1;
        }
        if (used + text.length() + 1 > size) {
            grow(text.length() + 1);
        }
        for (int i = 0; i < text.length(); i++) {
            pool.put(used + i, (byte) text.charAt(i));
        }
        pool.put(used + text.length(), (byte) 0);
        used += text.length() + 1;
        return at;
    }

    private void grow(int least) {
        int larger = size + Math.max(size / 2, least);
        ByteBuffer copy = kernel.vmalloc().vmallocBuffer(larger);
        for (int i = 0; i < used; i++) {
            copy.put(i, pool.get(i));
        }
        kernel.vmalloc().vfree(pool);
        pool = copy;
        size = larger;
    }

    private boolean isAt(int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (pool.get(at + i) != text.charAt(i)) {
                return false;
            }
        }
        return pool.get(at + text.length()) == 0;
    }

    private int length(int at) {
        int end = at;
        while (pool.get(end) != 0) {
            end++;
        }
        return end - at;
    }

    private String text(int at) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length(at); i++) {
            text.append((char) pool.get(at + i));
        }
        return text.toString();
    }
}
