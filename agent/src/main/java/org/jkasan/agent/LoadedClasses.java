package org.jkasan.agent;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jkasan.agent.rewrite.RewrittenClass;

/**
 * The classes that are loaded already: at a late attach or at a detach, and at the start where
 * another agent came first.
 */
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
     * Rewrites the classes of a scope.
     *
     * @param transformer told of those that the JVM refuses, with what it said
     */
    void rewrite(Scope scope, KasanTransformer transformer) {
        List<Class<?>> classes = modifiable(scope);
        if (classes.isEmpty()) {
            return; // as at most starts, and then no lambda is made
        }
        underWay = true;
        new Retransformation(
                        instrumentation,
                        (loaded, why) -> {
                            uncounted.remove(loaded);
                            transformer.refused(internalName(loaded), why);
                        })
                .run(classes);
        underWay = false;
        uncounted.forEach((loaded, result) -> transformer.count(internalName(loaded), result));
        uncounted.clear();
    }

    /**
     * Gives the classes that a transformer has rewritten their own bytes back; it is removed
     * already.
     *
     * @param refused told of those that the JVM refuses, with what it said
     * @return how many it did not refuse
     */
    int restore(
            Scope scope, KasanTransformer transformer, BiConsumer<Class<?>, Throwable> refused) {
        List<Class<?>> rewritten = new ArrayList<>();
        for (Class<?> loaded : modifiable(scope)) {
            if (transformer.hasRewritten(internalName(loaded))) {
                rewritten.add(loaded);
            }
        }
        List<Class<?>> kept = new ArrayList<>();
        new Retransformation(
                        instrumentation,
                        (loaded, why) -> {
                            kept.add(loaded);
                            refused.accept(loaded, why);
                        })
                .run(rewritten);
        return rewritten.size() - kept.size();
    }

    private List<Class<?>> modifiable(Scope scope) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = loaded.getClassLoader();
            if (loader != null // few have one, so this comes first
                    && !(loader instanceof ProbeLoader)
                    && !loaded.isArray()
                    && !loaded.isHidden()
                    && scope.includes(loaded.getModule(), loader, internalName(loaded))
                    && instrumentation.isModifiableClass(loaded)) {
                classes.add(loaded);
            }
        }
        return classes;
    }

    private static String internalName(Class<?> loaded) {
        return loaded.getName().replace('.', '/');
    }
}
