package org.jkasan.agent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jkasan.check.Sanitizer;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.KernelOops;
import org.jkasan.report.BadAccess;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/**
 * The proof before {@code main} that the checks work: a freshly loaded class, rewritten as all
 * others are, reads a buffer, an array and kernel memory, and each of these must reach its hook and
 * be found bad. An agent that silently checks nothing would be worse than none.
 *
 * <p>There need be no shadow yet: what reaches a hook where an array is tracked without one is bad
 * (and where there is one, the array is poisoned). That the shadow tells good from bad is proved as
 * soon as there is one, by the runtime.
 *
 * <p>What it finds is neither reported nor counted.
 */
final class SelfTest {

    /** Where the array is said to be: in the second page of the host, where nothing ever is. */
    private static final long PLACE = 0x1000;

    private static final int LENGTH = 2 * Shadow.GRANULE_SIZE;

    private static final String[] ACCESSES = {"a buffer", "an array", "kernel memory"};

    private static final List<Long> ADDRESSES =
            List.of(
                    PLACE + ProbeClass.BUFFER_INDEX,
                    PLACE + ProbeClass.ARRAY_INDEX,
                    ProbeClass.ADDRESS);

    private SelfTest() {}

    /**
     * Runs the test.
     *
     * @throws RefusalException if an access is not checked
     */
    static void run(Sanitizer sanitizer) {
        byte[] array = new byte[LENGTH];
        Object[] bad = new Object[ACCESSES.length];
        bad[ProbeClass.BUFFER] = ByteBuffer.wrap(array);
        bad[ProbeClass.ARRAY] = array;
        bad[ProbeClass.MEMORY] = KernelMemory.none();
        try {
            ProbeLoader loader = new ProbeLoader();
            Access access = new Access(probe(loader), bad);
            List<BadAccess> found = collect(sanitizer, array, access);
            check(ADDRESSES, found, loader.failure() == null ? access.failure : loader.failure());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw failed("the test's own class cannot be run, " + e);
        }
    }

    /** The bad accesses of the probe. The lock keeps others from reserving the shadow meanwhile. */
    private static List<BadAccess> collect(Sanitizer sanitizer, byte[] array, Access access) {
        synchronized (sanitizer) {
            boolean reserved = sanitizer.shadow().isReserved();
            if (reserved) {
                sanitizer.shadow().poison(PLACE, LENGTH, ShadowByte.VMALLOC_INVALID);
            }
            sanitizer.arrays().track(array, PLACE);
            try {
                return sanitizer.reporter().collect(access);
            } finally {
                sanitizer.arrays().untrack(array);
                if (reserved) {
                    sanitizer.shadow().unpoison(PLACE, LENGTH);
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // the class was generated so
    private static Consumer<Object> probe(ProbeLoader loader) throws ReflectiveOperationException {
        Class<?> probe = loader.define(ProbeClass.NAME, ProbeClass.classFile());
        return (Consumer<Object>) probe.getConstructor().newInstance();
    }

    static void check(List<Long> expected, List<BadAccess> found, Throwable failure) {
        List<Long> seen = new ArrayList<>();
        for (BadAccess access : found) {
            seen.add(access.address());
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

    /** The run of the probe; its last access is one that the kernel's memory refuses. */
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
            } catch (KernelOops expected) {
                return;
            } catch (RuntimeException | LinkageError e) {
                failure = e;
            }
        }
    }
}
