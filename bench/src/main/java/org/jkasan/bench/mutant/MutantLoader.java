package org.jkasan.bench.mutant;

import java.util.Map;

/** Loads a program with a bug in it: its classes are its own, all others the application's. */
final class MutantLoader extends ClassLoader {

    private final Mutation mutation;
    private final boolean oracle;
    private final Map<String, byte[]> clean;

    /**
     * A loader for one mutant.
     *
     * @param mutation the bug, or null
     * @param oracle whether the program tells the oracle what it does
     * @param clean keeps the classes without a bug, for the next mutant
     */
    MutantLoader(Mutation mutation, boolean oracle, Map<String, byte[]> clean) {
        super(MutantLoader.class.getClassLoader());
        this.mutation = mutation;
        this.oracle = oracle;
        this.clean = clean;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        String internal = name.replace('.', '/');
        boolean shared =
                Suite.PACKAGES.stream().noneMatch(internal::startsWith)
                        || internal.endsWith("/Workload");
        if (shared) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name, internal);
        }
    }

    private Class<?> define(String name, String internal) {
        byte[] bytes =
                mutation != null && mutation.owner().equals(internal)
                        ? new Mutator(Suite.bytes(internal)).write(mutation, oracle)
                        : clean.computeIfAbsent(internal, this::withoutBug);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] withoutBug(String internal) {
        byte[] original = Suite.bytes(internal);
        return new Mutator(original).write(null, oracle);
    }
}
