package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.jkasan.mm.Gfp;
import org.jkasan.mm.slab.KmemCache;
import org.jkasan.mm.slab.Mempool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MempoolTest {

    private final TestKernel machine = TestKernel.withKasan();

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void reserve_isInaccessibleAndServesWhereRamHasNoMore() {
        Mempool pool = machine.kernel.slab().kmallocMempool(2, 20);
        long first = pool.alloc();
        machine.kernel.ram().failWhen(pages -> true);
        while (machine.kernel.kmalloc().kmalloc(20, Gfp.NOWAIT) != 0) {
            // What is free in slabs.
        }
        long second = pool.alloc(Gfp.NOWAIT);
        long third = pool.alloc();
        assertThat(second).isNotZero();
        assertThat(third).isNotZero();
        assertThat(pool.alloc(Gfp.NOWAIT)).isZero();
        assertThat(machine.shadow(second, 4)).isEqualTo("00 00 04 fc");
        machine.kernel.ram().failWhen(null);
        pool.free(second);
        assertThat(pool.reserved()).isEqualTo(1);
        assertThat(machine.shadow(second)).isEqualTo((byte) 0xfa);
        pool.free(second);
        assertThat(machine.titles()).containsExactly("double-free");
        machine.read(second);
        assertThat(machine.titles()).containsExactly("double-free", "slab-use-after-free");
        pool.free(third);
        pool.free(first);
        pool.free(0);
        assertThat(machine.kernel.slab().quarantineBytes()).isPositive();
        pool.close();
        assertThatThrownBy(pool::alloc).hasMessageContaining("destroyed");
    }

    @Test
    void whatIsNoElement_isNotAdded() {
        KmemCache cache = machine.kernel.slab().create("things", 40);
        Mempool pool = machine.kernel.slab().mempool(1, cache);
        long taken = pool.allocPreallocated();
        assertThat(pool.allocPreallocated()).isZero();
        pool.free(taken + 8);
        assertThat(machine.titles()).containsExactly("invalid-free");
        assertThat(pool.reserved()).isZero();
        pool.free(taken);
        assertThat(pool.reserved()).isEqualTo(1);
        pool.close();
        cache.destroy();
        assertThat(machine.log).isEmpty();
    }

    @Test
    void largeObjects_areFreeAsPagesAre() {
        Mempool pool = machine.kernel.slab().kmallocMempool(2, 8193);
        long first = pool.alloc();
        pool.close();
        pool = machine.kernel.slab().kmallocMempool(1, 8193);
        long second = pool.alloc();
        long third = pool.alloc();
        assertThat(machine.shadow(third + 8184, 3)).isEqualTo("00 01 fe");
        pool.free(second);
        long reserved = pool.allocPreallocated();
        assertThat(machine.shadow(reserved + 8184, 3)).isEqualTo("00 01 fe");
        pool.free(reserved + 1);
        pool.free(reserved);
        assertThat(machine.shadow(reserved + 8184, 2)).isEqualTo("ff ff");
        pool.allocPreallocated();
        pool.free(reserved);
        machine.read(reserved);
        pool.free(reserved);
        assertThat(machine.titles())
                .containsExactly("invalid-free", "use-after-free", "double-free");
        pool.close();
        machine.kernel.kmalloc().kfree(first);
        machine.kernel.kmalloc().kfree(third);
        assertThat(machine.kernel.slab().liveObjects()).isZero();
    }

    @Test
    void pages_areFreeAsPagesAre() {
        Mempool pool = machine.kernel.slab().pageMempool(1, 1);
        long block = pool.allocPreallocated();
        assertThat(machine.isValid(block + 8191)).isTrue();
        pool.free(block);
        assertThat(machine.shadow(block + 4096)).isEqualTo((byte) 0xff);
        pool.free(pool.alloc());
        pool.close();
        assertThat(machine.kernel.ram().free()).isEqualTo(machine.kernel.ram().total());
    }

    @Test
    void waiter_getsWhatIsFreed() throws InterruptedException {
        Mempool pool = machine.kernel.slab().pageMempool(1, 0);
        long element = pool.allocPreallocated();
        machine.kernel.ram().failWhen(pages -> true);
        AtomicLong got = new AtomicLong();
        Thread waiter = new Thread(() -> got.set(pool.alloc()));
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        pool.free(element);
        waiter.join();
        assertThat(got).hasValue(element);
        machine.kernel.ram().failWhen(null);
        pool.free(element);
        pool.close();
    }

    @Test
    void emptyRam_makesNoPool() {
        machine.kernel.ram().failWhen(pages -> true);
        assertThat(machine.kernel.slab().pageMempool(1, 0)).isNull();
        machine.kernel.ram().failWhen(null);
        assertThatThrownBy(() -> machine.kernel.slab().kmallocMempool(1, 5 << 20))
                .hasMessageContaining("1 to 4194304");
        assertThatThrownBy(() -> machine.kernel.slab().kmallocMempool(-1, 9))
                .hasMessageContaining("not -1");
    }
}
