package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.List;
import org.example.Driver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** /proc/vmallocinfo, line by line. */
class VmallocInfoTest {

    private final TestMachine machine = TestMachine.withCpus(4, 16 << 20);
    private final Vmalloc vmalloc = machine.vmalloc();
    private final Driver driver = new Driver(vmalloc);

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void emptySpace_hasNoLines() {
        assertThat(machine.mm.vmallocInfo().text()).isEmpty();
    }

    @Test
    void area_isToldWithItsGuardPageItsCallerAndItsPages() {
        driver.probe(3 * PAGE);
        driver.mmap(1);
        assertThat(lines())
                .containsExactly(
                        "0xffffc90000000000-0xffffc90000004000   16384 Driver.probe pages=3 vmalloc"
                                + " N0=3",
                        "0xffffc90000004000-0xffffc90000006000    8192 Driver.mmap pages=1 vmalloc"
                                + " user N0=1");
    }

    @Test
    void array_isToldWithBothItsGuardPages() {
        assertThat(vmalloc.vmallocBytes(1)).isNotNull();
        assertThat(lines().get(0)).startsWith("0xffffc90000000000-0xffffc90000003000   12288 ");
    }

    @Test
    void flags_areWords() {
        VmallocRequest request = vmalloc.request(PAGE);
        vmalloc.vmallocNodeRange(request.flagged(VmFlags.IOREMAP | VmFlags.NO_GUARD));
        vmalloc.vmallocNodeRange(request.flagged(VmFlags.DMA_COHERENT));
        vmalloc.vmallocNodeRange(request.flagged(VmFlags.UNINITIALIZED));
        assertThat(lines().get(0)).endsWith(" pages=1 ioremap vmalloc N0=1");
        assertThat(lines().get(0)).contains("-0xffffc90000001000    4096 ");
        assertThat(lines().get(1)).endsWith(" pages=1 vmalloc dma-coherent N0=1");
        assertThat(lines().get(2)).endsWith(" pages=1 vmalloc");
    }

    @Test
    void freedArea_isUnpurgedUntilThePurge() {
        long addr = driver.probe(1);
        driver.probe(1);
        vmalloc.vfree(addr);
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0))
                .isEqualTo("0xffffc90000000000-0xffffc90000002000    8192 unpurged vm_area");
        vmalloc.purge();
        assertThat(lines()).hasSize(1);
    }

    @Test
    void percpuChunk_ownsPagesThatItsAreasDoNot() {
        long addr = machine.mm.percpu().allocPercpu(8, 8);
        assertThat(lines())
                .singleElement()
                .asString()
                .endsWith(" vmalloc")
                .doesNotContain("pages=");
        machine.mm.percpu().freePercpu(addr);
    }

    @Test
    void callerThatNobodyKnows_isLeftOut() {
        try (TestMachine plain = TestMachine.withoutKasan(16 << 20)) {
            new Driver(plain.vmalloc()).probe(PAGE);
            assertThat(plain.mm.vmallocInfo().text())
                    .isEqualTo(
                            "0xffffc90000000000-0xffffc90000002000    8192 pages=1 vmalloc N0=1\n");
        }
    }

    @Test
    void largeArea_hasASizeAsWideAsItTakes() {
        driver.probe(12 << 20);
        assertThat(lines().get(0)).contains("-0xffffc90000c01000 12587008 Driver.probe pages=3072");
    }

    @Test
    void lines_areInTheOrderOfTheirAddresses() {
        for (int i = 0; i < 200; i++) {
            driver.probe(1 + i * 37 % (9 * PAGE));
        }
        assertThat(lines()).hasSize(200).isSorted();
    }

    @Test
    void text_whileOthersAllocate_hasNoAreaTwiceAndAllThatStay() throws InterruptedException {
        long[] kept = new long[50];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = driver.probe(PAGE);
        }
        Thread[] threads = new Thread[2];
        boolean[] stop = new boolean[1];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> churn(stop));
            threads[i].start();
        }
        for (int round = 0; round < 200; round++) {
            expectApart(kept);
        }
        synchronized (stop) {
            stop[0] = true;
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void churn(boolean[] stop) {
        for (int i = 0; ; i++) {
            synchronized (stop) {
                if (stop[0]) {
                    return;
                }
            }
            vmalloc.vfree(vmalloc.vmalloc(1 + i % (40 * PAGE)));
            if (i % 16 == 0) {
                vmalloc.purge();
            }
        }
    }

    private void expectApart(long[] kept) {
        long end = 0;
        int found = 0;
        for (String line : lines()) {
            long start = Long.parseUnsignedLong(line.substring(2, 18), 16);
            assertThat(Long.compareUnsigned(start, end)).as(line).isNotNegative();
            end = Long.parseUnsignedLong(line.substring(21, 37), 16);
            if (found < kept.length && start == kept[found]) {
                found++;
            }
        }
        assertThat(found).isEqualTo(kept.length);
    }

    private List<String> lines() {
        return machine.mm.vmallocInfo().text().lines().toList();
    }
}
