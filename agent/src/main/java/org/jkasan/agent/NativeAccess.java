package org.jkasan.agent;

import java.lang.reflect.Method;

/** JNA's leave to call native code, which the user would else give with a flag. */
final class NativeAccess {

    /** The first release that asks for it. */
    private static final int SINCE = 22;

    private NativeAccess() {}

    /**
     * Gives it to one module alone. The public method for this is itself restricted and would warn,
     * so the boot package opened java.lang to the agent for the internal one.
     */
    static void allow(Module module) {
        if (Runtime.version().feature() < SINCE) {
            return;
        }
        try {
            Method allow = Module.class.getDeclaredMethod("implAddEnableNativeAccess");
            allow.setAccessible(true);
            allow.invoke(module);
        } catch (ReflectiveOperationException changed) {
            return; // A JVM without that method warns at worst.
        }
    }
}
