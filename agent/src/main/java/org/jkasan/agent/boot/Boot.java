package org.jkasan.agent.boot;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * The start of the agent: the runtime goes to the boot class path, the agent into a loader of its
 * own, and the agent is called there.
 */
final class Boot implements Start {

    static {
        Premain.start = new Boot();
    }

    /** A class of the runtime; by name, since a mention would load a second copy of it. */
    private static final String RUNTIME_CLASS = "org.jkasan.host.RawMemory";

    private static final String SANITIZER = "org.jkasan.check.Sanitizer";
    private static final String ATTACHED_AGENT = "org.jkasan.check.AttachedAgent";

    private static final String ENTRY_CLASS = "org.jkasan.agent.Entry";

    private Boot() {}

    @Override
    public String start(String arguments, Instrumentation instrumentation, boolean late)
            throws ReflectiveOperationException {
        Object agent = runtimeIsThere() ? agent() : null;
        if (agent != null) {
            return (String)
                    Class.forName(ATTACHED_AGENT, false, null)
                            .getMethod("again", String.class, boolean.class)
                            .invoke(agent, arguments, late);
        }
        String refusal = JnaLayer.refusal();
        if (refusal != null) {
            return refusal;
        }
        try (NestedJars jars = NestedJars.unpack()) {
            if (!runtimeIsThere()) {
                append(instrumentation, jars.runtime());
            }
            Module runtime = Class.forName(RUNTIME_CLASS, false, null).getModule();
            AgentLoader loader = new AgentLoader(jars.modules());
            JnaLayer jna = new JnaLayer(loader, runtime);
            openInternals(instrumentation, loader.getUnnamedModule());
            return loader.entry(ENTRY_CLASS)
                    .apply(new Object[] {arguments, instrumentation, late, jna});
        } catch (IOException e) {
            return "The agent cannot unpack its jars into "
                    + System.getProperty("java.io.tmpdir")
                    + " ("
                    + e
                    + "); point -Djava.io.tmpdir at a directory with 2 MB to write.";
        }
    }

    /** The agent that was started before, or null: it refused to. */
    private static Object agent() throws ReflectiveOperationException {
        Class<?> type = Class.forName(SANITIZER, true, null);
        Object sanitizer = type.getMethod("installed").invoke(null);
        return sanitizer == null ? null : type.getMethod("agent").invoke(sanitizer);
    }

    /** True where the agent was attached before, or refused to. */
    private static boolean runtimeIsThere() {
        try {
            Class.forName(RUNTIME_CLASS, false, null);
            return true;
        } catch (ClassNotFoundException notYet) {
            return false;
        }
    }

    private static void append(Instrumentation instrumentation, Path runtime)
            throws IOException, ClassNotFoundException {
        try (JarFile jar = new JarFile(runtime.toFile())) {
            instrumentation.appendToBootstrapClassLoaderSearch(jar);
        }
        Module module = Class.forName(RUNTIME_CLASS, false, null).getModule();
        // The runtime uses the JDK's internal Unsafe: the public one warns since 24 and will go.
        // And what forwards to hooks will be in java.base.
        redefineBase(
                instrumentation, module, Map.of("jdk.internal.misc", Set.of(module)), Map.of());
    }

    /**
     * Lets the agent, and not the application, give JNA native access without a flag, put what
     * forwards to hooks into java.lang, and leave agent properties. A loader's unnamed module is
     * that loader's alone.
     */
    private static void openInternals(Instrumentation instrumentation, Module agent) {
        redefineBase(
                instrumentation,
                Object.class.getModule(),
                Map.of("jdk.internal.vm", Set.of(agent)),
                Map.of("java.lang", Set.of(agent)));
    }

    private static void redefineBase(
            Instrumentation instrumentation,
            Module read,
            Map<String, Set<Module>> exports,
            Map<String, Set<Module>> opens) {
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(read), exports, opens, Set.of(), Map.of());
    }
}
