package org.jkasan.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetransformationTest {

    private final List<Integer> batches = new ArrayList<>();
    private final List<Class<?>> done = new ArrayList<>();
    private final Map<Class<?>, Throwable> refused = new LinkedHashMap<>();

    @Test
    void run_whatTheJvmTakes_isOneBatch() {
        retransform(List.of(String.class, Integer.class, Long.class), Set.of());

        assertThat(batches).containsExactly(3);
        assertThat(done).containsExactly(String.class, Integer.class, Long.class);
        assertThat(refused).isEmpty();
    }

    @Test
    void run_nothing_asksNobody() {
        retransform(List.of(), Set.of());

        assertThat(batches).isEmpty();
    }

    @Test
    void run_oneThatTheJvmRefuses_standsAloneAndTheOthersAreDone() {
        retransform(
                List.of(String.class, Integer.class, Long.class, Short.class, Byte.class),
                Set.of(Long.class));

        assertThat(refused).containsOnlyKeys(Long.class);
        assertThat(refused.get(Long.class)).isInstanceOf(VerifyError.class).hasMessage("bad");
        assertThat(done).containsExactly(String.class, Integer.class, Short.class, Byte.class);
        assertThat(batches).containsExactly(5, 2, 3, 1, 2);
    }

    @Test
    void run_aProgramWithManyClasses_goesInBatches() {
        retransform(Collections.nCopies(2 * Retransformation.BATCH + 1, String.class), Set.of());

        assertThat(batches).containsExactly(Retransformation.BATCH, Retransformation.BATCH, 1);
    }

    @Test
    void run_anErrorThatIsNotTheClasses_isNotSwallowed() {
        Instrumentation broken =
                instrumentation(
                        classes -> {
                            throw new OutOfMemoryError("of metaspace");
                        });

        assertThatThrownBy(
                        () -> new Retransformation(broken, refused::put).run(List.of(String.class)))
                .isInstanceOf(OutOfMemoryError.class);
    }

    /** Whichever classes are refused: these are told of, all others done, each once. */
    @Property(tries = 200)
    void run_tellsExactlyTheRefused(@ForAll @IntRange(max = 255) int bits) {
        List<Class<?>> classes =
                List.of(
                        String.class,
                        Integer.class,
                        Long.class,
                        Short.class,
                        Byte.class,
                        Character.class,
                        Float.class,
                        Double.class);
        List<Class<?>> good = new ArrayList<>(classes);
        List<Class<?>> bad = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            if ((bits >> i & 1) != 0) {
                good.remove(classes.get(i));
                bad.add(classes.get(i));
            }
        }

        done.clear();
        refused.clear();
        retransform(classes, Set.copyOf(bad));

        assertThat(done).isEqualTo(good);
        assertThat(refused.keySet()).containsExactlyElementsOf(bad);
    }

    private void retransform(List<Class<?>> classes, Set<Class<?>> bad) {
        new Retransformation(
                        instrumentation(
                                batch -> {
                                    batches.add(batch.size());
                                    if (batch.stream().anyMatch(bad::contains)) {
                                        throw new VerifyError("bad");
                                    }
                                    done.addAll(batch);
                                }),
                        refused::put)
                .run(classes);
    }

    /** A JVM of which nothing but the retransformation is asked. */
    private static Instrumentation instrumentation(Batch jvm) {
        return (Instrumentation)
                Proxy.newProxyInstance(
                        RetransformationTest.class.getClassLoader(),
                        new Class<?>[] {Instrumentation.class},
                        (proxy, method, arguments) -> {
                            assertThat(method.getName()).isEqualTo("retransformClasses");
                            jvm.retransform(List.of((Class<?>[]) arguments[0]));
                            return null;
                        });
    }

    /** What the JVM does with a batch. */
    private interface Batch {

        void retransform(List<Class<?>> classes);
    }
}
