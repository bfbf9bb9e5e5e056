package org.jkasan.agent.rewrite.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jkasan.report.CallSite;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Type;

class CallerMethodsTest {

    @Test
    void rows_areTheMethodsThatHaveAnOverloadWithACallSite() throws ClassNotFoundException {
        assertThat(CallerMethods.CALL_SITE).isEqualTo(Type.getDescriptor(CallSite.class));
        for (Map.Entry<String, Set<String>> row : CallerMethods.rows().entrySet()) {
            Class<?> owner = Class.forName(row.getKey().replace('/', '.'));
            assertThat(new TreeSet<>(row.getValue())).isEqualTo(new TreeSet<>(overloaded(owner)));
        }
    }

    private static List<String> overloaded(Class<?> owner) {
        Set<String> all =
                Arrays.stream(owner.getMethods())
                        .map(method -> method.getName() + Type.getMethodDescriptor(method))
                        .collect(Collectors.toSet());
        return Arrays.stream(owner.getMethods())
                .filter(method -> all.contains(told(method)))
                .map(method -> method.getName() + parameters(Type.getMethodDescriptor(method)))
                .toList();
    }

    private static String told(Method method) {
        return method.getName() + CallerMethods.withCallSite(Type.getMethodDescriptor(method));
    }

    private static String parameters(String descriptor) {
        return descriptor.substring(0, descriptor.indexOf(')') + 1);
    }

    @Test
    void contains_isByOwnerNameAndParameters() {
        String vmalloc = "org/jkasan/mm/Vmalloc";
        assertThat(CallerMethods.contains(vmalloc, "vmalloc", "(J)J")).isTrue();
        assertThat(CallerMethods.contains(vmalloc, "vmalloc", "(I)J")).isFalse();
        assertThat(CallerMethods.contains(vmalloc, "purge", "()V")).isFalse();
        assertThat(CallerMethods.contains("a/Vmalloc", "vmalloc", "(J)J")).isFalse();
    }
}
