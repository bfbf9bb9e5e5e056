package org.jkasan.agent.boot;

import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The agent's own module layer: one named module with one class loader that the application cannot
 * reach. It holds the agent and the libraries that it uses, in whatever version.
 *
 * <p>One module that is described here, not a module for each jar: describing those means scanning
 * and resolving them at every start. Named it must be, because native access is given by module,
 * and an unnamed one would share it with the application.
 */
final class AgentLayer {

    private static final String NAME = "org.jkasan.agent";

    private AgentLayer() {}

    /**
     * Defines the layer.
     *
     * @param runtime the module of the runtime, which the agent reads
     * @return the agent's module
     * @throws java.lang.module.FindException where the application's own module graph lacks a
     *     module of the JDK that the agent needs
     */
    static Module define(AgentLoader loader, Module runtime) {
        ModuleDescriptor descriptor =
                ModuleDescriptor.newOpenModule(NAME)
                        .requires("java.base")
                        .requires("java.instrument")
                        .requires("java.logging")
                        .packages(loader.packages())
                        .build();
        Configuration configuration =
                ModuleLayer.boot()
                        .configuration()
                        .resolve(new Finder(descriptor), ModuleFinder.of(), Set.of(NAME));
        ModuleLayer.Controller controller =
                ModuleLayer.defineModules(
                        configuration, List.of(ModuleLayer.boot()), new Loaders(loader));
        Module agent = controller.layer().findModule(NAME).orElseThrow();
        controller.addReads(agent, runtime);
        return agent;
    }

    /** The one loader; a class, since a lambda costs more than all of this. */
    private record Loaders(ClassLoader loader)
            implements java.util.function.Function<String, ClassLoader> {

        @Override
        public ClassLoader apply(String module) {
            return loader;
        }
    }

    /** Finds the one module. */
    private static final class Finder implements ModuleFinder {

        private final ModuleReference reference;

        Finder(ModuleDescriptor descriptor) {
            reference = new Reference(descriptor);
        }

        @Override
        public Optional<ModuleReference> find(String name) {
            return name.equals(NAME) ? Optional.of(reference) : Optional.empty();
        }

        @Override
        public Set<ModuleReference> findAll() {
            return Set.of(reference);
        }
    }

    /** The module as the resolution sees it; its content is the loader's own business. */
    private static final class Reference extends ModuleReference {

        Reference(ModuleDescriptor descriptor) {
            super(descriptor, null);
        }

        @Override
        public ModuleReader open() {
            throw new UnsupportedOperationException();
        }
    }
}
