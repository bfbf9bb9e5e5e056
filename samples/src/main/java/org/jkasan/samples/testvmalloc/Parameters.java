package org.jkasan.samples.testvmalloc;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the module's parameters are set to. Immutable. */
final class Parameters {

    private final Map<Parameter, Integer> values;

    private Parameters(Map<Parameter, Integer> values) {
        this.values = values;
    }

    /** What the kernel's module has if nothing is said. */
    static Parameters defaults() {
        return new Parameters(new EnumMap<>(Parameter.class));
    }

    /**
     * The same with what arguments of the form {@code key=value} say.
     *
     * @throws UsageException where a key is unknown or given twice, or a value is none of its
     */
    Parameters with(List<String> arguments) throws UsageException {
        Map<Parameter, Integer> given = new EnumMap<>(Parameter.class);
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new UsageException("\"" + argument + "\" is no key=value");
            }
            String key = argument.substring(0, equals);
            Parameter parameter =
                    Parameter.named(key)
                            .orElseThrow(
                                    () ->
                                            new UsageException(
                                                    "unknown parameter \"%s\", expected one of %s"
                                                            .formatted(key, Parameter.keys())));
            int value = parameter.parse(argument.substring(equals + 1));
            if (given.put(parameter, value) != null) {
                throw new UsageException(key + " is given twice");
            }
        }
        Map<Parameter, Integer> all = new EnumMap<>(values);
        all.putAll(given);
        return new Parameters(all);
    }

    /** The same with one value changed, which is in its range. */
    Parameters with(Parameter parameter, int value) {
        Map<Parameter, Integer> all = new EnumMap<>(values);
        all.put(parameter, value);
        return new Parameters(all);
    }

    int value(Parameter parameter) {
        return values.getOrDefault(parameter, parameter.defaultValue());
    }

    boolean isSet(Parameter parameter) {
        return value(parameter) != 0;
    }

    List<VmallocTest> tests() {
        return VmallocTest.of(value(Parameter.RUN_TEST_MASK));
    }

    /**
     * Whether something is asked for that Linux 5.5 does not have: then the output is that of 6.19,
     * which counts apart the failures that were expected.
     */
    boolean isOfLinux619() {
        return values.keySet().stream().anyMatch(key -> key.isOfLinux619() && isSet(key))
                || !tests().stream().allMatch(VmallocTest::isOfLinux55);
    }

    /** How many workers there are where there are so many CPUs. */
    int workers(int cpus) {
        int threads = value(Parameter.NR_THREADS);
        if (threads > 0) {
            return threads;
        }
        return isSet(Parameter.SINGLE_CPU_TEST) ? 1 : cpus;
    }
}
