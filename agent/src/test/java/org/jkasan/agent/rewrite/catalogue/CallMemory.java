package org.jkasan.agent.rewrite.catalogue;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * Memory that a call is given: a primitive array or what a direct buffer lies over. Its first bytes
 * are good, the rest is not, nor is what lies around it.
 */
final class CallMemory {

    private final Object array;
    private final ByteBuffer direct;

    /** Address of the first element. */
    final long base;

    /** Bytes of an element. */
    final int unit;

    /** Bytes that are good. */
    final int good;

    /** Elements that are accessed as one. */
    final int group;

    private CallMemory(Object array, ByteBuffer direct, long base, int unit, int good, int group) {
        this.array = array;
        this.direct = direct;
        this.base = base;
        this.unit = unit;
        this.good = good;
        this.group = group;
    }

    static CallMemory of(Object array, int unit, long base, int good) {
        return new CallMemory(array, null, base, unit, good, 1);
    }

    /** The memory of a direct buffer whose elements have so many bytes. */
    static CallMemory of(ByteBuffer direct, long base, int good, int group) {
        return new CallMemory(null, direct, base, 1, good, group);
    }

    /** The array, or null. */
    Object array() {
        return array;
    }

    /** Elements. */
    int count() {
        return array == null ? direct.capacity() : Array.getLength(array);
    }

    long end() {
        return base + (long) count() * unit;
    }

    boolean isBad(int element) {
        return (element + 1) * unit > good;
    }

    Object get(int element) {
        return array == null ? (Object) direct.get(element) : Array.get(array, element);
    }

    /**
     * Fills it, so that no element is as another one, nor as any of another memory, nor as it is
     * with another salt; as far as there are enough values, which booleans have not.
     *
     * @param salt 0 or 1
     * @param number of the memory
     */
    void fill(int salt, int number) {
        IntStream.range(0, count())
                .forEach(i -> set(i, (i * 7 + 3 & 63 ^ 63 * salt) + 64 * (number & 1)));
    }

    /** Changes an element to what it never is otherwise. */
    void change(int element) {
        set(element, get(element) instanceof Boolean old ? old ? 0 : 1 : value(element) ^ 64);
    }

    private int value(int element) {
        Object value = get(element);
        return value instanceof Character character ? character : ((Number) value).intValue();
    }

    private void set(int element, int value) {
        if (array == null) {
            direct.put(element, (byte) value);
        } else if (array instanceof boolean[] booleans) {
            booleans[element] = (value & 1) != 0;
        } else if (array instanceof char[] chars) {
            chars[element] = (char) value;
        } else if (array instanceof byte[] bytes) {
            bytes[element] = (byte) value;
        } else if (array instanceof short[] shorts) {
            shorts[element] = (short) value;
        } else {
            setWide(element, value);
        }
    }

    private void setWide(int element, int value) {
        if (array instanceof int[] ints) {
            ints[element] = value;
        } else if (array instanceof long[] longs) {
            longs[element] = value;
        } else if (array instanceof float[] floats) {
            floats[element] = value;
        } else {
            ((double[]) array)[element] = value;
        }
    }

    Object[] contents() {
        return IntStream.range(0, count()).mapToObj(this::get).toArray();
    }
}
