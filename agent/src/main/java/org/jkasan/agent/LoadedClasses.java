package org.jkasan.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jkasan.agent.rewrite.RewrittenClass;

/** The classes that were loaded before a late attach, and their instrumentation. */
final class LoadedClasses {

    private final Instrumentation instrumentation;

    /** Not yet counted: the JVM may refuse a batch, and then asks for its classes again. */
    private final Map<Class<?>, RewrittenClass> uncounted = new ConcurrentHashMap<>();

    private volatile boolean underWay;

    LoadedClasses(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /**
     * Called by the transformer; other agents may retransform as well, which counts for nothing.
     */
    void rewritten(Class<?> loaded, RewrittenClass result) {
        if (underWay) {
            uncounted.put(loaded, result);
        }
    }

    /** A class of the runtime that some loader other than the boot loader defined, or null. */
    Class<?> secondRuntime() {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getClassLoader() != null
                    && loaded.getClassLoader() != getClass().getClassLoader()
                    && Scope.isRuntime(internalName(loaded))) {
                return loaded;
            }
        }
        return null;
    }

    /**
     * Retransforms the classes of the scope, in one batch; where the JVM refuses that, in halves,
     * until the classes at fault stand alone.
     *
     * @param transformer told of those, with what the JVM said
     */
    void retransform(Scope scope, KasanTransformer transformer) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (!loaded.isArray()
                    && !loaded.isHidden()
                    && instrumentation.isModifiableClass(loaded)
                    && scope.includes(
                            loaded.getModule(), loaded.getClassLoader(), internalName(loaded))) {
                classes.add(loaded);
            }
        }
        underWay = true;
        retransform(classes, transformer);
        underWay = false;
        uncounted.forEach((loaded, result) -> transformer.count(internalName(loaded), result));
        uncounted.clear();
    }

    private void retransform(List<Class<?>> classes, KasanTransformer transformer) {
        if (classes.isEmpty()) {
            return;
        }
        try {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
            if (classes.size() == 1) {
                uncounted.remove(classes.get(0));
                transformer.refused(internalName(classes.get(0)), e);
                return;
            }
            int half = classes.size() / 2;
            retransform(classes.subList(0, half), transformer);
            retransform(classes.subList(half, classes.size()), transformer);
        }
    }

    private static String internalName(Class<?> loaded) {
        return loaded.getName().replace('.', '/');
    }
}
