package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;
import org.junit.jupiter.api.Test;

class ShadowPagesTest {

    private static final byte FILLER = (byte) 0xF8;
    private static final int PAGE = 4096;

    @Test
    void page_isFilledWhenItBeginsToExistAndNotAgain() {
        new Fixture(4096, 8) {
            void run() {
                pages.populate(2, 3);
                assertThat(load(2)).isEqualTo(FILLER);
                assertThat(load(4)).isZero();
                RawMemory.storeByte(start + 2 * PAGE + 100, (byte) 0);
                pages.populate(1, 4);
                assertThat(load(2)).isZero();
                assertThat(load(4)).isEqualTo(FILLER);
                assertThat(pages.present()).isEqualTo(4);
            }
        }.close();
    }

    @Test
    void pagesThatRamHasNot_doNotBeginToExist() {
        new Fixture(4096, 8) {
            void run() {
                assertThat(pages.populate(1, 1)).isTrue();
                assertThat(ram.take(61)).isTrue();
                assertThat(pages.populate(0, 4)).isFalse();
                assertThat(pages.present()).isEqualTo(1);
                assertThat(load(0)).isZero();
                assertThat(pages.populate(0, 2)).isTrue();
                ram.give(61);
            }
        }.close();
    }

    @Test
    void release_leavesOutWhatDoesNotExist() {
        new Fixture(4096, 8) {
            void run() {
                pages.populate(0, 1);
                pages.populate(5, 5);
                pages.release(1, 8);
                assertThat(pages.present()).isEqualTo(1);
                assertThat(host.residentPages(start, 8 * PAGE)).isEqualTo(1);
            }
        }.close();
    }

    @Test
    void largeHostPage_goesBackWithTheLastPageInIt() {
        new Fixture(4 * PAGE, 16) {
            void run() {
                pages.populate(1, 9);
                pages.release(2, 9);
                // Pages 2 and 3 share a host page with 1, and 8 with 9; 4 to 7 went back.
                assertThat(resident(0, 4)).isPositive();
                assertThat(resident(4, 8)).isZero();
                assertThat(resident(8, 12)).isPositive();
                assertThat(load(1)).isEqualTo(FILLER);
                assertThat(load(2)).isZero();
                assertThat(load(8)).isZero();
                assertThat(load(9)).isEqualTo(FILLER);
                pages.release(9, 10);
                assertThat(resident(8, 12)).isZero();
                pages.populate(2, 2);
                pages.release(2, 3);
                assertThat(load(1)).isEqualTo(FILLER);
                pages.release(0, 16);
                assertThat(resident(0, 16)).isZero();
                assertThat(pages.present()).isZero();
            }
        }.close();
    }

    /** Pages of shadow that describe nothing. */
    private abstract static class Fixture implements AutoCloseable {

        final HostMemory host;
        final PageAllocator ram = new PageAllocator(64 * PAGE);
        final long start;
        final ShadowPages pages;
        private final long bytes;

        Fixture(int hostPage, int count) {
            host = FakeHost.withPages(hostPage);
            bytes = (long) count * PAGE;
            start = host.reserve(bytes, hostPage, "shadow");
            pages = new ShadowPages(host, ram, start, count, this::begin);
            run();
        }

        abstract void run();

        private void begin(long page) {
            RawMemory.fill(start + page * PAGE, PAGE, FILLER);
        }

        byte load(int page) {
            return RawMemory.loadByte(start + page * PAGE + 100);
        }

        long resident(int from, int to) {
            return host.residentPages(start + from * PAGE, (long) (to - from) * PAGE);
        }

        @Override
        public void close() {
            assertThat(ram.total() - ram.free()).isEqualTo(pages.present());
            pages.close();
            host.release(start, bytes);
        }
    }
}
