package org.jkasan.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StepProperties {

    @Provide
    Arbitrary<Program<KernelSubject>> programs() {
        return KernelActions.table().programs(40);
    }

    @Property
    void bytes_areTheProgram(@ForAll("programs") Program<KernelSubject> program) {
        Program<KernelSubject> again = KernelActions.table().decode(program.bytes());

        assertThat(again.steps()).isEqualTo(program.steps());
    }

    @Property
    void anyBytes_areAProgram(@ForAll byte[] bytes) {
        List<Step> steps = Step.decode(bytes);

        byte[] whole = Arrays.copyOf(bytes, bytes.length - bytes.length % Step.BYTES);
        assertThat(Step.encode(steps)).isEqualTo(whole);
    }
}
