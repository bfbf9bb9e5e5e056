package org.jkasan.bench.programs;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Aeron: messages through shared memory, from one end of a channel to the other. Driver, publisher
 * and subscriber run in one thread: threads of their own would spin, and spend as much CPU time as
 * there is, whatever a message costs.
 */
final class Aeron implements Workload {

    private static final String CHANNEL = "aeron:ipc";

    private static final int STREAM = 1001;

    /** More than fits a packet, so a message is taken apart and put together again. */
    private static final int LENGTH = 3000;

    private static final int MESSAGES = 300_000;

    private static final int AT_ONCE = 64;

    private final Object driver;
    private final Object conductor;
    private final Object publication;
    private final Object subscription;
    private final Object[] message;
    private final Object[] polling;
    private final Method offer;
    private final Method poll;
    private final Method position;
    private final Method invoke;

    Aeron(Path scratch) throws ReflectiveOperationException {
        Class<?> mode = Class.forName("io.aeron.driver.ThreadingMode");
        Object context = make("io.aeron.driver.MediaDriver$Context");
        set(context, "aeronDirectoryName", scratch.resolve("aeron").toString());
        set(context, "threadingMode", mode.getField("INVOKER").get(null));
        Class<?> launcher = Class.forName("io.aeron.driver.MediaDriver");
        Object started = launcher.getMethod("launch", context.getClass()).invoke(null, context);
        driver = launcher.getMethod("sharedAgentInvoker").invoke(started);
        Object mine = make("io.aeron.Aeron$Context");
        set(mine, "aeronDirectoryName", scratch.resolve("aeron").toString());
        set(mine, "driverAgentInvoker", driver);
        set(mine, "useConductorAgentInvoker", true);
        Class<?> aeron = Class.forName("io.aeron.Aeron");
        Object client = aeron.getMethod("connect", mine.getClass()).invoke(null, mine);
        conductor = aeron.getMethod("conductorAgentInvoker").invoke(client);
        invoke = conductor.getClass().getMethod("invoke");
        subscription =
                aeron.getMethod("addSubscription", String.class, int.class)
                        .invoke(client, CHANNEL, STREAM);
        publication =
                aeron.getMethod("addPublication", String.class, int.class)
                        .invoke(client, CHANNEL, STREAM);
        Class<?> bytes = Class.forName("org.agrona.DirectBuffer");
        Class<?> handler = Class.forName("io.aeron.logbuffer.FragmentHandler");
        offer = publication.getClass().getMethod("offer", bytes, int.class, int.class);
        poll = subscription.getClass().getMethod("poll", handler, int.class);
        position = publication.getClass().getMethod("position");
        Object buffer =
                Class.forName("org.agrona.concurrent.UnsafeBuffer")
                        .getConstructor(ByteBuffer.class)
                        .newInstance(ByteBuffer.allocateDirect(LENGTH));
        message = new Object[] {buffer, 0, LENGTH};
        polling = new Object[] {assembler(handler), AT_ONCE};
    }

    /** Puts messages together and counts them. */
    private static Object assembler(Class<?> handler) throws ReflectiveOperationException {
        Class<?> listener = Class.forName("io.aeron.samples.RateReporter$Reporter");
        Object nobody =
                Proxy.newProxyInstance(
                        listener.getClassLoader(),
                        new Class<?>[] {listener},
                        (proxy, method, arguments) -> null);
        Class<?> reporter = Class.forName("io.aeron.samples.RateReporter");
        Object counts =
                reporter.getConstructor(long.class, listener)
                        .newInstance(Long.valueOf(1_000_000_000L), nobody);
        Object counting =
                Class.forName("io.aeron.samples.SamplesUtil")
                        .getMethod("rateReporterHandler", reporter)
                        .invoke(null, counts);
        Constructor<?> assembler =
                Class.forName("io.aeron.FragmentAssembler").getConstructor(handler);
        return assembler.newInstance(counting);
    }

    private static Object make(String type) throws ReflectiveOperationException {
        return Class.forName(type).getConstructor().newInstance();
    }

    private static void set(Object context, String name, Object value)
            throws ReflectiveOperationException {
        for (Method method : context.getClass().getMethods()) {
            if (method.getName().equals(name)
                    && method.getParameterCount() == 1
                    && method.getReturnType() == context.getClass()) {
                method.invoke(context, value);
                return;
            }
        }
        throw new NoSuchMethodException(context.getClass().getName() + "." + name);
    }

    @Override
    public void run() throws ReflectiveOperationException {
        long before = (long) position.invoke(publication);
        int sent = 0;
        long received = 0;
        while (sent < MESSAGES) {
            long result = (long) offer.invoke(publication, message);
            if (result > 0) {
                sent++;
            } else {
                invoke.invoke(driver);
                invoke.invoke(conductor);
            }
            if (result <= 0 || sent % AT_ONCE == 0) {
                received += (int) poll.invoke(subscription, polling);
            }
        }
        int fragments = 1;
        while (fragments > 0) {
            fragments = (int) poll.invoke(subscription, polling);
            received += fragments;
        }
        if (received < 2L * MESSAGES || (long) position.invoke(publication) == before) {
            throw new IllegalStateException("Aeron lost messages: " + received + " packets came.");
        }
    }
}
