package org.jkasan.agent.rewrite;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jkasan.check.ArrayElements;
import org.jkasan.check.HeapArrays;
import org.jkasan.report.CallSite;
import org.jkasan.shadow.Shadow;

/**
 * A stand-in for the hooks that writes down what is checked: for elements of known arrays the hook,
 * the array's name and the index, whichever way the array was told; for the rest the arguments.
 */
public final class RecordingHooks {

    private static final long DISTANCE = 1L << 32;
    private static final long FIRST = 1L << 44;

    private static final List<String> EVENTS = new ArrayList<>();
    private static final Map<Object, String> NAMES = new IdentityHashMap<>();
    private static final Map<Object, Long> HANDLES = new IdentityHashMap<>();
    private static final Map<Long, Object> ARRAYS = new TreeMap<>();
    private static HeapArrays arrays = new HeapArrays();
    private static int questions;

    private RecordingHooks() {}

    /** The address of element 0 of a known array. */
    public static long address(Object array) {
        return HANDLES.get(array);
    }

    public static void reset() {
        EVENTS.clear();
        NAMES.clear();
        HANDLES.clear();
        ARRAYS.clear();
        arrays = new HeapArrays();
        questions = 0;
        RecordingLoopHooks.reset();
    }

    /** From now on accesses of this array are written down. */
    public static void know(Object array, String name) {
        long handle = FIRST + DISTANCE * ARRAYS.size();
        NAMES.put(array, name);
        HANDLES.put(array, handle);
        ARRAYS.put(handle, array);
        if (ArrayElements.length(array) >= 0) {
            arrays.track(array, handle);
        }
    }

    /** From now on accesses of this array are no longer written down. */
    public static void forget(Object array) {
        HANDLES.remove(array);
        arrays.untrack(array);
    }

    /** How many arrays are known whose elements have that size, as its log2. */
    static long known(int shift) {
        return HANDLES.keySet().stream()
                .filter(array -> ArrayElements.shift(array) == shift)
                .count();
    }

    /** The known arrays, as the runtime has them. */
    static HeapArrays arrays() {
        return arrays;
    }

    static boolean knows(Object array) {
        return HANDLES.containsKey(array);
    }

    public static CallSite callSite(int number) {
        EVENTS.add("callSite " + number);
        return null;
    }

    public static List<String> events() {
        return List.copyOf(EVENTS);
    }

    /** How often a handle was asked for. */
    public static int questions() {
        return questions;
    }

    public static long handle(Object array) {
        questions++;
        return handleOf(array);
    }

    public static long handle1(Object array) {
        return handle(array);
    }

    public static long handle2(Object array) {
        return handle(array);
    }

    public static long handle4(Object array) {
        return handle(array);
    }

    public static long handle8(Object array) {
        return handle(array);
    }

    private static long handleOf(Object array) {
        return array == null ? 0 : HANDLES.getOrDefault(array, 0L);
    }

    private static boolean isBad(String hook, int index, long handle) {
        int size = hook.charAt(hook.length() - 1) - '0';
        Shadow shadow = RecordingLoopHooks.judge();
        return shadow == null || !shadow.isValid(handle + (long) index * size, size);
    }

    private static void element(String hook, int index, long handle) {
        if (handle != 0 && isBad(hook, index, handle)) {
            EVENTS.add(hook + " " + NAMES.get(ARRAYS.get(handle)) + "[" + index + "]");
        }
    }

    static void call(String hook, Object... arguments) {
        StringBuilder event = new StringBuilder(hook);
        for (Object argument : arguments) {
            String name = NAMES.get(argument);
            event.append(' ').append(name == null ? plain(argument) : name);
        }
        EVENTS.add(event.toString());
    }

    private static String plain(Object argument) {
        if (argument == null || argument instanceof Number || argument instanceof String) {
            return String.valueOf(argument);
        }
        return argument.getClass().isArray() ? "array" : "object";
    }

    public static void load(int index, long handle, int shift) {
        element("load" + (1 << shift), index, handle);
    }

    public static void store(int index, long handle, int shift) {
        element("store" + (1 << shift), index, handle);
    }

    public static void load1(int index, long handle) {
        element("load1", index, handle);
    }

    public static void load2(int index, long handle) {
        element("load2", index, handle);
    }

    public static void load4(int index, long handle) {
        element("load4", index, handle);
    }

    public static void load8(int index, long handle) {
        element("load8", index, handle);
    }

    public static void store1(int index, long handle) {
        element("store1", index, handle);
    }

    public static void store2(int index, long handle) {
        element("store2", index, handle);
    }

    public static void store4(int index, long handle) {
        element("store4", index, handle);
    }

    public static void store8(int index, long handle) {
        element("store8", index, handle);
    }

    public static void load1(Object array, int index) {
        load1(index, handleOf(array));
    }

    public static void load2(Object array, int index) {
        load2(index, handleOf(array));
    }

    public static void load4(Object array, int index) {
        load4(index, handleOf(array));
    }

    public static void load8(Object array, int index) {
        load8(index, handleOf(array));
    }

    public static void store1(Object array, int index) {
        store1(index, handleOf(array));
    }

    public static void store2(Object array, int index) {
        store2(index, handleOf(array));
    }

    public static void store4(Object array, int index) {
        store4(index, handleOf(array));
    }

    public static void store8(Object array, int index) {
        store8(index, handleOf(array));
    }

    public static void writeAll(Object array) {
        call("writeAll", array);
    }

    public static void writeRange(Object array, int from, int count) {
        call("writeRange", array, from, count);
    }

    public static void readCopy(Object array, int from, int to) {
        call("readCopy", array, from, to);
    }

    public static void copy(Object source, int from, Object destination, int to, int count) {
        call("copy", source, from, destination, to, count);
    }
}
