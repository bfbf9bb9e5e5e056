package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jkasan.check.Sanitizer;
import org.jkasan.config.OptionParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that takes no memory back. */
class HostKeepsMemoryTest {

    private static final int SPACE = 4 << 20;
    private static final int SIZE = 9 * PAGE - 3;
    private static final int COUNT = 30;

    private Sanitizer sanitizer;

    @AfterEach
    void giveShadowBack() {
        sanitizer.shadow().close();
    }

    @ParameterizedTest
    @ValueSource(ints = {PAGE, 4 * PAGE})
    void purge_losesNoAddressesAndNoRam(int hostPage) {
        FakeHost host = FakeHost.withPages(hostPage);
        List<String> reports = new ArrayList<>();
        sanitizer = new Sanitizer(OptionParser.parse("", new Properties()), host, reports::add);
        try (TestMachine machine = TestMachine.watchedBy(sanitizer, SPACE)) {
            host.refuseDiscards(true);
            useAndPurge(machine);
            useAndPurge(machine);
            assertThat(((VmallocShadow) machine.mm.space().kasan()).present()).isZero();
            assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
            assertThat(machine.vmalloc().vmalloc(SIZE)).isEqualTo(START);
            host.refuseDiscards(false);
        }
        assertThat(reports).isEmpty();
    }

    /** Areas that share windows of shadow, half of them written byte by byte. */
    private static void useAndPurge(TestMachine machine) {
        Vmalloc vmalloc = machine.vmalloc();
        List<Object> arrays = new ArrayList<>();
        List<Long> areas = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            arrays.add(vmalloc.vmallocBytes(SIZE));
            areas.add(vmalloc.vmalloc(SIZE));
        }
        assertThat(vmalloc.addressOf(arrays.get(0))).isEqualTo(START + PAGE);
        Invariants.check(machine.mm);
        areas.forEach(vmalloc::vfree);
        vmalloc.purge();
        Invariants.check(machine.mm);
        arrays.forEach(vmalloc::vfree);
        vmalloc.purge();
        Invariants.check(machine.mm);
    }
}
