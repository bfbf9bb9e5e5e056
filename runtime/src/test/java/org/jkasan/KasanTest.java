package org.jkasan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jkasan.host.HostMemories;
import org.jkasan.host.HostMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether there is a sanitizer is decided once per JVM, so each test loads a runtime anew. */
class KasanTest {

    /** Arguments for hooks, by parameter type; null is the argument for the others. */
    private static final Map<Class<?>, Object> ARGUMENTS =
            Map.of(
                    int.class,
                    1,
                    long.class,
                    1L,
                    Object.class,
                    new byte[4],
                    java.nio.Buffer.class,
                    ByteBuffer.allocate(4),
                    String.class,
                    "text");

    private final URLClassLoader loader =
            new URLClassLoader(
                    new URL[] {Kasan.class.getProtectionDomain().getCodeSource().getLocation()},
                    ClassLoader.getPlatformClassLoader());

    private final HostMemory host = HostMemories.fromClassPath();
    private final Map<Long, Long> reserved = new HashMap<>();

    @AfterEach
    void close() throws IOException {
        reserved.forEach(host::release);
        loader.close();
    }

    private Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName("org.jkasan." + name, true, loader);
    }

    private Object call(String type, String method, Object... arguments)
            throws ReflectiveOperationException {
        for (Method candidate : load(type).getMethods()) {
            if (candidate.getName().equals(method)
                    && candidate.getParameterCount() == arguments.length) {
                return invoke(candidate, arguments);
            }
        }
        throw new NoSuchMethodException(method);
    }

    private static Object invoke(Method method, Object... arguments)
            throws ReflectiveOperationException {
        try {
            return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalStateException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** A sanitizer over this host, whose memory the test's own runtime reserves. */
    private Object sanitizer() throws ReflectiveOperationException {
        return sanitizer(load("host.HostMemory"), memory());
    }

    /** One that asks for its memory when it needs some. */
    private Object sanitizer(Supplier<?> source) throws ReflectiveOperationException {
        return sanitizer(Supplier.class, source);
    }

    private Object sanitizer(Class<?> type, Object memory) throws ReflectiveOperationException {
        return load("check.Sanitizer")
                .getConstructor(load("config.KasanConfig"), type, load("report.ReportSink"))
                .newInstance(
                        call("config.KasanConfig", "defaults"), memory, proxy("report.ReportSink"));
    }

    private Object memory() throws ClassNotFoundException {
        return memory(this::host);
    }

    private Object memory(Calls calls) throws ClassNotFoundException {
        return Proxy.newProxyInstance(
                loader,
                new Class<?>[] {load("host.HostMemory")},
                (self, method, arguments) -> calls.answer(method, arguments));
    }

    private interface Calls {

        Object answer(Method method, Object... arguments) throws ReflectiveOperationException;
    }

    private static Object host(Object sanitizer) throws ReflectiveOperationException {
        return sanitizer.getClass().getMethod("host").invoke(sanitizer);
    }

    private Object host(Method method, Object... arguments) throws ReflectiveOperationException {
        Object answer =
                HostMemory.class
                        .getMethod(method.getName(), method.getParameterTypes())
                        .invoke(host, arguments);
        if (method.getName().equals("reserve")) {
            reserved.put((Long) answer, (Long) arguments[0]);
        }
        return answer;
    }

    private Object proxy(String type) throws ClassNotFoundException {
        return Proxy.newProxyInstance(
                loader, new Class<?>[] {load(type)}, (self, method, arguments) -> null);
    }

    private void callEveryHook() throws ReflectiveOperationException {
        for (String type : List.of("Hooks", "BufferHooks", "KernelHooks", "JdkHooks")) {
            callEveryHook(load("check." + type));
        }
    }

    private void callEveryHook(Class<?> hooks) throws ReflectiveOperationException {
        for (Method hook : hooks.getDeclaredMethods()) {
            if (Modifier.isPublic(hook.getModifiers())) {
                Class<?>[] types = hook.getParameterTypes();
                Object[] arguments = Arrays.stream(types).map(ARGUMENTS::get).toArray();
                if (types.length > 1 && types[0] == int.class && types[1] == long.class) {
                    arguments[1] = 0L; // the handle of an array that is not tracked
                }
                invoke(hook, arguments);
            }
        }
    }

    @Test
    void withoutSanitizer_isNotEnabled() throws ReflectiveOperationException {
        assertThat(call("Kasan", "enabled")).isEqualTo(false);
        assertThat(call("Kasan", "stats"))
                .hasToString(
                        "Stats[classesInstrumented=0, classesFailed=0, checksArmed=0,"
                                + " methodsUnchecked=0, reports=0, repeats=0, stacksDropped=0]");
    }

    @Test
    void withoutSanitizer_hooksDoNothing() throws ReflectiveOperationException {
        callEveryHook();
        assertThat(call("check.Sanitizer", "installed")).isNull();
    }

    @Test
    void withSanitizer_isEnabledAndCounts() throws ReflectiveOperationException {
        Object sanitizer = sanitizer();
        call("check.Sanitizer", "install", sanitizer);
        assertThat(call("Kasan", "enabled")).isEqualTo(true);
        Object classes = sanitizer.getClass().getMethod("classes").invoke(sanitizer);
        classes.getClass().getMethod("countInstrumented", long.class).invoke(classes, 7L);
        classes.getClass().getMethod("countInstrumented", long.class).invoke(classes, 4L);
        classes.getClass().getMethod("countMethodsUnchecked", long.class).invoke(classes, 2L);
        classes.getClass().getMethod("countFailed").invoke(classes);
        assertThat(call("Kasan", "stats"))
                .hasToString(
                        "Stats[classesInstrumented=2, classesFailed=1, checksArmed=11,"
                                + " methodsUnchecked=2, reports=0, repeats=0, stacksDropped=0]");
    }

    @Test
    void withSanitizer_hooksDoNothingUntilThereIsMemory() throws ReflectiveOperationException {
        AtomicInteger asked = new AtomicInteger();
        Object memory = memory();
        Object sanitizer =
                sanitizer(
                        () -> {
                            asked.incrementAndGet();
                            return memory;
                        });
        call("check.Sanitizer", "install", sanitizer);
        callEveryHook();
        ByteBuffer buffer = ByteBuffer.allocateDirect(4);
        assertThat(call("check.LoopHooks", "bufferRange", buffer, 0L, 1L, 3L, 1, 0)).isEqualTo(0L);
        assertThat(call("check.LoopHooks", "bufferRest", buffer, 1, 3L, 0)).isEqualTo(0L);
        assertThat(call("check.LoopHooks", "wholeBuffer", buffer, 4L)).isEqualTo(0L);
        assertThat(asked).hasValue(0);
        assertThat(host(sanitizer)).isSameAs(memory);
        assertThat(host(sanitizer)).isSameAs(memory);
        assertThat(asked).hasValue(1);
        callEveryHook();
        assertThat(call("Kasan", "stats")).asString().contains(" reports=0, repeats=0,");
    }

    @Test
    void host_thatIsRefused_isAskedForAgain() throws ReflectiveOperationException {
        AtomicInteger asked = new AtomicInteger();
        Object memory = memory();
        Object sanitizer =
                sanitizer(
                        () -> {
                            if (asked.incrementAndGet() == 1) {
                                throw new IllegalStateException("no memory today");
                            }
                            return memory;
                        });
        call("check.Sanitizer", "install", sanitizer);
        assertThatThrownBy(() -> host(sanitizer)).hasStackTraceContaining("no memory today");
        callEveryHook();
        assertThat(host(sanitizer)).isSameAs(memory);
    }

    /** A buffer that lies elsewhere than its memory is one whose shadow nobody looks at. */
    @Test
    void host_whoseShadowIsNotLookedAt_isRefused() throws ReflectiveOperationException {
        Object memory =
                memory(
                        (method, arguments) ->
                                method.getName().equals("buffer")
                                        ? ByteBuffer.allocateDirect(8)
                                        : host(method, arguments));
        Object sanitizer = sanitizer(() -> memory);
        call("check.Sanitizer", "install", sanitizer);
        assertThatThrownBy(() -> host(sanitizer))
                .hasStackTraceContaining(
                        "The checks do not work in this JVM (of 3 bad accesses the shadow showed 2,"
                                + " and of as many good ones 0);");
    }

    @Test
    void withoutSanitizer_listenersAreTakenAndSeeNothing() throws ReflectiveOperationException {
        Object listener = proxy("report.ReportListener");
        call("Kasan", "addReportListener", listener);
        call("Kasan", "removeReportListener", listener);
        assertThat(call("check.Sanitizer", "installed")).isNull();
    }

    @Test
    void withSanitizer_listenerIsRemovedOnce() throws ReflectiveOperationException {
        call("check.Sanitizer", "install", sanitizer());
        Object listener =
                Proxy.newProxyInstance(
                        loader,
                        new Class<?>[] {load("report.ReportListener")},
                        (self, method, arguments) ->
                                method.getName().equals("equals") && self == arguments[0]);
        call("Kasan", "addReportListener", listener);
        call("Kasan", "removeReportListener", listener);
        assertThatIllegalStateException()
                .isThrownBy(() -> call("Kasan", "removeReportListener", listener))
                .withMessageStartingWith("No listener to remove");
    }

    @Test
    void install_twice_isRefused() throws ReflectiveOperationException {
        call("check.Sanitizer", "install", sanitizer());
        Object second = sanitizer();
        assertThatIllegalStateException()
                .isThrownBy(() -> call("check.Sanitizer", "install", second))
                .withMessage("A sanitizer is installed; a JVM has at most one.");
    }

    @Test
    void install_afterAHookWasCalled_isRefused() throws ReflectiveOperationException {
        call("check.Hooks", "handle", (Object) null);
        Object late = sanitizer();
        assertThatIllegalStateException()
                .isThrownBy(() -> call("check.Sanitizer", "install", late))
                .withMessageStartingWith("A hook was called before the sanitizer was installed");
        assertThat(call("Kasan", "enabled")).isEqualTo(false);
    }
}
