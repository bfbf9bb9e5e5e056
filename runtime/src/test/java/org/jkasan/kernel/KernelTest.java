package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jkasan.check.Sanitizer;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionParser;
import org.jkasan.host.HostMemories;
import org.jkasan.mm.KernelOops;
import org.jkasan.mm.Percpu;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.junit.jupiter.api.Test;

class KernelTest {

    private static final Kconfig SMALL = Kconfig.defaults().withVmallocSize(1 << 20);

    @Test
    void boot_givesAllOfVmallocSpaceWithoutKasan() {
        try (Kernel kernel = Kernel.boot()) {
            long addr = kernel.vmalloc().vmalloc(100);
            kernel.memory().storeInt(addr + 200, 42);
            assertThat(kernel.memory().loadInt(addr + 200)).isEqualTo(42);
            assertThat(addr).isEqualTo(0xffffc90000000000L);
        }
    }

    @Test
    void modules_haveTheirOwnAddresses() {
        try (Kernel kernel = Kernel.boot(SMALL, Printk.stderr())) {
            long addr = kernel.modules().moduleAlloc(100);
            assertThat(addr).isEqualTo(0xffffffffa0000000L);
            kernel.memory().storeInt(addr + 200, 42);
            assertThat(kernel.memory().loadInt(addr + 200)).isEqualTo(42);
            kernel.modules().moduleFree(addr);
            assertThatThrownBy(() -> kernel.memory().loadInt(addr)).isInstanceOf(KernelOops.class);
            KernelInvariants.check(kernel);
        }
    }

    @Test
    void warnings_goToPrintk() {
        List<String> lines = new ArrayList<>();
        try (Kernel kernel = Kernel.boot(SMALL, new Printk(lines::add))) {
            kernel.vmalloc().vfree(0xffffc90000000000L);
            kernel.printk().print("done");
        }
        assertThat(lines)
                .contains("Trying to vfree() nonexistent vm area (ffffc90000000000)", "done");
    }

    @Test
    void sanitizer_watchesTheKernelUntilItIsClosed() {
        List<String> reports = new ArrayList<>();
        Sanitizer sanitizer =
                new Sanitizer(KasanConfig.defaults(), HostMemories.fromClassPath(), reports::add);
        try (Kernel kernel = Kernel.boot(SMALL, Printk.stderr(), sanitizer)) {
            long addr = kernel.vmalloc().vmalloc(100);
            report(sanitizer, kernel, AccessKind.WRITE, addr + 100);
            kernel.vmalloc().vfree(addr);
            report(sanitizer, kernel, AccessKind.READ, addr);
            assertThatThrownBy(() -> kernel.memory().loadLong(addr)).isInstanceOf(KernelOops.class);
        }
        assertThat(reports).hasSize(2);
        assertThat(reports.get(0)).contains("BUG: KASAN: vmalloc-out-of-bounds in");
        assertThat(reports.get(1)).contains("BUG: KASAN: vmalloc-use-after-free in");
        sanitizer.shadow().close();
    }

    @Test
    void kasanVmalloc_isAsTheKernelOrTheOptionSays() {
        KasanConfig off = OptionParser.parse("kasan.vmalloc=off", new Properties());
        Sanitizer sanitizer = new Sanitizer(off, HostMemories.fromClassPath(), text -> {});
        assertThat(kasanVmalloc(sanitizer, KasanVmalloc.BY_OPTION)).isFalse();
        assertThat(kasanVmalloc(sanitizer, KasanVmalloc.OFF)).isFalse();
        assertThat(kasanVmalloc(sanitizer, KasanVmalloc.ON)).isTrue();
        sanitizer.shadow().close();
    }

    @Test
    void strictVmalloc_leavesNoShadow() {
        Kconfig strict = TestKernel.small().withCpus(2).withKasanVmalloc(KasanVmalloc.STRICT);
        try (TestKernel test = TestKernel.withKasan(strict)) {
            long free = test.kernel.ram().free();
            test.kernel.vmalloc().vfree(test.kernel.vmalloc().vmalloc(1));
            assertThat(test.kernel.kasanVmalloc()).isTrue();
            assertThat(test.kernel.ram().free()).isEqualTo(free);
        }
        try (TestKernel test = TestKernel.withKasan(strict.withKasanVmalloc(KasanVmalloc.ON))) {
            long free = test.kernel.ram().free();
            test.kernel.vmalloc().vfree(test.kernel.vmalloc().vmalloc(1));
            assertThat(test.kernel.ram().free()).isEqualTo(free - 1);
        }
    }

    private static boolean kasanVmalloc(Sanitizer sanitizer, KasanVmalloc value) {
        Kconfig config = SMALL.withKasanVmalloc(value);
        try (Kernel kernel = Kernel.boot(config, Printk.stderr(), sanitizer)) {
            assertThat(kernel.kasan()).isTrue();
            return kernel.kasanVmalloc();
        }
    }

    @Test
    void percpuMemory_isEveryCpusOwn() {
        Kconfig config = TestKernel.small().withCpus(3).withVmallocSize(8 << 20);
        try (TestKernel test = TestKernel.withKasan(config)) {
            Percpu percpu = test.kernel.percpu();
            long counter = percpu.allocPercpu(Long.BYTES, Long.BYTES);
            for (int cpu = 0; cpu < percpu.cpus(); cpu++) {
                test.write(percpu.perCpuPtr(counter, cpu) + cpu);
            }
            assertThat(test.memory().loadLong(percpu.perCpuPtr(counter, 2))).isEqualTo(1 << 16);
            assertThat(test.memory().loadLong(percpu.perCpuPtr(counter, 1))).isEqualTo(1 << 8);
            percpu.freePercpu(counter);
            assertThat(test.reports()).isEmpty();
            assertThat(test.log).isEmpty();
        }
    }

    /** What a check does that finds a byte inaccessible. */
    private static void report(Sanitizer sanitizer, Kernel kernel, AccessKind kind, long addr) {
        long host = kernel.memory().hostAddress(addr);
        assertThat(sanitizer.shadow().isAccessible(host, 1)).isFalse();
        sanitizer.reporter().report(new BadAccess(kind, addr, host, 1));
    }
}
