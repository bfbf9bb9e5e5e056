package org.jkasan.agent;

import org.jkasan.check.BufferHooks;
import org.jkasan.check.CodecHooks;
import org.jkasan.check.Hooks;
import org.jkasan.check.JdkHooks;
import org.jkasan.check.KernelHooks;
import org.jkasan.check.LoopHooks;
import org.jkasan.check.Sanitizer;

/**
 * The one copy of the runtime that may exist: the boot loader's. Checks that reached another one
 * would be lost without a word.
 */
final class RuntimeCopy {

    private static final Class<?>[] HOOKS = {
        Hooks.class,
        BufferHooks.class,
        KernelHooks.class,
        JdkHooks.class,
        CodecHooks.class,
        LoopHooks.class
    };

    private RuntimeCopy() {}

    /**
     * Checks that the runtime is the boot loader's, and that the application finds the same.
     *
     * @throws RefusalException where one of this does not hold
     */
    static void checkTheOne(LoadedClasses loaded, boolean late) {
        Class<?> found = applicationsOwn();
        if (found.getModule().isNamed()) {
            throw new RefusalException(inModule(found.getModule().getName()));
        }
        if (Sanitizer.class.getClassLoader() != null || found.getClassLoader() != null) {
            throw new RefusalException(
                    "The application's class loader does not find JKASAN's runtime at the boot"
                            + " loader, where it is, so no check would work; use a system class"
                            + " loader that delegates to its parent first.");
        }
        Class<?> second = late ? loaded.secondRuntime() : null;
        if (second != null) {
            throw new RefusalException(
                    "The program has loaded a runtime of JKASAN of its own ("
                            + second.getName()
                            + "), so attaching comes too late; start it with -javaagent.");
        }
    }

    /**
     * Whether a loader finds the hooks, all of them: one that looks at who asks (Felix) finds for
     * the agent what it does not find for its own classes. The JVM itself remembers what a loader
     * found, for these, too, so the loader's code runs for its first such class only.
     */
    static boolean isSeenBy(ClassLoader loader) {
        try {
            for (Class<?> hooks : HOOKS) {
                if (Class.forName(hooks.getName(), false, loader) != hooks) {
                    return false;
                }
            }
            return true;
        } catch (ClassNotFoundException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** What is said of a loader whose classes use a runtime of their own. */
    static String ownRuntime(ClassLoader loader) {
        return "the class loader "
                + loader.getClass().getName()
                + " brings a runtime of JKASAN of its own, which checks nothing, so the classes that"
                + " use it stay unchecked; let it delegate org.jkasan.* to the boot loader (in OSGi:"
                + " org.osgi.framework.bootdelegation).";
    }

    /** What is said of a program that has the runtime as a module, which no agent can replace. */
    static String inModule(String module) {
        return "JKASAN's runtime is the module "
                + module
                + " of this program, so no check would work; take its jar from the module path to"
                + " the class path, have your module require nothing of it, and add --add-reads"
                + " YOUR.MODULE=ALL-UNNAMED when you compile and run.";
    }

    /** The hooks that the application's loader finds. */
    private static Class<?> applicationsOwn() {
        try {
            return Class.forName(Hooks.class.getName(), false, ClassLoader.getSystemClassLoader());
        } catch (ClassNotFoundException e) {
            throw new RefusalException(
                    "The application's class loader does not find what the boot loader has, so no"
                            + " check would work; use a system class loader that delegates.");
        }
    }
}
