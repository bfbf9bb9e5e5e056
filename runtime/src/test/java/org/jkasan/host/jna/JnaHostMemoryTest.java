package org.jkasan.host.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jkasan.host.HostMemories;
import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;
import org.jkasan.host.MemoryFile;
import org.jkasan.host.RawMemory;
import org.junit.jupiter.api.Test;

class JnaHostMemoryTest {

    private static final long TIB = 1L << 40;

    private final HostMemory host = new JnaHostMemory();
    private final int page = host.pageSize();

    @Test
    void pageSize_isAPowerOfTwoOfAtLeast4096() {
        assertThat(page).isGreaterThanOrEqualTo(4096);
        assertThat(Integer.bitCount(page)).isOne();
    }

    @Test
    void fromClassPath_isThisOne() {
        assertThat(HostMemories.fromClassPath()).isInstanceOf(JnaHostMemory.class);
    }

    @Test
    void reserve_sixteenTebibytes_commitsOnFirstTouch() {
        long start = host.reserve(16 * TIB, page, "a test");
        long middle = start + 8 * TIB;
        assertThat(start).isBetween(1L, (1L << 47) - 16 * TIB);
        assertThat(host.residentPages(middle, 64L * page)).isZero();

        RawMemory.storeByte(middle + 3L * page, (byte) 1);
        RawMemory.storeByte(middle + 7L * page + 5, (byte) 2);

        assertThat(host.residentPages(middle, 64L * page)).isEqualTo(2);
        assertThat(RawMemory.loadByte(start)).isZero();
        assertThat(RawMemory.loadByte(start + 16 * TIB - 1)).isZero();
        host.release(start, 16 * TIB);
    }

    @Test
    void discard_bringsResidencyToZeroAndReadsAsZero() {
        long bytes = 300L * page;
        long start = host.reserve(bytes, page, "a test");
        RawMemory.fill(start, bytes, (byte) 0xF8);
        assertThat(host.residentPages(start, bytes)).isEqualTo(300);

        host.discard(start + page, bytes - 2L * page);

        assertThat(host.residentPages(start, bytes)).isEqualTo(2);
        assertThat(RawMemory.loadByte(start)).isEqualTo((byte) 0xF8);
        assertThat(RawMemory.loadLong(start + page)).isZero();
        assertThat(RawMemory.loadByte(start + bytes - 1)).isEqualTo((byte) 0xF8);
        host.release(start, bytes);
    }

    @Test
    void residentPages_ofMoreThanOneChunk() {
        long pages = 3L * (1 << 16) + 5;
        long start = host.reserve(pages * page, page, "a test");
        RawMemory.storeByte(start, (byte) 1);
        RawMemory.storeByte(start + (1L << 16) * page - 1, (byte) 1);
        RawMemory.storeByte(start + (1L << 16) * page, (byte) 1);
        RawMemory.storeByte(start + pages * page - 1, (byte) 1);
        assertThat(host.residentPages(start, pages * page)).isEqualTo(4);
        host.release(start, pages * page);
    }

    @Test
    void reserve_alignsAsAsked() {
        for (long alignment : new long[] {page, 1 << 21, 1L << 30, TIB}) {
            long start = host.reserve(3L * page, alignment, "a test");
            assertThat(start % alignment).isZero();
            RawMemory.fill(start, 3L * page, (byte) 1);
            host.release(start, 3L * page);
        }
    }

    @Test
    void release_endsTheReservation() {
        long start = host.reserve(4L * page, page, "a test");
        host.release(start + 2L * page, 2L * page);
        RawMemory.storeByte(start + 2L * page - 1, (byte) 1);
        assertThat(host.residentPages(start, 2L * page)).isOne();
        host.release(start, 2L * page);
    }

    @Test
    void reserve_moreThanTheAddressSpace_saysSo() {
        assertThat(refused(1L << 46 << 1)).contains("128 TiB for a test");
        assertThat(refused(1L << 50)).contains("no room of 1 PiB for a test below address 2^47");
    }

    private String refused(long bytes) {
        try {
            host.reserve(bytes, page, "a test");
        } catch (HostMemoryException e) {
            return e.getMessage();
        }
        throw new AssertionError("not refused");
    }

    @Test
    void buffer_isDirectAndInNativeOrder() {
        long start = host.reserve(page, page, "a test");
        ByteBuffer buffer = host.buffer(start + 16, 100);
        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.capacity()).isEqualTo(100);
        assertThat(buffer.order()).isEqualTo(ByteOrder.nativeOrder());
        buffer.putInt(4, 0x12345678);
        assertThat(RawMemory.loadInt(start + 20)).isEqualTo(0x12345678);
        assertThat(host.buffer(start, 0).capacity()).isZero();
        host.release(start, page);
    }

    @Test
    void ranges_thatAreNotWholePages_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.reserve(page + 1, page, "a test"))
                .withMessageContaining("multiple of the host's page size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.reserve(page, 3L * page, "a test"))
                .withMessageContaining("power of two");
        assertThatIllegalArgumentException().isThrownBy(() -> host.release(page, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.discard(page + 8, page))
                .withMessageContaining("start of a page");
    }

    @Test
    void file_isTheSameMemoryWhereverItIsMapped() {
        long one = host.reserve(4L * page, page, "a test");
        long two = host.reserve(4L * page, page, "a test");
        try (MemoryFile file = host.file(4L * page, "a test")) {
            file.map(0, one, 4L * page);
            file.map(2L * page, two + page, page);
        }
        RawMemory.storeLong(one + 2L * page + 8, 42);
        assertThat(RawMemory.loadLong(two + page + 8)).isEqualTo(42);
        RawMemory.storeLong(two + page + 16, 43);
        assertThat(RawMemory.loadLong(one + 2L * page + 16)).isEqualTo(43);
        assertThat(RawMemory.loadLong(two + 8)).isZero();
        assertThat(host.residentPages(one, 4L * page)).isLessThan(4);
        host.release(one, 4L * page);
        host.release(two, 4L * page);
    }

    @Test
    void reset_putsPrivateMemoryInThePlaceOfAFile() {
        long one = host.reserve(4L * page, page, "a test");
        long two = host.reserve(page, page, "a test");
        RawMemory.fill(one, 4L * page, (byte) 1);
        try (MemoryFile file = host.file(page, "a test")) {
            file.map(0, one + page, page);
            file.map(0, two, page);
        }
        RawMemory.storeLong(two, 42);
        assertThat(RawMemory.loadLong(one + page)).isEqualTo(42);

        host.reset(one + page, 2L * page);

        assertThat(RawMemory.loadLong(one + page)).isZero();
        assertThat(RawMemory.loadLong(one + 2L * page)).isZero();
        assertThat(RawMemory.loadByte(one + page - 1)).isOne();
        assertThat(RawMemory.loadByte(one + 3L * page)).isOne();
        RawMemory.storeLong(one + page, 43);
        assertThat(RawMemory.loadLong(two)).isEqualTo(42);
        host.release(one, 4L * page);
        host.release(two, page);
    }
}
