package org.jkasan.kernel;

/** A compiler without KASAN: objects lie next to each other. */
final class NoStackKasan implements StackKasan {

    private static final int ALIGNMENT = 16;

    @Override
    public int threadSize() {
        return 16 << 10;
    }

    @Override
    public int redzone() {
        return 0;
    }

    @Override
    public long slot(int size) {
        return (long) size + ALIGNMENT - 1 & -ALIGNMENT;
    }

    @Override
    public void addLocal(long header, int size, boolean highest) {}

    @Override
    public void beginScope(long addr, int size) {}

    @Override
    public void endScope(long addr, int size) {}

    @Override
    public void addAlloca(long redzone, int size) {}

    @Override
    public void unpoison(long addr, long size) {}
}
