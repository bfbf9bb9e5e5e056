package org.jkasan.agent;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jkasan.host.HostMemory;
import org.jkasan.host.jna.JnaHostMemory;

/**
 * The start of JNA so that it leaves no trace. On its own it writes its native part below the
 * user's home, runs a process to learn where libraries are, and keeps what it learnt in system
 * properties, which the application's own JNA would then believe.
 */
final class JnaStart {

    /** Where JNA looks for its native part before it unpacks one. */
    private static final String NATIVE_PART = "jna.boot.library.path";

    /** Where JNA looks for libraries; asked for nothing, as the C library is there already. */
    private static final String LIBRARIES = "jna.platform.library.path";

    /** What JNA says of itself. */
    private static final String LOADED = "jna.loaded";

    private JnaStart() {}

    /**
     * The host's memory over JNA.
     *
     * @param scratch a directory of the agent's own that exists until the agent has started
     * @throws org.jkasan.host.HostMemoryException where the platform is none that is supported
     */
    static HostMemory hostMemory(Path scratch) {
        String nativePart = System.getProperty(NATIVE_PART);
        String libraries = System.getProperty(LIBRARIES);
        String loaded = System.getProperty(LOADED);
        try {
            unpack(scratch);
            System.setProperty(NATIVE_PART, scratch.toString());
            System.setProperty(LIBRARIES, "");
            return new JnaHostMemory();
        } finally {
            restore(NATIVE_PART, nativePart);
            restore(LIBRARIES, libraries);
            restore(LOADED, loaded);
        }
    }

    /** Where this fails JNA does it its own way, or says what is wrong. */
    private static void unpack(Path scratch) {
        String file = System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
        String resource = "com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + file;
        try (InputStream in = JnaStart.class.getClassLoader().getResourceAsStream(resource)) {
            if (in != null) {
                Files.copy(in, scratch.resolve(file));
            }
        } catch (IOException e) {
            return;
        }
    }

    private static void restore(String key, String before) {
        if (before == null) {
            System.clearProperty(key);
        } else {
            System.setProperty(key, before);
        }
    }
}
