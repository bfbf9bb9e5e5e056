package org.jkasan.agent;

import java.util.Set;
import org.jkasan.config.ClassFilter;

/**
 * The classes that get checks: what the application loads and the filter includes. Never those of
 * the JDK, the agent and the runtime.
 *
 * <p>Stateless, and asked once for each class that the JVM loads, so nothing here allocates for a
 * class of the JDK.
 */
final class Scope {

    /** The packages of the runtime: a second copy, in some child-first loader, stays as it is. */
    private static final Set<String> RUNTIME =
            Set.of(
                    "org/jkasan",
                    "org/jkasan/check",
                    "org/jkasan/config",
                    "org/jkasan/host",
                    "org/jkasan/host/jna",
                    "org/jkasan/kernel",
                    "org/jkasan/mm",
                    "org/jkasan/mm/slab",
                    "org/jkasan/report",
                    "org/jkasan/shadow");

    private static final String AGENT = "org/jkasan/agent/";

    private final ClassFilter filter;

    Scope(ClassFilter filter) {
        this.filter = filter;
    }

    /**
     * Whether a class is to be checked.
     *
     * @param module its module, or null where that is not known yet
     * @param loader the loader that defines it, null for the boot loader
     * @param name its internal name, or null where it has none that is legal
     */
    boolean includes(Module module, ClassLoader loader, String name) {
        return loader != null
                && name != null
                && loader != Scope.class.getClassLoader()
                && loader != ClassLoader.getPlatformClassLoader()
                && !isOfJdk(module)
                && !isGeneratedByJdk(name)
                && !isOurs(name)
                && filter.test(name.replace('/', '.'));
    }

    /** The tools of the JDK have the application's loader; so have its proxies. */
    private static boolean isOfJdk(Module module) {
        if (module == null || !module.isNamed()) {
            return false;
        }
        String name = module.getName();
        return name.startsWith("java.") || name.startsWith("jdk.");
    }

    /** Reflection's accessors, which some JDKs generate into loaders of their own. */
    private static boolean isGeneratedByJdk(String name) {
        return name.startsWith("jdk/internal/") || name.startsWith("sun/");
    }

    private static boolean isOurs(String name) {
        return name.startsWith(AGENT) || isRuntime(name);
    }

    /** Whether an internal name is that of a class of the runtime. */
    static boolean isRuntime(String name) {
        return name.startsWith("org/jkasan/")
                && RUNTIME.contains(name.substring(0, name.lastIndexOf('/')));
    }
}
