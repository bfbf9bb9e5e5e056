package org.jkasan.testkit.example;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jkasan.testkit.KasanFailure;
import org.jkasan.testkit.property.FuzzTarget;
import org.junit.jupiter.api.Test;

/** Run in child JVMs with the agent. */
class FuzzTargetTests {

    private static final byte[] KEY = {0, 0, 0, 0, 0x41, 0x4b};
    private static final byte[] CODE = {1, 0, 0, 0, (byte) 0xc3, (byte) 0xa5};
    private static final byte[] WRITE = {2, 100, 0, 0, 0, 0};

    private static byte[] program(byte[]... steps) {
        byte[] bytes = new byte[KEY.length * steps.length];
        for (int i = 0; i < steps.length; i++) {
            System.arraycopy(steps[i], 0, bytes, KEY.length * i, KEY.length);
        }
        return bytes;
    }

    @Test
    void sameBug_isOneFinding() {
        FuzzTarget<LockedSubject> target =
                new FuzzTarget<>(LockedSubject.actions(), LockedSubject::new);

        assertDoesNotThrow(() -> target.run(program(KEY, WRITE)));
        assertThrows(KasanFailure.class, () -> target.run(program(KEY, CODE, WRITE)));
        assertDoesNotThrow(() -> target.run(program(WRITE, KEY, CODE, WRITE)));
    }
}
