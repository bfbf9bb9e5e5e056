package org.jkasan.mm;

/**
 * A registered global variable.
 *
 * @param start its kernel address, a multiple of {@link DataSection#ALIGNMENT}
 * @param size its bytes
 * @param sizeWithRedzone the same with the redzone behind it
 */
record Global(String name, long start, long size, long sizeWithRedzone) {

    long end() {
        return start + sizeWithRedzone;
    }
}
