package org.jkasan.agent.rewrite.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jkasan.agent.rewrite.RecordingBufferHooks;
import org.jkasan.agent.rewrite.RecordingCodecHooks;
import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.RecordingJdkHooks;
import org.jkasan.agent.rewrite.RecordingKernelHooks;
import org.jkasan.agent.rewrite.RecordingLoopHooks;
import org.jkasan.check.BufferHooks;
import org.jkasan.check.CodecHooks;
import org.jkasan.check.Hooks;
import org.jkasan.check.JdkHooks;
import org.jkasan.check.KernelHooks;
import org.jkasan.check.LoopHooks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.Type;

class HookTest {

    @ParameterizedTest
    @EnumSource
    void hook_isMethodOfTheRuntime(Hook hook) {
        Class<?> owner =
                Stream.of(
                                Hooks.class,
                                BufferHooks.class,
                                KernelHooks.class,
                                JdkHooks.class,
                                CodecHooks.class,
                                LoopHooks.class)
                        .filter(each -> Type.getInternalName(each).equals(hook.owner()))
                        .findFirst()
                        .orElseThrow();
        assertThat(publicStatics(owner)).contains(hook.method() + hook.descriptor());
    }

    @ParameterizedTest
    @EnumSource
    void hook_isMethodOfTheStandIn(Hook hook) {
        Class<?> standIn =
                switch (hook.owner()) {
                    case Hook.BUFFER_OWNER -> RecordingBufferHooks.class;
                    case Hook.KERNEL_OWNER -> RecordingKernelHooks.class;
                    case Hook.JDK_OWNER -> RecordingJdkHooks.class;
                    case Hook.CODEC_OWNER -> RecordingCodecHooks.class;
                    case Hook.LOOP_OWNER -> RecordingLoopHooks.class;
                    default -> RecordingHooks.class;
                };
        assertThat(publicStatics(standIn)).contains(hook.method() + hook.descriptor());
    }

    private static String[] publicStatics(Class<?> owner) {
        return Arrays.stream(owner.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .map(HookTest::nameAndDescriptor)
                .toArray(String[]::new);
    }

    private static String nameAndDescriptor(Method method) {
        return method.getName() + Type.getMethodDescriptor(method);
    }
}
