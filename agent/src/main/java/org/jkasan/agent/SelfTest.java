package org.jkasan.agent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jkasan.check.Sanitizer;
import org.jkasan.kernel.KasanVmalloc;
import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;
import org.jkasan.kernel.Printk;
import org.jkasan.mm.Vmalloc;
import org.jkasan.report.BadAccess;

/**
 * The proof before {@code main} that the checks work: a freshly loaded class, rewritten as all
 * others are, reads one byte behind a buffer, a range of kernel memory and an array, and each of
 * these must reach the shadow and be found bad. An agent that silently checks nothing would be
 * worse than none.
 *
 * <p>What it finds is neither reported nor counted.
 */
final class SelfTest {

    private static final int KIB = 1 << 10;

    private static final String[] ACCESSES = {"a buffer", "kernel memory", "an array"};

    private SelfTest() {}

    /**
     * Runs the test.
     *
     * @throws RefusalException if an access is not checked
     */
    static void run(Sanitizer sanitizer) {
        Kconfig small =
                Kconfig.defaults()
                        .withMem(64 * KIB)
                        .withCpus(1)
                        .withVmallocSize(256 * KIB)
                        .withKasanVmalloc(KasanVmalloc.ON);
        try (Kernel kernel = Kernel.boot(small, new Printk(new Nowhere()), sanitizer)) {
            Object[] bad = new Object[4];
            List<Long> addresses = allocate(kernel, bad);
            ProbeLoader loader = new ProbeLoader();
            Access access = new Access(probe(loader), bad);
            List<BadAccess> found = sanitizer.reporter().collect(access);
            check(addresses, found, loader.failure() == null ? access.failure : loader.failure());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw failed("the test's own class cannot be run, " + e);
        }
    }

    /**
     * Allocates what the probe is to read behind; the host addresses are in the order of its reads.
     */
    private static List<Long> allocate(Kernel kernel, Object[] bad) {
        Vmalloc vmalloc = kernel.vmalloc();
        ByteBuffer buffer = vmalloc.vmallocBuffer(ProbeClass.INDEX);
        byte[] array = vmalloc.vmallocBytes(ProbeClass.INDEX);
        long address = vmalloc.vmalloc(ProbeClass.INDEX) + ProbeClass.INDEX;
        bad[ProbeClass.BUFFER] = buffer;
        bad[ProbeClass.MEMORY] = kernel.memory();
        bad[ProbeClass.ADDRESS] = address;
        bad[ProbeClass.ARRAY] = array;
        List<Long> hosts = new ArrayList<>();
        hosts.add(kernel.memory().hostAddress(vmalloc.addressOf(buffer) + ProbeClass.INDEX));
        hosts.add(kernel.memory().hostAddress(address));
        hosts.add(kernel.memory().hostAddress(vmalloc.addressOf(array) + ProbeClass.INDEX));
        return hosts;
    }

    @SuppressWarnings("unchecked") // the class was generated so
    private static Consumer<Object> probe(ProbeLoader loader) throws ReflectiveOperationException {
        Class<?> probe = loader.define(ProbeClass.NAME, ProbeClass.classFile());
        return (Consumer<Object>) probe.getConstructor().newInstance();
    }

    static void check(List<Long> expected, List<BadAccess> found, Throwable failure) {
        List<Long> seen = new ArrayList<>();
        for (BadAccess access : found) {
            seen.add(access.hostAddress());
        }
        if (failure != null) {
            throw failed("the test's own class failed, " + failure);
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!seen.contains(expected.get(i))) {
                throw failed(
                        "a bad access of a freshly loaded class to "
                                + ACCESSES[i]
                                + " was not seen");
            }
        }
        if (seen.size() != expected.size()) {
            throw failed(seen.size() + " bad accesses were seen, not " + expected.size());
        }
    }

    private static RefusalException failed(String how) {
        return new RefusalException(
                "The checks do not work in this JVM ("
                        + how
                        + "); another agent may undo the rewriting, so try without the others.");
    }

    /** The run of the probe; its last access is one that Java itself refuses. */
    private static final class Access implements Runnable {

        private final Consumer<Object> probe;
        private final Object[] bad;
        private Throwable failure;

        Access(Consumer<Object> probe, Object[] bad) {
            this.probe = probe;
            this.bad = bad;
        }

        @Override
        public void run() {
            try {
                probe.accept(bad);
            } catch (ArrayIndexOutOfBoundsException expected) {
                return;
            } catch (RuntimeException | LinkageError e) {
                failure = e;
            }
        }
    }

    /** Takes the kernel's log. */
    private static final class Nowhere implements Consumer<String> {

        @Override
        public void accept(String line) {}
    }
}
