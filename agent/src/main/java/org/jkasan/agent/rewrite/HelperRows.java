package org.jkasan.agent.rewrite;

import static org.jkasan.agent.rewrite.Operand.argument;
import static org.jkasan.agent.rewrite.Operand.constant;

import java.util.ArrayList;
import java.util.List;

/** The catalogue's rows for the kernel's helper functions. */
final class HelperRows {

    private static final Operand A0 = argument(0);
    private static final Operand A1 = argument(1);
    private static final Operand A2 = argument(2);
    private static final Operand A3 = argument(3);

    private static final String MM = "org/jkasan/mm/";

    private final String owner;
    private final List<InterceptedCall> rows;

    private HelperRows(String name, List<InterceptedCall> rows) {
        this.owner = MM + name;
        this.rows = rows;
    }

    static List<InterceptedCall> all() {
        List<InterceptedCall> rows = new ArrayList<>();
        new HelperRows("Strings", rows).strings();
        new HelperRows("Atomics", rows).atomics("I", 4);
        new HelperRows("Atomics64", rows).atomics("J", 8);
        new HelperRows("Bitops", rows).bitops();
        new HelperRows("UserMemory", rows).user();
        return rows;
    }

    private void strings() {
        Effect read = Effect.of(Hook.STRING_READ, A0, A1);
        add("strlen", "(J)", read);
        add("strnlen", "(JJ)", Effect.of(Hook.STRING_READ_UP_TO, A0, A1, A2));
        add("strcpy", "(JJ)", Effect.of(Hook.STRING_COPY, A0, A1, A2));
        add("strscpy", "(JJJ)", Effect.of(Hook.STRING_COPY_UP_TO, A0, A1, A2, A3));
        add("strcmp", "(JJ)", Effect.of(Hook.STRING_COMPARE, A0, A1, A2));
        add("strncmp", "(JJJ)", Effect.of(Hook.STRING_COMPARE_UP_TO, A0, A1, A2, A3));
        add("strchr", "(JI)", Effect.of(Hook.STRING_FIND, A0, A1, A2));
        add("strrchr", "(JI)", read);
        add("strstr", "(JJ)", Effect.of(Hook.STRING_READ, A0, A2), read);
    }

    private void atomics(String type, int bytes) {
        Operand size = constant(bytes);
        Effect load = Effect.of(Hook.HELPER_LOAD, A0, A1, size);
        Effect store = Effect.of(Hook.HELPER_STORE, A0, A1, size);
        Effect storeSecond = Effect.of(Hook.HELPER_STORE, A0, A2, size);
        each("(J)", load, "read", "readAcquire");
        each("(J" + type + ")", store, "set", "setRelease", "xchg");
        each("(" + type + "J)", storeSecond, "add", "sub", "and", "andnot", "or", "xor");
        each("(" + type + "J)", storeSecond, "addReturn", "subReturn", "fetchAdd", "fetchSub");
        each("(" + type + "J)", storeSecond, "fetchAnd", "fetchAndnot", "fetchOr", "fetchXor");
        each("(" + type + "J)", storeSecond, "subAndTest", "addNegative");
        each("(J)", store, "inc", "dec", "incReturn", "decReturn", "fetchInc", "fetchDec");
        each("(J)", store, "decAndTest", "incAndTest", "incNotZero");
        each("(J)", store, "incUnlessNegative", "decUnlessPositive", "decIfPositive");
        String two = "(J" + type + type + ")";
        each(two, store, "cmpxchg", "fetchAddUnless", "addUnless");
        add("tryCmpxchg", "(JJ" + type + ")", store, storeSecond);
    }

    private void bitops() {
        Effect store = Effect.of(Hook.BIT_STORE, A0, A1, A2);
        for (String change : List.of("setBit", "clearBit", "changeBit", "clearBitUnlock")) {
            each("(JJ)", store, change, nonatomic(change));
        }
        for (String change : List.of("testAndSetBit", "testAndClearBit", "testAndChangeBit")) {
            each("(JJ)", store, change, nonatomic(change));
        }
        add("testAndSetBitLock", "(JJ)", store);
        add("testBit", "(JJ)", Effect.of(Hook.BIT_LOAD, A0, A1, A2));
    }

    private static String nonatomic(String name) {
        return "nonatomic" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private void user() {
        add("copyToUser", "(JJJ)", Effect.of(Hook.USER_COPY, A0, A1, A2, A3));
        add("copyFromUser", "(JJJ)", Effect.of(Hook.HELPER_WRITE, A0, A1, A3));
        add("strncpyFromUser", "(JJJ)", Effect.of(Hook.USER_STRING, A0, A1, A2, A3));
    }

    private void each(String parameters, Effect effect, String... names) {
        for (String name : names) {
            add(name, parameters, effect);
        }
    }

    private void add(String name, String parameters, Effect... effects) {
        rows.add(new InterceptedCall(owner, name, parameters, false, List.of(effects), false));
    }
}
