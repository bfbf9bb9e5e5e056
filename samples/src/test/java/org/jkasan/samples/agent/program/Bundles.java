package org.jkasan.samples.agent.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;

/**
 * Runs {@link Reader} as a bundle of an OSGi framework, which delegates {@code java.*} alone. The
 * arguments are a directory to write to, and whether the framework delegates more than that where
 * code that is in no bundle asks, as it does by default.
 */
public final class Bundles {

    private Bundles() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Framework framework =
                new FrameworkFactory()
                        .newFramework(
                                Map.of(
                                        "org.osgi.framework.storage",
                                        directory.resolve("storage").toString(),
                                        "felix.bootdelegation.implicit",
                                        args[1]));
        framework.start();
        Bundle bundle =
                framework
                        .getBundleContext()
                        .installBundle(jar(directory.resolve("reader.jar")).toUri().toString());
        bundle.start();
        Class<?> reader = bundle.loadClass(Reader.class.getName());
        Isolated.overflow(reader);
        framework.stop();
        framework.waitForStop(0);
    }

    private static Path jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "reader");
        String name = Reader.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream in = Reader.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new ZipEntry(name));
            in.transferTo(out);
            out.closeEntry();
        }
        return file;
    }
}
