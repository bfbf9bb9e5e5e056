package org.jkasan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestFramesTest {

    @Test
    void cut_endsEachStackAtTheTest() {
        String report =
                """
                Call Trace:
                 <TASK>
                 a.Driver.read(Driver.java:12)
                 a.DriverTest.reads(DriverTest.java:7)
                 jdk.internal.reflect.DirectMethodHandleAccessor.invoke(X.java:104)
                 java.lang.reflect.Method.invoke(Method.java:565)
                 org.junit.platform.Thing.lambda$run$0(Thing.java:1)
                 </TASK>

                Allocated by task 3:
                 a.Driver.open(Driver.java:2)
                 java.lang.Thread.run(Thread.java:840)

                The buggy address is located 0 bytes to the right of
                 allocated 1-byte region [a, b)
                """;

        assertThat(TestFrames.cut(report))
                .isEqualTo(
                        """
                        Call Trace:
                         <TASK>
                         a.Driver.read(Driver.java:12)
                         a.DriverTest.reads(DriverTest.java:7)
                         ...
                         </TASK>

                        Allocated by task 3:
                         a.Driver.open(Driver.java:2)
                         java.lang.Thread.run(Thread.java:840)

                        The buggy address is located 0 bytes to the right of
                         allocated 1-byte region [a, b)
                        """);
    }
}
