package org.jkasan.agent;

import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where the boot package enters the agent: a function of the arguments of {@link Agent#start}, in
 * an array.
 *
 * <p>The initialiser hands it to the loader. To call a method by reflection instead costs the start
 * 40 ms since JDK 18, which makes method handles for that.
 */
final class Entry implements Function<Object[], String> {

    static {
        handOver(Entry.class.getClassLoader());
    }

    private Entry() {}

    @SuppressWarnings("unchecked") // the boot package's loader takes this
    private static void handOver(ClassLoader loader) {
        ((Consumer<Function<Object[], String>>) loader).accept(new Entry());
    }

    @Override
    @SuppressWarnings("unchecked") // the boot package gives these
    public String apply(Object[] arguments) {
        return Agent.start(
                (String) arguments[0],
                (Instrumentation) arguments[1],
                (Boolean) arguments[2],
                (Supplier<Module>) arguments[3]);
    }
}
