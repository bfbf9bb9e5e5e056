package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.jkasan.report.BugType;
import org.junit.jupiter.api.Test;

class PercpuTest {

    private static final long SPACE = 16L << 20;
    private static final long ATOM = PercpuLayout.ATOM;
    private static final int CPUS = 4;
    private static final long UNIT = ATOM / CPUS;
    private static final int LARGEST = 32 << 10;

    private static TestMachine machine() {
        return TestMachine.withCpus(CPUS, SPACE);
    }

    @Test
    void object_isZeroAndEveryCpusOwn() {
        try (TestMachine machine = machine()) {
            Percpu percpu = machine.mm.percpu();
            long pointer = percpu.allocPercpu(24, 8);
            for (int cpu = 0; cpu < CPUS; cpu++) {
                long addr = percpu.perCpuPtr(pointer, cpu);
                assertThat(addr).isEqualTo(START + SPACE - ATOM + cpu * UNIT);
                for (int i = 0; i < 24; i += 8) {
                    assertThat(machine.memory().loadLong(addr + i)).isZero();
                    machine.memory().storeLong(addr + i, cpu + 1);
                }
            }
            for (int cpu = 0; cpu < CPUS; cpu++) {
                long addr = percpu.perCpuPtr(pointer, cpu);
                assertThat(machine.memory().loadLong(addr + 16)).isEqualTo(cpu + 1);
            }
            percpu.freePercpu(pointer);
            assertThat(percpu.allocPercpu(24, 8)).isEqualTo(pointer);
            assertThat(machine.memory().loadLong(percpu.perCpuPtr(pointer, 3))).isZero();
            assertThat(machine.log).isEmpty();
        }
    }

    @Test
    void objects_lieSideBySideAndAligned() {
        try (TestMachine machine = machine()) {
            Percpu percpu = machine.mm.percpu();
            long first = percpu.allocPercpu(1, 1);
            assertThat(percpu.allocPercpu(3, 1)).isEqualTo(first + 4);
            assertThat(percpu.allocPercpu(5, 8)).isEqualTo(first + 8);
            assertThat(percpu.allocPercpu(4, 4)).isEqualTo(first + 16);
            assertThat(percpu.allocPercpu(4, 4096)).isEqualTo(first + 4096);
            assertThat(percpu.allocPercpu(8, 8)).isEqualTo(first + 24);
        }
    }

    @Test
    void pointer_isNoKernelAddress() {
        try (TestMachine machine = machine()) {
            long pointer = machine.mm.percpu().allocPercpu(8, 8);
            assertThat(pointer).isPositive();
            assertThat(machine.memory().wildAccess(pointer)).isEqualTo(BugType.USER_MEMORY_ACCESS);
            assertThatThrownBy(() -> machine.memory().loadLong(pointer))
                    .isInstanceOf(KernelOops.class);
        }
    }

    @Test
    void pages_areTakenForEveryCpuWhereObjectsAre() {
        try (TestMachine machine = machine()) {
            Percpu percpu = machine.mm.percpu();
            assertThat(percpu.nrPages()).isZero();
            long free = machine.mm.ram().free();
            percpu.allocPercpu(8, 8);
            assertThat(percpu.nrPages()).isEqualTo(CPUS);
            assertThat(machine.mm.ram().free()).isEqualTo(free - CPUS - (ATOM >>> 15));
            percpu.allocPercpu(8, 8);
            assertThat(percpu.nrPages()).isEqualTo(CPUS);
            percpu.allocPercpu(PAGE, 8);
            assertThat(percpu.nrPages()).isEqualTo(2 * CPUS);
        }
    }

    @Test
    void unmappedPage_isAccessibleToKasanAndFaults() {
        try (TestMachine machine = machine()) {
            Percpu percpu = machine.mm.percpu();
            long addr = percpu.perCpuPtr(percpu.allocPercpu(8, 8), 0);
            assertThat(machine.shadow().isAccessible(machine.host(addr), ATOM)).isTrue();
            assertThatThrownBy(() -> machine.memory().loadByte(addr + PAGE))
                    .isInstanceOf(KernelOops.class);
        }
    }

