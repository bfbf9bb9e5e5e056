package org.jkasan.kernel;

/** A variable in a stack frame. */
final class StackObject {

    final String name;
    final long addr;
    final int size;

    /** Whether its scope is open. */
    boolean live = true;

    StackObject(String name, long addr, int size) {
        this.name = name;
        this.addr = addr;
        this.size = size;
    }
}
