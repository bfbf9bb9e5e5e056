package org.jkasan.agent.boot;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The agent's own module layer, with one class loader that the application cannot reach: beside the
 * agent it holds the libraries that it uses, in whatever version, and delegates to the platform's
 * loader for the JDK and the runtime.
 */
final class AgentLayer {

    private static final String AGENT = "org.jkasan.agent";

    private final ModuleLayer layer;

    private AgentLayer(ModuleLayer layer) {
        this.layer = layer;
    }

    /**
     * Defines the layer.
     *
     * @throws FindException where the application's own module graph lacks a module of the JDK that
     *     the libraries need
     */
    static AgentLayer define(Path... jars) throws IOException {
        ModuleFinder finder = ModuleFinder.of(jars);
        Set<String> names =
                finder.findAll().stream()
                        .map(ModuleReference::descriptor)
                        .map(descriptor -> descriptor.name())
                        .collect(Collectors.toSet());
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), names);
        ModuleLayer layer =
                ModuleLayer.defineModulesWithOneLoader(
                                configuration,
                                List.of(ModuleLayer.boot()),
                                ClassLoader.getPlatformClassLoader())
                        .layer();
        AgentLayer agentLayer = new AgentLayer(layer);
        agentLayer.openJars();
        return agentLayer;
    }

    /** The loader opens a jar at its first use and keeps it: so the files may go after this. */
    private void openJars() throws IOException {
        for (Module module : layer.modules()) {
            try (InputStream manifest = module.getResourceAsStream("META-INF/MANIFEST.MF")) {
                if (manifest == null) {
                    throw new IOException("the jar of " + module + " has no manifest");
                }
            }
        }
    }

    Class<?> load(String className) throws ClassNotFoundException {
        return layer.findLoader(AGENT).loadClass(className);
    }
}
