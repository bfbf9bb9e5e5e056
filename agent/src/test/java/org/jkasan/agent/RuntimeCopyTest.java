package org.jkasan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jkasan.agent.rewrite.hook.Hook;
import org.junit.jupiter.api.Test;

class RuntimeCopyTest {

    /**
     * A loader that may answer the agent otherwise than its own classes has to be asked for all.
     */
    @Test
    void isSeenBy_asksForEveryClassOfHooks() {
        List<String> asked = new ArrayList<>();
        ClassLoader loader =
                new ClassLoader(getClass().getClassLoader()) {
                    @Override
                    public Class<?> loadClass(String name) throws ClassNotFoundException {
                        asked.add(name);
                        return super.loadClass(name);
                    }
                };
        assertThat(RuntimeCopy.isSeenBy(loader)).isTrue();
        assertThat(asked)
                .containsAll(
                        Arrays.stream(Hook.values())
                                .map(hook -> hook.call().owner.replace('/', '.'))
                                .toList());
    }

    @Test
    void isSeenBy_loaderThatDelegatesNothing() {
        assertThat(RuntimeCopy.isSeenBy(new ClassLoader(null) {})).isFalse();
    }
}
