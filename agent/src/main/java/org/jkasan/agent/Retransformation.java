package org.jkasan.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Has the JVM put loaded classes through the transformers once more, in batches; where it refuses
 * one, in halves, until the classes at fault stand alone.
 */
final class Retransformation {

    /**
     * Classes of a batch: the program stands still while one is exchanged, so not all at once; and
     * the JVM looks at every class it has after each, so not one by one.
     */
    static final int BATCH = 512;

    private final Instrumentation instrumentation;
    private final BiConsumer<Class<?>, Throwable> refused;

    /**
     * A retransformation.
     *
     * @param refused told of each class that stays as it is, with what the JVM said
     */
    Retransformation(Instrumentation instrumentation, BiConsumer<Class<?>, Throwable> refused) {
        this.instrumentation = instrumentation;
        this.refused = refused;
    }

    void run(List<Class<?>> classes) {
        for (int from = 0; from < classes.size(); from += BATCH) {
            batch(classes.subList(from, Math.min(from + BATCH, classes.size())));
        }
    }

    private void batch(List<Class<?>> classes) {
        try {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
            if (classes.size() == 1) {
                refused.accept(classes.get(0), e);
                return;
            }
            int half = classes.size() / 2;
            batch(classes.subList(0, half));
            batch(classes.subList(half, classes.size()));
        }
    }
}
