package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.jkasan.mm.KernelOops;
import org.jkasan.mm.Strings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StringsTest {

    private final TestKernel machine = TestKernel.withKasan();
    private final Strings strings = machine.kernel.strings();

    /** Two pages; behind them is the guard page. */
    private final long page = machine.kernel.vmalloc().vzalloc(8192);

    @AfterEach
    void close() {
        machine.close();
    }

    private long put(long addr, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
        machine.memory().copyIn(addr, bytes, 0, bytes.length);
        return addr;
    }

    private String text(long addr) {
        byte[] bytes = new byte[(int) strings.strlen(addr)];
        machine.memory().copyOut(addr, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void lengths_countUpToTheNul() {
        long s = put(page + 4090, "over a page's end");
        assertThat(strings.strlen(s)).isEqualTo(17);
        assertThat(strings.strnlen(s, 5)).isEqualTo(5);
        assertThat(strings.strnlen(s, 100)).isEqualTo(17);
        assertThat(strings.strnlen(0, 0)).isZero();
    }

    @Test
    void strcpy_copiesTheNulToo() {
        put(page + 100, "xxxxxxxx");
        assertThat(strings.strcpy(page + 100, put(page, "abc"))).isEqualTo(page + 100);
        assertThat(text(page + 100)).isEqualTo("abc");
        assertThat(machine.memory().loadByte(page + 104)).isEqualTo((byte) 'x');
    }

    @Test
    void strscpy_endsWithANulWhateverFits() {
        long src = put(page + 4083, "hello, kernel world");
        for (int count = 1; count < 40; count++) {
            machine.memory().memset(page, 'x', 64);
            boolean fits = count > 19;
            assertThat(strings.strscpy(page, src, count)).isEqualTo(fits ? 19 : Strings.TOO_BIG);
            assertThat(text(page))
                    .isEqualTo("hello, kernel world".substring(0, fits ? 19 : count - 1));
            assertThat(machine.memory().loadByte(page + count)).isEqualTo((byte) 'x');
        }
        assertThat(strings.strscpy(0, 0, 0)).isEqualTo(-7);
        assertThat(strings.strscpy(0, 0, -1)).isEqualTo(-7);
    }

    @Test
    void strscpy_readsNotIntoAPageThatItNeedsNot() {
        long src = put(page + 8192 - 4, "abc");
        assertThat(strings.strscpy(page, src, 100)).isEqualTo(3);
        assertThat(text(page)).isEqualTo("abc");
    }

    @Test
    void comparisons_tellTheFirstDifference() {
        long a = put(page, "kernel");
        long b = put(page + 50, "kern\u00e9l");
        assertThat(strings.strcmp(a, a)).isZero();
        assertThat(strings.strcmp(a, b)).isEqualTo('e' - 0xe9);
        assertThat(strings.strcmp(b, a)).isEqualTo(0xe9 - 'e');
        assertThat(strings.strncmp(a, b, 4)).isZero();
        assertThat(strings.strncmp(a, b, 5)).isNegative();
        assertThat(strings.strcmp(a, put(page + 90, "kernels"))).isEqualTo(-'s');
        assertThat(strings.strncmp(a, put(page + 90, "kernel"), 100)).isZero();
    }

    @Test
    void searches_giveAddressesOrNull() {
        long s = put(page, "banana");
        assertThat(strings.strchr(s, 'a')).isEqualTo(s + 1);
        assertThat(strings.strrchr(s, 'a')).isEqualTo(s + 5);
        assertThat(strings.strchr(s, 0)).isEqualTo(s + 6);
        assertThat(strings.strrchr(s, 0)).isEqualTo(s + 6);
        assertThat(strings.strchr(s, 'x')).isZero();
        assertThat(strings.strrchr(s, 'x')).isZero();
        assertThat(strings.strstr(s, put(page + 20, "nan"))).isEqualTo(s + 2);
        assertThat(strings.strstr(s, put(page + 20, "nab"))).isZero();
        assertThat(strings.strstr(s, put(page + 20, ""))).isEqualTo(s);
        assertThat(strings.strstr(put(page + 40, "na"), put(page + 20, "nan"))).isZero();
    }

    @Test
    void memorySearches_readNoFurtherThanTheyMust() {
        long s = put(page + 8192 - 7, "banana");
        assertThat(machine.memory().memchr(s, 'n', 100)).isEqualTo(s + 2);
        assertThat(machine.memory().memchr(s, 'x', 7)).isZero();
        assertThat(machine.memory().memchr(s, 0x100 + 'b', 7)).isEqualTo(s);
        assertThat(machine.memory().memscan(s, 'n', 7)).isEqualTo(s + 2);
        assertThat(machine.memory().memscan(s, 'x', 7)).isEqualTo(s + 7);
        assertThat(machine.memory().memchr(0, 'x', 0)).isZero();
        assertThatThrownBy(() -> machine.memory().memchr(s, 'x', 8)).isInstanceOf(KernelOops.class);
    }

    @Test
    void stringWithoutEnd_runsIntoTheGuardPage() {
        machine.memory().memset(page, 'x', 8192);
        assertThatThrownBy(() -> strings.strlen(page))
                .isInstanceOf(KernelOops.class)
                .hasMessageContaining(Long.toHexString(page + 8192));
    }
}
