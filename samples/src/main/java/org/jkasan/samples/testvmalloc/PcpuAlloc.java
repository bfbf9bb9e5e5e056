package org.jkasan.samples.testvmalloc;

import org.jkasan.mm.Percpu;

/** Allocates thousands of percpu objects and frees them: pcpu_alloc_test. */
final class PcpuAlloc implements TestBody {

    private static final int OBJECTS = 35_000;
    private static final int MOST_BYTES = 1024;

    /** Alignments of 2 to 2048 bytes in turn. */
    private static final int SHIFTS = 11;

    private final TestContext context;
    private PointerArray objects;

    PcpuAlloc(TestContext context) {
        this.context = context;
    }

    @Override
    public boolean prepare() {
        objects = new PointerArray(context, OBJECTS);
        return objects.isAllocated();
    }

    @Override
    public boolean loop() {
        Percpu percpu = context.kernel().percpu();
        for (int i = 0; i < OBJECTS; i++) {
            long size = 1 + context.random().nextInt(MOST_BYTES);
            long object = percpu.allocPercpu(size, 1L << i % SHIFTS + 1);
            if (object == 0) {
                return false;
            }
            objects.add(object);
        }
        return true;
    }

    @Override
    public void cleanUp() {
        Percpu percpu = context.kernel().percpu();
        for (int i = 0; i < objects.count(); i++) {
            percpu.freePercpu(objects.get(i));
        }
        objects.free();
    }
}
