package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jkasan.mm.Gfp;
import org.jkasan.mm.slab.Kmalloc;
import org.jkasan.mm.slab.KmemCache;
import org.jkasan.mm.slab.Mempool;
import org.jkasan.mm.slab.SlabFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KmallocTest {

    private final TestKernel machine = TestKernel.withKasan();
    private final Kmalloc kmalloc = machine.kernel.kmalloc();

    @AfterEach
    void close() {
        machine.close();
    }

    private long used() {
        return machine.kernel.ram().total() - machine.kernel.ram().free();
    }

    @Test
    void object_isAccessibleToTheByteAndRedzonedBehind() {
        long p = kmalloc.kmalloc(123);
        assertThat(machine.shadow(p, 18)).isEqualTo("00 ".repeat(15) + "03 fc fc");
        assertThat(machine.shadow(p + 128)).isEqualTo((byte) 0xfc);
        assertThat(kmalloc.ksize(p)).isEqualTo(128);
        kmalloc.kfree(p);
        assertThat(machine.shadow(p, 17)).isEqualTo("fa " + "fb ".repeat(15) + "fc");
    }

    @Test
    void freedObject_isNotUsedAgainWhileInQuarantine() {
        long p = kmalloc.kmalloc(64);
        kmalloc.kfree(p);
        for (int i = 0; i < 1_000; i++) {
            assertThat(kmalloc.kmalloc(64)).isNotEqualTo(p).isNotZero();
        }
        assertThat(machine.kernel.slab().quarantineBytes()).isEqualTo(128);
    }

    @Test
    void doubleAndInvalidFree_areReportedAndLeaveTheObjectAlone() {
        long p = kmalloc.kmalloc(32);
        kmalloc.kfree(p + 1);
        assertThat(machine.shadow(p)).isZero();
        kmalloc.kfree(p);
        kmalloc.kfree(p);
        assertThat(machine.titles()).containsExactly("invalid-free", "double-free");
    }

    @Test
    void report_saysObjectCacheAndPosition() {
        long p = kmalloc.kmalloc(123);
        kmalloc.kfree(p);
        kmalloc.kfree(p);
        assertThat(machine.reports().get(0))
                .contains("Free of addr " + Long.toHexString(p))
                .contains("\nAllocated by task ")
                .contains("\nFreed by task ")
                .contains(
                        "\nThe buggy address belongs to the object at "
                                + Long.toHexString(p)
                                + "\n which belongs to the cache kmalloc-128 of size 128\n"
                                + "The buggy address is located 0 bytes inside of\n 128-byte region [")
                .contains(">" + Long.toHexString(p & -128) + ":")
                .doesNotContain("vmalloc");
    }

    @Test
    void zeroBytes_areTheZeroSizePointer() {
        assertThat(kmalloc.kmalloc(0)).isEqualTo(Kmalloc.ZERO_SIZE_PTR);
        kmalloc.kfree(Kmalloc.ZERO_SIZE_PTR);
        kmalloc.kfree(0);
        assertThat(kmalloc.ksize(0)).isZero();
        assertThat(machine.log).isEmpty();
    }

    @Test
    void largeObject_isABlockOfPages() {
        long p = kmalloc.kmalloc(8193);
        assertThat(used()).isEqualTo(4);
        assertThat(kmalloc.ksize(p)).isEqualTo(16384);
        assertThat(machine.shadow(p + 8192)).isEqualTo((byte) 1);
        assertThat(machine.shadow(p + 8200)).isEqualTo((byte) 0xfe);
        assertThat(machine.shadow(p + 16376)).isEqualTo((byte) 0xfe);
        kmalloc.kfree(p + 4096);
        kmalloc.kfree(p);
        assertThat(machine.shadow(p)).isEqualTo((byte) 0xff);
        kmalloc.kfree(p);
        assertThat(machine.titles()).containsExactly("invalid-free", "double-free");
        assertThat(used()).isZero();
    }

    @Test
    void tooLargeAndOverflow_fail() {
        assertThat(kmalloc.kmalloc(Kmalloc.MAX_SIZE + 1)).isZero();
        assertThat(kmalloc.kmalloc(-1)).isZero();
        assertThat(kmalloc.kcalloc(1L << 33, 1L << 33)).isZero();
        assertThat(kmalloc.kmallocArray(-1, 2)).isZero();
        long p = kmalloc.kcalloc(3, 7);
        assertThat(machine.memory().loadLong(p)).isZero();
        assertThat(machine.shadow(p + 16)).isEqualTo((byte) 5);
        assertThat(machine.kernel.kmalloc().kmalloc(Kmalloc.MAX_SIZE)).isNotZero();
    }

    @Test
    void krealloc_growsAndShrinksInPlaceOrMoves() {
        long p = kmalloc.kmalloc(20);
        machine.memory().storeLong(p, 42);
        assertThat(kmalloc.krealloc(p, 31)).isEqualTo(p);
        assertThat(machine.shadow(p, 4)).isEqualTo("00 00 00 07");
        assertThat(kmalloc.krealloc(p, 3)).isEqualTo(p);
        assertThat(machine.shadow(p, 4)).isEqualTo("03 fc fc fc");
        long q = kmalloc.krealloc(p, 33);
        assertThat(q).isNotEqualTo(p);
        assertThat(machine.memory().loadLong(q)).isEqualTo(42);
        assertThat(machine.shadow(p)).isEqualTo((byte) 0xfa);
        assertThat(kmalloc.krealloc(p, 8)).isZero();
        assertThat(machine.titles()).containsExactly("slab-use-after-free");
        assertThat(kmalloc.krealloc(q, 0)).isEqualTo(Kmalloc.ZERO_SIZE_PTR);
        assertThat(kmalloc.krealloc(0, 8)).isNotZero();
        long large = kmalloc.krealloc(kmalloc.kmalloc(8), 9000);
        assertThat(kmalloc.krealloc(large, 12000)).isEqualTo(large);
        assertThat(machine.shadow(large + 12000)).isEqualTo((byte) 0xfe);
    }

    @Test
    void kfreeSensitive_zeroesAndReportsTwiceTheSecondTime() {
        long p = kmalloc.kmalloc(24);
        machine.memory().storeLong(p + 16, -1);
        kmalloc.kfreeSensitive(p);
        assertThat(machine.memory().loadLong(p + 16)).isZero();
        kmalloc.kfreeSensitive(p);
        assertThat(machine.titles()).containsExactly("slab-use-after-free", "double-free");
    }

    @Test
    void bufferAndArray_areObjects() {
        ByteBuffer buffer = kmalloc.kmallocBuffer(100);
        assertThat(buffer.capacity()).isGreaterThanOrEqualTo(128);
        buffer.putLong(0, 7);
        long p = kmalloc.addressOf(buffer);
        assertThat(machine.memory().loadLong(p)).isEqualTo(7);
        kmalloc.kfree(buffer);
        int[] array = kmalloc.array(5, int[]::new);
        long q = kmalloc.addressOf(array);
        assertThat(machine.shadow(q, 4)).isEqualTo("00 00 04 fc");
        kmalloc.kfree((Object) array);
        kmalloc.kfree((Object) array);
        kmalloc.kfree((Object) new int[3]);
        assertThat(machine.titles()).containsExactly("double-free");
        assertThatThrownBy(() -> kmalloc.array(3000, int[]::new))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kmalloc.array(3, String[]::new))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cache_constructsAndGivesPagesBack() {
        List<Long> constructed = new ArrayList<>();
        KmemCache cache =
                machine.kernel
                        .slab()
                        .create(
                                "inodes",
                                600,
                                64,
                                SlabFlags.HWCACHE_ALIGN,
                                object -> {
                                    machine.memory().storeInt(object, 5);
                                    constructed.add(object);
                                });
        long[] objects = new long[20];
        assertThat(cache.allocBulk(Gfp.KERNEL, objects)).isEqualTo(20);
        assertThat(constructed).hasSizeGreaterThanOrEqualTo(20);
        for (long object : objects) {
            assertThat(object % 64).isZero();
            assertThat(machine.memory().loadInt(object)).isEqualTo(5);
        }
        cache.destroy();
        assertThat(machine.log).anyMatch(line -> line.contains("still has objects"));
        cache.freeBulk(objects);
        cache.shrink();
        cache.destroy();
        cache.destroy();
        assertThat(machine.titles()).containsExactly("slab-use-after-free");
        assertThatThrownBy(cache::alloc).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void objectsOfACache_areBuffersAndArraysToo() {
        KmemCache cache = machine.kernel.slab().create("nodes", 48);
        ByteBuffer buffer = cache.allocBuffer();
        buffer.putLong(40, 1);
        long[] words = cache.allocArray(5, long[]::new);
        long p = kmalloc.addressOf(words);
        assertThat(machine.shadow(p, 7)).isEqualTo("00 00 00 00 00 fc fc");
        assertThat(cache.allocArray(0, int[]::new)).isNull();
        assertThatThrownBy(() -> cache.allocArray(7, long[]::new))
                .hasMessageContaining("An array of 56 bytes does not fit an object of nodes");
        cache.free(buffer);
        cache.free(words);
        cache.free(words);
        cache.free((Object) null);
        cache.free(new int[1]);
        assertThat(machine.titles()).containsExactly("double-free");
        assertThat(machine.log).anyMatch(line -> line.contains("object pointer: int[]"));
        cache.destroy();
    }

    /** fail_nth: the nth allocation of pages fails, for every n until all goes well. */
    @Test
    void everyFailure_losesNothing() {
        for (int nth = 1; !survives(nth); nth++) {
            KernelInvariants.check(machine.kernel);
            assertThat(nth).isLessThan(20);
        }
    }

    private boolean survives(int nth) {
        AtomicInteger count = new AtomicInteger();
        machine.kernel.ram().failWhen(pages -> count.incrementAndGet() == nth);
        KmemCache cache = machine.kernel.slab().create("fail", 700);
        long[] objects = new long[30];
        int made = cache == null ? 0 : cache.allocBulk(Gfp.KERNEL, objects);
        long large = kmalloc.kmalloc(20_000);
        long moved = large == 0 ? 0 : kmalloc.krealloc(large, 50_000);
        Mempool pool = machine.kernel.slab().pageMempool(2, 1);
        machine.kernel.ram().failWhen(null);
        boolean whole = made == 30 && moved != 0 && pool != null;
        if (pool != null) {
            pool.close();
        }
        kmalloc.kfree(moved == 0 ? large : moved);
        if (cache != null) {
            cache.freeBulk(objects);
            cache.destroy();
        }
        assertThat(machine.kernel.slab().liveObjects()).isZero();
        assertThat(machine.reports()).isEmpty();
        return whole;
    }

    @Test
    void outOfRam_isNullAndALine() {
        machine.kernel.ram().failWhen(pages -> true);
        assertThat(kmalloc.kmalloc(8)).isZero();
        assertThat(kmalloc.kmalloc(10_000)).isZero();
        assertThat(machine.kernel.slab().create("none", 8)).isNull();
        machine.kernel.ram().failWhen(null);
        assertThat(kmalloc.kmalloc(8)).isNotZero();
        assertThat(machine.log).first().asString().contains("SLUB: Unable to allocate memory");
    }

    @Test
    void typesafeByRcu_isFreedAfterAGracePeriod() {
        KmemCache cache =
                machine.kernel.slab().create("rcu", 40, 0, SlabFlags.TYPESAFE_BY_RCU, null);
        Rcu rcu = machine.kernel.rcu();
        long p = cache.alloc();
        rcu.readLock();
        cache.free(p);
        assertThat(machine.shadow(p)).isZero();
        cache.free(p);
        assertThat(machine.titles()).containsExactly("double-free");
        rcu.readUnlock();
        rcu.barrier();
        assertThat(machine.shadow(p)).isEqualTo((byte) 0xfa);
        machine.write(p);
        assertThat(machine.titles()).containsExactly("double-free", "slab-use-after-free");
        assertThat(machine.reports().get(1))
                .contains("\nLast potentially related work creation:\n")
                .doesNotContain("Second to last");
        cache.destroy();
        assertThat(machine.log).isEmpty();
    }

    /** Without SLUB_RCU_DEBUG; a second free is still seen. */
    @Test
    void typesafeByRcuWithoutDebug_isReusedAtOnceAndAlwaysReadable() {
        try (TestKernel plain = TestKernel.withKasan(TestKernel.small().withSlubRcuDebug(false))) {
            KmemCache cache =
                    plain.kernel.slab().create("rcu", 40, 0, SlabFlags.TYPESAFE_BY_RCU, null);
            long p = cache.alloc();
            cache.free(p);
            assertThat(plain.shadow(p, 5)).isEqualTo("00 00 00 00 00");
            cache.free(p);
            assertThat(plain.titles()).containsExactly("double-free");
            assertThat(cache.alloc()).isEqualTo(p);
            cache.free(p);
            cache.destroy();
            assertThat(plain.log).isEmpty();
        }
    }

    @Test
    void nodeThatIsNotThere_givesNothingButAWarning() {
        long there = machine.kernel.kmalloc().kmallocNode(100, 0);
        assertThat(machine.shadow(there, 14)).endsWith("00 04 fc");
        machine.kernel.kmalloc().kfree(there);
        assertThat(machine.kernel.kmalloc().kmallocNode(100, 1)).isZero();
        assertThat(machine.log).anyMatch(line -> line.contains("no memory on node 1"));
    }

    @Test
    void typesafeByRcuWithoutKasan_isReusedAtOnce() {
        try (TestKernel plain = TestKernel.withoutKasan()) {
            KmemCache cache =
                    plain.kernel.slab().create("rcu", 40, 0, SlabFlags.TYPESAFE_BY_RCU, null);
            long p = cache.alloc();
            cache.free(p);
            cache.free(p);
            assertThat(cache.alloc()).isEqualTo(p);
            assertThat(cache.stride()).isEqualTo(40);
            plain.kernel.kmalloc().kfree(plain.kernel.kmalloc().kmalloc(9000));
        }
    }
}
