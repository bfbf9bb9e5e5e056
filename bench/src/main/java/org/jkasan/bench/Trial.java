package org.jkasan.bench;

import java.util.Map;

/**
 * What one fork measures: a benchmark of JMH, {@code package.Class.method}, with its parameters,
 * and what watches its kernel.
 */
record Trial(String benchmark, Kasan kasan, Map<String, String> parameters) {

    static Trial of(Class<?> benchmark, String method, Kasan kasan) {
        return new Trial(benchmark.getName() + "." + method, kasan, Map.of());
    }

    Trial with(String parameter, int value) {
        return new Trial(benchmark, kasan, Map.of(parameter, String.valueOf(value)));
    }
}
