package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.jkasan.mm.Gfp;
import org.jkasan.mm.VmallocRequest;
import org.jkasan.mm.slab.KmemCache;
import org.jkasan.report.CallSite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call of everything that a kernel hands out, once the kernel is closed. */
class ClosedKernelTest {

    private static final String SENTENCE = "This kernel is closed, and its memory is gone.";

    private static final Kconfig CONFIG = TestKernel.small().withCpus(2);

    private static final long PATTERN = 0x5a5a5a5a5a5a5a5aL;

    /** What touches no memory: names, numbers, counts, and what makes others wait. */
    private static final Set<String> HARMLESS =
            Set.of(
                    "Vmalloc.request",
                    "Vmalloc.isVmallocAddr",
                    "Percpu.cpus",
                    "Percpu.perCpuPtr",
                    "Percpu.nrPages",
                    "PageAllocator.total",
                    "PageAllocator.free",
                    "PageAllocator.failWhen",
                    "PageFrames.total",
                    "PageFrames.address",
                    "PageFrames.pfn",
                    "PageFrames.freeBlocks",
                    "UserMemory.accessOk",
                    "KernelMemory.hostAddress",
                    "KernelMemory.presentAddress",
                    "KernelMemory.isPoisoned",
                    "KernelMemory.wildAccess",
                    "SlabMemory.kmalloc",
                    "SlabMemory.deferFreesTo",
                    "SlabMemory.quarantineBytes",
                    "SlabMemory.liveObjects",
                    "SlabMemory.close",
                    "KmemCache.name",
                    "KmemCache.self",
                    "KmemCache.objectSize",
                    "KmemCache.stride",
                    "KmemCache.toString",
                    "Mempool.reserved",
                    "Mempool.close",
                    "Tasks.current",
                    "KernelTask.comm",
                    "KernelTask.pid",
                    "KernelTask.stackStart",
                    "KernelTask.stackEnd",
                    "KernelTask.close",
                    "StackFrame.close",
                    "StackScope.close",
                    "Workqueue.flush",
                    "Rcu.readLock",
                    "Rcu.readUnlock",
                    "Rcu.synchronize",
                    "Rcu.barrier",
                    "Printk.print",
                    "Printk.warn");

    /** An argument for each type, as it was right while the kernel was open. */
    private final Map<Class<?>, Object> arguments = new HashMap<>();

    private final List<Object> handedOut = new ArrayList<>();

    private final Set<String> met = new TreeSet<>();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyCall_saysThatTheMemoryIsGone(boolean kasan) throws ReflectiveOperationException {
        TestKernel closed = kasan ? TestKernel.withKasan(CONFIG) : TestKernel.withoutKasan(CONFIG);
        use(closed.kernel);
        long live = (long) arguments.get(long.class);
        closed.kernel.close();
        // Its windows are likely to be where those of the closed one were.
        try (TestKernel next = TestKernel.withoutKasan(CONFIG)) {
            long addr = next.kernel.vmalloc().vmalloc(1 << 16);
            next.memory().memset(addr, (int) PATTERN, 1 << 16);
            for (Object api : handedOut) {
                callAll(api, live);
            }
            for (int i = 0; i < 1 << 16; i += Long.BYTES) {
                assertThat(next.memory().loadLong(addr + i)).isEqualTo(PATTERN);
            }
        }
        assertThat(met).containsAll(HARMLESS);
        handedOut.stream().filter(StackFrame.class::isInstance).forEach(this::close);
    }

    private void close(Object frame) {
        ((StackFrame) frame).close();
    }

    /** Has all that there is handed out. */
    private void use(Kernel kernel) throws ReflectiveOperationException {
        for (Method method : Kernel.class.getMethods()) {
            boolean getter = method.getParameterCount() == 0 && isOurs(method);
            if (getter && isOfTheKernel(method.getReturnType())) {
                handedOut.add(method.invoke(kernel));
            }
        }
        KmemCache cache = kernel.slab().create("closed", 64);
        KernelTask task = kernel.tasks().create("closed");
        StackFrame frame = task.enter("closed");
        handedOut.addAll(List.of(cache, kernel.slab().mempool(1, cache), task, frame));
        handedOut.add(frame.scope());
        arguments.put(long.class, kernel.vmalloc().vmalloc(100));
        arguments.put(int.class, 1);
        arguments.put(byte.class, (byte) 1);
        arguments.put(short.class, (short) 1);
        arguments.put(String.class, "late");
        arguments.put(byte[].class, new byte[16]);
        arguments.put(long[].class, new long[] {kernel.frames().alloc()});
        arguments.put(ByteBuffer.class, kernel.vmalloc().vmallocBuffer(100));
        arguments.put(ByteOrder.class, ByteOrder.BIG_ENDIAN);
        arguments.put(Object.class, kernel.vmalloc().vmallocBytes(100));
        arguments.put(IntFunction.class, (IntFunction<byte[]>) byte[]::new);
        arguments.put(LongConsumer.class, (LongConsumer) object -> {});
        arguments.put(Runnable.class, (Runnable) () -> {});
        arguments.put(Gfp.class, Gfp.KERNEL);
        arguments.put(VmallocRequest.class, kernel.vmalloc().request(100));
        arguments.put(CallSite.class, null);
        arguments.put(KmemCache.class, cache);
    }

    private static boolean isOfTheKernel(Class<?> type) {
        String name = type.getPackageName();
        return name.startsWith("org.jkasan.mm") || name.startsWith("org.jkasan.kernel");
    }

    private static boolean isOurs(Method method) {
        return method.getDeclaringClass().getName().startsWith("org.jkasan.")
                && !method.isBridge()
                && !Modifier.isStatic(method.getModifiers());
    }

    private void callAll(Object api, long live) {
        for (Method method : api.getClass().getMethods()) {
            String name = api.getClass().getSimpleName() + "." + method.getName();
            if (isOurs(method)) {
                met.add(name);
                if (!HARMLESS.contains(name)) {
                    assertThat(answer(api, method, 64L)).as("%s", method).isEqualTo(SENTENCE);
                    // As a size that is too large, which nobody has to be told.
                    assertThat(answer(api, method, live)).as("%s", method).isIn(SENTENCE, 0L, null);
                }
            }
        }
    }

    /** What a call returns, or the message of what it throws. */
    private Object answer(Object api, Method method, long number) {
        Object[] values =
                Arrays.stream(method.getParameterTypes())
                        .map(type -> type == long.class ? (Object) number : argument(type))
                        .toArray();
        try {
            return method.invoke(api, values);
        } catch (InvocationTargetException e) {
            return e.getCause().getMessage();
        } catch (IllegalAccessException e) {
            throw new AssertionError(method.toString(), e);
        }
    }

    private Object argument(Class<?> type) {
        if (!arguments.containsKey(type)) {
            fail("say what a " + type + " was in the open kernel");
        }
        return arguments.get(type);
    }
}
