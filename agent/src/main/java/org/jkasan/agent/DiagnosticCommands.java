package org.jkasan.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;

/**
 * The commands of {@code jcmd}, executed in this JVM by itself, and without the JMX server through
 * which others do that: it takes a good part of a second to start.
 */
final class DiagnosticCommands {

    private static final String MODULE = "jdk.management";
    private static final String PACKAGE = "com.sun.management.internal";

    private final Object commands;
    private final Method execute;

    private DiagnosticCommands(Object commands, Method execute) {
        this.commands = commands;
        this.execute = execute;
    }

    /**
     * Those of this JVM; null where it was made without the module that has them.
     *
     * @throws ReflectiveOperationException where they are not as in OpenJDK
     */
    static DiagnosticCommands of(Instrumentation instrumentation)
            throws ReflectiveOperationException {
        Module management = ModuleLayer.boot().findModule(MODULE).orElse(null);
        if (management == null) {
            return null;
        }
        Set<Module> agent = Set.of(DiagnosticCommands.class.getModule());
        instrumentation.redefineModule(
                management, Set.of(), Map.of(), Map.of(PACKAGE, agent), Set.of(), Map.of());
        // loads the native part
        Class.forName(PACKAGE + ".PlatformMBeanProviderImpl");
        Class<?> type = Class.forName(PACKAGE + ".DiagnosticCommandImpl");
        Method instance = type.getDeclaredMethod("getDiagnosticCommandMBean");
        instance.setAccessible(true);
        Method execute = type.getDeclaredMethod("executeDiagnosticCommand", String.class);
        execute.setAccessible(true);
        return new DiagnosticCommands(instance.invoke(null), execute);
    }

    /**
     * Executes one.
     *
     * @return what it prints
     * @throws ReflectiveOperationException where it is unknown or fails
     */
    String execute(String command) throws ReflectiveOperationException {
        return (String) execute.invoke(commands, command);
    }
}
