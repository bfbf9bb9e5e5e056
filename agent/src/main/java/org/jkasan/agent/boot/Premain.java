package org.jkasan.agent.boot;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/**
 * The entry points of the agent's jar: {@code -javaagent}, late attach and {@code java -jar}.
 *
 * <p>Rules for the classes of this package, the only ones that the application could see: do
 * little, be referenced by nothing later, hold no state of a run, name no type of the runtime (a
 * mention would load a second copy of it, and every check would be lost).
 *
 * <p>This class and the interface that it calls are compiled for Java 8, so that a JVM which is too
 * old is told so; hence what needs a later one is found by name.
 */
public final class Premain {

    private static final int OLDEST = 17;

    private static final String HERE = "org.jkasan.agent.boot.";

    /** The one whose initialiser sets this; a call by reflection costs 25 ms since JDK 18. */
    static Start start;

    private Premain() {}

    /** Called before the application's {@code main}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        String refusal = attach(arguments, instrumentation, false);
        if (refusal != null) {
            System.err.println("jkasan: " + refusal);
            System.exit(1);
        }
    }

    /** Called in a JVM that runs already; a refusal fails the attach, and the JVM runs on. */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        String refusal = attach(arguments, instrumentation, true);
        if (refusal != null) {
            System.err.println("jkasan: " + refusal);
            throw new IllegalStateException(refusal);
        }
    }

    /** Does what the command line says; without a command, prints how to attach. */
    public static void main(String[] arguments) {
        String refusal = unsupported(System.getProperty("java.specification.version"));
        if (refusal == null) {
            refusal = call("Commands", new Class<?>[] {String[].class}, (Object) arguments);
        }
        if (refusal != null) {
            System.err.println("jkasan: " + refusal);
            System.exit(1);
        }
    }

    /** Why this JVM is too old, or null where it is not. */
    static String unsupported(String specification) {
        int feature =
                specification.startsWith("1.")
                        ? Integer.parseInt(specification.substring(2))
                        : Integer.parseInt(specification);
        return feature >= OLDEST
                ? null
                : "This JVM is Java "
                        + feature
                        + "; JKASAN needs Java "
                        + OLDEST
                        + " or later, so run the program on one.";
    }

    private static String attach(String arguments, Instrumentation instrumentation, boolean late) {
        String refusal = unsupported(System.getProperty("java.specification.version"));
        if (refusal != null) {
            return refusal;
        }
        try {
            Class.forName(HERE + "Boot");
            return start.start(arguments, instrumentation, late);
        } catch (InvocationTargetException e) {
            return failed(e.getCause());
        } catch (SecurityException denied) {
            return "The security manager denies the agent what it needs ("
                    + denied.getMessage()
                    + "); grant the code of jkasan.jar java.security.AllPermission in its policy.";
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            return failed(e);
        }
    }

    private static String call(String simpleName, Class<?>[] types, Object... arguments) {
        try {
            return (String)
                    Class.forName(HERE + simpleName)
                            .getDeclaredMethod("start", types)
                            .invoke(null, arguments);
        } catch (InvocationTargetException e) {
            return failed(e.getCause());
        } catch (ReflectiveOperationException e) {
            return failed(e);
        }
    }

    private static String failed(Throwable fault) {
        fault.printStackTrace(System.err);
        return "The agent failed at its start; the trace above belongs into a bug report.";
    }
}
