package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StringTableTest {

    private final TestKernel kernel = new TestKernel();

    @AfterEach
    void close() {
        kernel.close();
    }

    private StringTable table(String... strings) throws BadModuleException {
        byte[] bytes = ElfBuilder.join(new byte[Elf.HEADER_SIZE], ElfBuilder.strings(strings));
        return StringTable.copy(
                kernel.context(),
                kernel.image(bytes),
                Elf.HEADER_SIZE,
                bytes.length - Elf.HEADER_SIZE);
    }

    @Test
    void text_atAnyOffset() throws BadModuleException {
        StringTable table = table("", "printk", "vfree");
        assertThat(table.text(0, 99)).isEmpty();
        assertThat(table.text(1, 99)).isEqualTo("printk");
        assertThat(table.text(6, 99)).as("a tail that names share").isEqualTo("k");
        assertThat(table.text(8, 99)).isEqualTo("vfree");
        assertThat(table.text(8, 2)).isEqualTo("vf");
        assertThat(table.text(13, 99)).as("the last NUL").isEmpty();
    }

    @Test
    void text_nothingThatMovesACursor() throws BadModuleException {
        assertThat(table("a\033[31m\n\177b").text(0, 99)).isEqualTo("a?[31m??b");
    }

    @Test
    void contains_offsetsInIt() throws BadModuleException {
        StringTable table = table("", "a");
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.contains(2)).isTrue();
        assertThat(table.contains(3)).isFalse();
        assertThat(table.contains(-1)).isFalse();
    }

    @Test
    void strings_countAndLength() throws BadModuleException {
        StringTable table = table("", "printk", "vfree", "");
        assertThat(table.strings()).isEqualTo(4);
        assertThat(table.longest()).isEqualTo(6);
    }
}
