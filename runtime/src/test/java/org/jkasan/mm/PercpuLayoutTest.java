package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercpuLayoutTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, 2048",
        "2, 2, 1024",
        "3, 4, 512",
        "4, 4, 512",
        "5, 6, 1024",
        "6, 8, 256",
        "8, 8, 256",
        "16, 16, 128",
        "24, 32, 64",
        "32, 32, 64",
        "33, 40, 256",
        "64, 64, 64",
        "128, 128, 64"
    })
    void units_areTheFinestThatWasteLittle(int cpus, long units, long unitKib) {
        PercpuLayout layout = PercpuLayout.of(cpus);
        assertThat(layout).isEqualTo(new PercpuLayout(cpus, units, unitKib << 10));
        assertThat(layout.size() % PercpuLayout.ATOM).isZero();
    }
}
