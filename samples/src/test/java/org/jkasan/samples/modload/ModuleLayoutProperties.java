package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Sections in any order of addresses, against looking at each of them. */
class ModuleLayoutProperties {

    private static final int STRIDE = 64;

    @Property(tries = 60)
    void layout_anyOrder_isFoundAgain(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = STRIDE) Integer> sizes,
            @ForAll Random random)
            throws BadModuleException {
        List<Integer> slots = new ArrayList<>(IntStream.range(0, sizes.size()).boxed().toList());
        Collections.shuffle(slots, random);
        ElfBuilder elf = new ElfBuilder(Elf.DYN, ElfBuilder.X86_64);
        for (int i = 0; i < sizes.size(); i++) {
            elf.zeroes("z", Elf.SHF_ALLOC, (slots.get(i) + 1L) * STRIDE, sizes.get(i), 1);
        }
        elf.zeroes("last", Elf.SHF_ALLOC, 100 * STRIDE, 1, 1);
        try (TestKernel kernel = new TestKernel()) {
            ModuleLayout layout = new Steps(kernel, elf.build()).layout;
            for (int offset = 0; offset < 50 * STRIDE; offset += 1 + random.nextInt(9)) {
                for (int width : new int[] {1, 4, 8}) {
                    assertThat(layout.holds(offset, width))
                            .isEqualTo(holds(sizes, slots, offset, width));
                }
            }
        }
    }

    private static boolean holds(List<Integer> sizes, List<Integer> slots, int offset, int width) {
        return IntStream.range(0, sizes.size())
                .anyMatch(
                        i -> {
                            int start = (slots.get(i) + 1) * STRIDE;
                            return offset >= start && offset + width <= start + sizes.get(i);
                        });
    }
}
