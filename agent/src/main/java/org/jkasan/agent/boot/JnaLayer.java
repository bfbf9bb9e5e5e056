package org.jkasan.agent.boot;

import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The module layer of JNA and what uses it: one named module of the agent's loader, whose unnamed
 * module all else in it is. It is defined when somebody asks for it, which has to be before the
 * first of its classes is loaded.
 *
 * <p>Named it must be, because native access is given by module, and an unnamed one would share it
 * with the application.
 */
final class JnaLayer implements Supplier<Module> {

    private static final String NAME = "org.jkasan.jna";

    /** A module of the JDK that JNA needs, and that a program may run without. */
    private static final String LOGGING = "java.logging";

    private final AgentLoader loader;
    private final Module runtime;
    private Module module;

    /**
     * The layer, not yet defined.
     *
     * @param runtime the module of the runtime, which JNA's reads
     */
    JnaLayer(AgentLoader loader, Module runtime) {
        this.loader = loader;
        this.runtime = runtime;
    }

    /** Why there can be no such layer in this JVM, or null where there can. */
    static String refusal() {
        return ModuleLayer.boot().findModule(LOGGING).isPresent()
                ? null
                : "The agent needs the module "
                        + LOGGING
                        + ", which this program runs without; add it with --add-modules "
                        + LOGGING
                        + ".";
    }

    @Override
    public synchronized Module get() {
        if (module == null) {
            module = define();
        }
        return module;
    }

    private Module define() {
        ModuleDescriptor descriptor =
                ModuleDescriptor.newOpenModule(NAME)
                        .requires("java.base")
                        .requires(LOGGING)
                        .packages(loader.packages("com.sun.jna."))
                        .packages(loader.packages("org.jkasan.host."))
                        .build();
        Configuration configuration =
                ModuleLayer.boot()
                        .configuration()
                        .resolve(new Finder(descriptor), ModuleFinder.of(), Set.of(NAME));
        ModuleLayer.Controller controller =
                ModuleLayer.defineModules(
                        configuration, List.of(ModuleLayer.boot()), name -> loader);
        Module defined = controller.layer().findModule(NAME).orElseThrow();
        controller.addReads(defined, runtime);
        return defined;
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
