package org.jkasan.samples.agent.program;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.when;

import org.mockito.MockedStatic;

/** Mocks a final class and a static method, which Mockito does by retransforming them. */
public final class Mocking {

    private Mocking() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Counter counter = mock(Counter.class);
        when(counter.sum(null)).thenReturn(42);
        System.out.println(counter.sum(null));
        try (MockedStatic<Counter> mocked = mockStatic(Counter.class)) {
            mocked.when(() -> Counter.first(null)).thenReturn((byte) 7);
            System.out.println(Counter.first(null));
        }
        System.out.println(new Counter().sum(new byte[] {1, 2, 3}));
        Isolated.overflow(Reader.class);
    }

    /** Has accesses to check. */
    static final class Counter {

        int sum(byte[] bytes) {
            int sum = 0;
            for (byte each : bytes) {
                sum += each;
            }
            return sum;
        }

        static byte first(byte[] bytes) {
            return bytes[0];
        }
    }
}
