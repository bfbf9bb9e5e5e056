package org.jkasan.testkit;

import java.util.List;
import org.jkasan.kernel.KasanVmalloc;
import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;
import org.jkasan.kernel.KernelInvariants;
import org.jkasan.kernel.KernelLeaks;

/** A kernel of a test, from its boot to the look at what is left. */
final class BootedKernel implements AutoCloseable {

    private final Kernel kernel;
    private final KernelLeaks leaks;
    private final boolean leaksFail;

    private BootedKernel(Kernel kernel, boolean leaksFail) {
        this.kernel = kernel;
        this.leaks = KernelLeaks.from(kernel);
        this.leaksFail = leaksFail;
    }

    static BootedKernel boot(BootKernel settings) {
        Kconfig config =
                Kconfig.defaults()
                        .withMem(ByteSize.parse("mem", settings.mem()))
                        .withVmallocSize(ByteSize.parse("vmalloc", settings.vmalloc()))
                        .withCpus(settings.cpus())
                        .withKasanVmalloc(
                                settings.kasanVmalloc() ? KasanVmalloc.ON : KasanVmalloc.OFF);
        return new BootedKernel(Kernel.boot(config), settings.leaks());
    }

    Kernel kernel() {
        return kernel;
    }

    /**
     * Fails where the kernel is not sound, or something is left.
     *
     * @throws AssertionError that says what
     */
    void check() {
        List<String> left = leaks.find();
        try {
            KernelInvariants.check(kernel);
        } catch (IllegalStateException e) {
            throw new AssertionError("The kernel is not sound: " + e.getMessage(), e);
        }
        if (leaksFail && !left.isEmpty()) {
            throw new AssertionError(
                    "The test left behind what it should have freed: " + String.join("; ", left));
        }
    }

    @Override
    public void close() {
        kernel.close();
    }
}
