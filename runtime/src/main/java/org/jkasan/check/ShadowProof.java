package org.jkasan.check;

import java.nio.ByteBuffer;
import java.util.List;
import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;
import org.jkasan.report.BadAccess;
import org.jkasan.report.BugType;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/**
 * The second half of the self-test, run when the shadow is reserved and before there is memory to
 * watch: each way from a hook to the shadow finds a byte that is poisoned, and nothing where none
 * is. That rewritten code reaches the hooks was proved when the agent started.
 *
 * <p>What it finds is neither reported nor counted.
 */
final class ShadowProof implements Runnable {

    /** An array's element, a buffer's and one of kernel memory. */
    private static final int ACCESSES = 3;

    private final long page;
    private final ByteBuffer buffer;

    private ShadowProof(long page, ByteBuffer buffer) {
        this.page = page;
        this.buffer = buffer;
    }

    /**
     * Proves it.
     *
     * @throws HostMemoryException where it is not so
     */
    static void run(Sanitizer sanitizer, HostMemory host) {
        int size = host.pageSize();
        long page = host.reserve(size, size, "a self-test");
        Shadow shadow = sanitizer.shadow();
        ShadowProof proof = new ShadowProof(page, host.buffer(page, Shadow.GRANULE_SIZE));
        shadow.poison(page, Shadow.GRANULE_SIZE, ShadowByte.VMALLOC_INVALID);
        List<BadAccess> bad = sanitizer.reporter().collect(proof);
        shadow.unpoison(page, Shadow.GRANULE_SIZE);
        List<BadAccess> good = sanitizer.reporter().collect(proof);
        host.release(page, size);
        if (!isProved(bad, page) || !good.isEmpty()) {
            throw new HostMemoryException(
                    "The checks do not work in this JVM (of "
                            + ACCESSES
                            + " bad accesses the shadow showed "
                            + bad.size()
                            + ", and of as many good ones "
                            + good.size()
                            + "); please report this with the JVM's version.");
        }
    }

    private static boolean isProved(List<BadAccess> bad, long page) {
        for (BadAccess access : bad) {
            if (access.hostAddress() != page) {
                return false;
            }
        }
        return bad.size() == ACCESSES;
    }

    @Override
    public void run() {
        Hooks.load1(0, page);
        BufferHooks.bufferLoad(buffer, 0, 1);
        KernelHooks.kernelLoad(new Same(), page, 1);
    }

    /** A kernel whose addresses are the host's. */
    private static final class Same implements AddressSpace {

        @Override
        public long hostAddress(long address) {
            return address;
        }

        @Override
        public BugType wildAccess(long address) {
            return null;
        }
    }
}
