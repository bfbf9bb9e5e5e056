package org.jkasan.agent.rewrite.catalogue;

import static org.jkasan.agent.rewrite.catalogue.Operand.constant;
import static org.jkasan.agent.rewrite.catalogue.Rows.A0;
import static org.jkasan.agent.rewrite.catalogue.Rows.A1;
import static org.jkasan.agent.rewrite.catalogue.Rows.A2;
import static org.jkasan.agent.rewrite.catalogue.Rows.A3;

import java.util.List;
import org.jkasan.agent.rewrite.hook.Hook;

/** The catalogue's rows for the kernel's helper functions. */
final class HelperRows {

    private static final String MM = "org/jkasan/mm/";

    private final Rows rows;

    private HelperRows(String name) {
        rows = Rows.of(MM + name);
    }

    static void addTo(List<InterceptedCall> rows) {
        rows.addAll(new HelperRows("Strings").strings().list());
        rows.addAll(new HelperRows("Atomics").atomics("I", 4).list());
        rows.addAll(new HelperRows("Atomics64").atomics("J", 8).list());
        rows.addAll(new HelperRows("Bitops").bitops().list());
        rows.addAll(new HelperRows("UserMemory").user().list());
        rows.addAll(new HelperRows("Nofault").nofault().list());
    }

    private Rows strings() {
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
        return rows;
    }

    private Rows atomics(String type, int bytes) {
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
        return rows;
    }

    private Rows bitops() {
        Effect store = Effect.of(Hook.BIT_STORE, A0, A1, A2);
        for (String change : List.of("setBit", "clearBit", "changeBit", "clearBitUnlock")) {
            each("(JJ)", store, change, nonatomic(change));
        }
        for (String change : List.of("testAndSetBit", "testAndClearBit", "testAndChangeBit")) {
            each("(JJ)", store, change, nonatomic(change));
        }
        each("(JJ)", store, "testAndSetBitLock", "clearBitUnlockIsNegativeByte");
        add("testBit", "(JJ)", Effect.of(Hook.BIT_LOAD, A0, A1, A2));
        return rows;
    }

    private static String nonatomic(String name) {
        return "nonatomic" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private Rows user() {
        add("copyToUser", "(JJJ)", Effect.of(Hook.USER_COPY, A0, A1, A2, A3));
        Effect read = Effect.of(Hook.HELPER_READ, A0, A2, A3);
        each("(JJJ)", read, "copyToUserUnchecked", "copyToUserInatomic");
        Effect write = Effect.of(Hook.HELPER_WRITE, A0, A1, A3);
        each("(JJJ)", write, "copyFromUser", "copyFromUserUnchecked", "copyFromUserInatomic");
        add("strncpyFromUser", "(JJJ)", Effect.of(Hook.USER_STRING, A0, A1, A2, A3));
        return rows;
    }

    private Rows nofault() {
        add("copyFromKernel", "(JJJ)", Effect.of(Hook.NOFAULT_FROM, A0, A1, A2, A3));
        add("copyToKernel", "(JJJ)", Effect.of(Hook.NOFAULT_TO, A0, A1, A2, A3));
        return rows;
    }

    private void each(String parameters, Effect effect, String... names) {
        for (String name : names) {
            add(name, parameters, effect);
        }
    }

    private void add(String name, String parameters, Effect... effects) {
        rows.method(name, parameters, effects);
    }
}
