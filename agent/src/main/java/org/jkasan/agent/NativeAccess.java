package org.jkasan.agent;

import java.lang.reflect.Method;

/** The agent's leave to call native code, which the user would else give with a flag. */
final class NativeAccess {

    /** The first release that asks for it. */
    private static final int SINCE = 22;

    private NativeAccess() {}

    /**
     * Gives it to the agent's module alone. The public method for this is itself restricted and
     * would warn, so the boot package opened java.lang to this module for the internal one.
     */
    static void allow() {
        if (Runtime.version().feature() < SINCE) {
            return;
        }
        try {
            Method allow = Module.class.getDeclaredMethod("implAddEnableNativeAccess");
            allow.setAccessible(true);
            allow.invoke(NativeAccess.class.getModule());
        } catch (ReflectiveOperationException changed) {
            return; // A JVM without that method warns at worst.
        }
    }
}