    @Test
    void illegalSizesAndAlignments_areWarnedOfInTheKernelsWords() {
        try (TestMachine machine = machine()) {
            Percpu percpu = machine.mm.percpu();
            long[][] illegal = {
                {0, 8}, {LARGEST + 1, 8}, {-1, 8}, {8, 0}, {8, 3}, {8, 8192}, {8, Long.MIN_VALUE}
            };
            List<String> expected = new ArrayList<>();
            for (long[] request : illegal) {
                assertThat(percpu.allocPercpu(request[0], request[1])).isZero();
                expected.add(
                        "WARN illegal size ("
                                + Long.toUnsignedString(request[0])
                                + ") or align ("
                                + Long.toUnsignedString(request[1])
                                + ") for percpu allocation");
            }
            assertThat(machine.log).isEqualTo(expected);
            assertThat(percpu.allocPercpu(0, 8, Gfp.KERNEL.silent())).isZero();
            assertThat(machine.log).hasSameSizeAs(expected);
            assertThat(percpu.allocPercpu(LARGEST, 4096)).isNotZero();
        }
    }

    @Test
    void pointersThatNothingIsAt_areNotFreed() {
        try (TestMachine machine = machine()) {
            Percpu percpu = machine.mm.percpu();
            percpu.freePercpu(0);
            assertThat(machine.log).isEmpty();
            percpu.freePercpu(0x1000);
            long pointer = percpu.allocPercpu(16, 8);
            long other = percpu.allocPercpu(16, 8);
            percpu.freePercpu(pointer + 4);
            percpu.freePercpu(pointer + 1);
            percpu.freePercpu(pointer + UNIT);
            percpu.freePercpu(percpu.perCpuPtr(pointer, 0));
            percpu.freePercpu(other);
            percpu.freePercpu(other);
            assertThat(machine.log).hasSize(6);
            assertThat(machine.log.get(0))
                    .isEqualTo(
                            "WARN Trying to free_percpu() nonexistent percpu area"
                                    + " (0000000000001000)");
            assertThatThrownBy(() -> percpu.perCpuPtr(pointer, CPUS))
                    .hasMessage("There is no CPU 4; this kernel has CPU 0 to 3.");
            assertThatThrownBy(() -> percpu.perCpuPtr(pointer, -1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void chunkThatBecomesEmpty_goesUnlessNoOtherIs() {
        try (TestMachine machine = machine()) {
            Percpu percpu = machine.mm.percpu();
            long perChunk = UNIT / LARGEST;
            List<Long> pointers = fill(percpu, 3 * perChunk);
            assertThat(percpu.chunks()).isEqualTo(3);
            assertThat(percpu.nrPages()).isEqualTo(3 * ATOM / PAGE);
            pointers.subList(0, (int) perChunk).forEach(percpu::freePercpu);
            assertThat(percpu.chunks()).isEqualTo(3);
            pointers.subList((int) perChunk, (int) (2 * perChunk)).forEach(percpu::freePercpu);
            assertThat(percpu.chunks()).isEqualTo(2);
            Invariants.check(machine.mm);
            assertThat(fill(percpu, perChunk)).isEqualTo(pointers.subList(0, (int) perChunk));
            assertThat(percpu.chunks()).isEqualTo(2);
            machine.vmalloc().purge();
            assertThat(machine.mm.ram().total() - machine.mm.ram().free())
                    .isEqualTo(2 * (ATOM / PAGE + (ATOM >>> 15)));
        }
    }

    private static List<Long> fill(Percpu percpu, long objects) {
        List<Long> pointers = new ArrayList<>();
        for (long i = 0; i < objects; i++) {
            long pointer = percpu.allocPercpu(LARGEST, 8);
            assertThat(pointer).isNotZero();
            pointers.add(pointer);
        }
        return pointers;
    }

    @Test
    void accessToAChunkThatWent_isReported() {
        try (TestMachine machine = machine()) {
            Percpu percpu = machine.mm.percpu();
            List<Long> pointers = fill(percpu, 2 * UNIT / LARGEST);
            long stale = percpu.perCpuPtr(pointers.get(pointers.size() - 1), 1);
            long behind = percpu.perCpuPtr(pointers.get(0), 0) - 1;
            pointers.forEach(percpu::freePercpu);
            assertThat(behind).isGreaterThan(stale);
            for (long addr : new long[] {stale, behind}) {
                assertThat(machine.shadow().isAccessible(machine.host(addr), 1)).isFalse();
                BadAccess bad = new BadAccess(AccessKind.WRITE, addr, machine.host(addr), 1);
                TestMachine.SANITIZER.reporter().report(bad);
            }
            assertThat(machine.reports())
                    .hasSize(2)
                    .allMatch(report -> report.contains("KASAN: vmalloc-use-after-free in "));
        }
    }

    @Test
    void spaceForNoChunk_isAWarningTenTimes() {
        try (TestMachine tiny = TestMachine.withKasan(1 << 20);
                TestMachine full = TestMachine.withKasan(2 << 20)) {
            assertThat(tiny.mm.percpu().allocPercpu(8, 8)).isZero();
            assertThat(tiny.log)
                    .containsExactly(
                            "WARN percpu: areas that reach over 2097152 bytes cannot be in vmalloc"
                                    + " space of 1048576",
                            "percpu: allocation failed, size=8 align=8 atomic=0, failed to"
                                    + " allocate new chunk");
            long addr = full.vmalloc().vmalloc(1);
            for (int i = 0; i < 12; i++) {
                assertThat(full.mm.percpu().allocPercpu(8, 8)).isZero();
            }
            assertThat(full.log).hasSize(11);
            assertThat(full.log.get(10)).isEqualTo("percpu: limit reached, disable warning");
            full.vmalloc().vfree(addr);
            assertThat(full.mm.percpu().allocPercpu(8, 8)).isNotZero();
        }
    }

    @Test
    void allocationThatMustNotBlock_usesThePagesThatAreThere() {
        try (TestMachine machine = machine()) {
            Percpu percpu = machine.mm.percpu();
            assertThat(percpu.allocPercpu(8, 8, Gfp.ATOMIC)).isZero();
            assertThat(machine.log)
                    .containsExactly(
                            "percpu: allocation failed, size=8 align=8 atomic=1, atomic alloc"
                                    + " failed, no space left");
            long pointer = percpu.allocPercpu(8, 8);
            assertThat(percpu.allocPercpu(PAGE - 8, 8, Gfp.NOWAIT)).isEqualTo(pointer + 8);
            assertThat(percpu.allocPercpu(8, 8, Gfp.NOWAIT)).isZero();
            assertThat(percpu.nrPages()).isEqualTo(CPUS);
        }
    }

    /** From each allocation on, inside one call, all others fail: -ENOMEM at every place. */
    @Test
    void failNth_ofOneAllocation_leavesNothingButAnEmptyChunk() {
        try (TestMachine machine = machine()) {
            Percpu percpu = machine.mm.percpu();
            List<String> reasons = new ArrayList<>();
            long pointer = 0;
            for (int nth = 1; pointer == 0; nth++) {
                int failing = nth;
                AtomicInteger count = new AtomicInteger();
                machine.mm.ram().failWhen(pages -> count.incrementAndGet() >= failing);
                pointer = percpu.allocPercpu(2 * PAGE, 8);
                machine.mm.ram().failWhen(null);
                Invariants.check(machine.mm);
                if (pointer == 0) {
                    assertThat(percpu.nrPages()).isZero();
                    String line = machine.log.get(machine.log.size() - 1);
                    reasons.add(line.substring(line.lastIndexOf(", ") + 2));
                }
            }
            assertThat(reasons)
                    .containsExactly("failed to allocate new chunk", "failed to populate");
            assertThat(percpu.chunks()).isEqualTo(1);
        }
    }

    @Test
    void withoutKasan_itIsTheSame() {
        try (TestMachine machine = TestMachine.withoutKasan(SPACE)) {
            Percpu percpu = machine.mm.percpu();
            long pointer = percpu.allocPercpu(100, 64);
            machine.memory().storeInt(percpu.perCpuPtr(pointer, 0), 1);
            assertThat(machine.mm.ram().total() - machine.mm.ram().free()).isEqualTo(1);
            percpu.freePercpu(pointer);
            assertThat(machine.log).isEmpty();
        }
    }

    @Test
    void allOfVmallocSpace_hasItsChunksAtItsEnd() {
        long size = Architecture.X86_64.layout().vmallocSize();
        try (TestMachine machine = TestMachine.withCpus(2, size)) {
            Percpu percpu = machine.mm.percpu();
            long pointer = percpu.allocPercpu(8, 8);
            assertThat(percpu.perCpuPtr(pointer, 0)).isEqualTo(START + size - ATOM);
            assertThat(machine.vmalloc().vmalloc(1)).isEqualTo(START);
            Invariants.check(machine.mm);
            percpu.freePercpu(pointer);
        }
    }

    @Test
    void closedKernel_saysSo() {
        TestMachine machine = machine();
        Percpu percpu = machine.mm.percpu();
        long pointer = percpu.allocPercpu(8, 8);
        machine.close();
        assertThatThrownBy(() -> percpu.allocPercpu(8, 8)).hasMessageContaining("is closed");
        assertThatThrownBy(() -> percpu.freePercpu(pointer)).hasMessageContaining("is closed");
    }
}
