package org.jkasan.host;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the host's memory where no agent hands it over: the provider on the class path. */
public final class HostMemories {

    private HostMemories() {}

    /**
     * The provider that the class path offers.
     *
     * @throws HostMemoryException in one sentence if there is none, it does not work here, or the
     *     JDK does not let the runtime touch memory
     */
    public static HostMemory fromClassPath() {
        probeRawMemory();
        Iterator<HostMemory> providers =
                ServiceLoader.load(HostMemory.class, HostMemories.class.getClassLoader())
                        .iterator();
        try {
            if (providers.hasNext()) {
                return providers.next();
            }
        } catch (ServiceConfigurationError e) {
            if (e.getCause() instanceof HostMemoryException refused) {
                throw refused;
            }
            throw e;
        }
        throw new HostMemoryException(
                "No provider of "
                        + HostMemory.class.getName()
                        + " is on the class path; put the whole JKASAN runtime and JNA there, or"
                        + " attach the JKASAN agent.");
    }

    private static void probeRawMemory() {
        try {
            RawMemory.storeFence();
        } catch (IllegalAccessError | NoClassDefFoundError e) {
            throw new HostMemoryException(
                    "This JVM does not export jdk.internal.misc, with which JKASAN reads and writes"
                            + " memory; start it with --add-exports"
                            + " java.base/jdk.internal.misc=ALL-UNNAMED, or attach the JKASAN"
                            + " agent.");
        }
    }
}
