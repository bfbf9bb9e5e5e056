package org.jkasan.samples.testvmalloc;

import java.util.List;
import org.jkasan.samples.Sample;

/** A program: the benchmark with a test in it that writes past what it allocated. */
public final class BadTest implements TestBody {

    private final TestContext context;

    private BadTest(TestContext context) {
        this.context = context;
    }

    /** Runs it three times. */
    public static void main(String[] arguments) {
        TestVmalloc sample = new TestVmalloc((test, context) -> new BadTest(context));
        List<String> parameters =
                List.of("run_test_mask=1", "test_repeat_count=3", "single_cpu_test=1");
        int status = sample.run(parameters, System.out, System.err);
        if (status != Sample.DONE) {
            System.exit(status);
        }
    }

    @Override
    public boolean loop() {
        long size = 100;
        long addr = context.kernel().vmalloc().vmalloc(size);
        context.kernel().memory().storeByte(addr + size, (byte) 0);
        context.kernel().vmalloc().vfree(addr);
        return true;
    }
}
