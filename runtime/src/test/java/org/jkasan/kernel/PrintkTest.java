package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintkTest {

    @Test
    void warn_isTheMessageWithTaskAndStack() {
        List<String> lines = new ArrayList<>();
        Printk printk = new Printk(lines::add);
        printk.print("first");
        printk.warn("something is wrong");
        assertThat(lines.subList(0, 3))
                .containsExactly(
                        "first", "------------[ cut here ]------------", "something is wrong");
        assertThat(lines.get(3))
                .startsWith("WARNING: PID: ")
                .endsWith("Comm: " + Thread.currentThread().getName());
        assertThat(lines.get(4)).isEqualTo("Call Trace:");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("---[ end trace 0000000000000000 ]---");
        assertThat(lines).hasSizeGreaterThan(6);
    }
}
