package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class VmallocTableTest {

    private static final VmallocTable TABLE =
            VmallocTable.of(
                    List.of(
                            "run,cpu,test,r,r low,r high",
                            "one,0,a,1,0.5,1.5",
                            "one,0,b,3,2,4",
                            "one,0,total,9,8,10",
                            "two,0,a,2,1,3",
                            "two,1,a,2.5,2.5,2.5"));

    @Test
    void aFigure_isTheWorseOfTheCpus() {
        assertThat(TABLE.of("one", "a", "r")).isEqualTo(new Estimate(1, 0.5, 1.5));
        assertThat(TABLE.of("two", "a", "r")).isEqualTo(new Estimate(2.5, 2.5, 2.5));
    }

    @Test
    void theWorst_isOfATestNotTheTotal() {
        assertThat(TABLE.worst("one", "r")).isEqualTo(new Estimate(3, 2, 4));
    }

    @Test
    void whatIsNotThere_isSaid() {
        assertThatThrownBy(() -> TABLE.of("one", "c", "r"))
                .isInstanceOf(MeasurementException.class)
                .hasMessage("No c in the table");
    }
}
