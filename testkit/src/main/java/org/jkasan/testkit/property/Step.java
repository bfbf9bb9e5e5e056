package org.jkasan.testkit.property;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of a program as numbers, which mean what its action takes them for. Six bytes, so that a
 * fuzzer's bytes are a program, and any bytes are one.
 *
 * @param action which action, 0 to 255
 * @param pick which of several things, 0 to 255
 * @param size 0 to 65535
 * @param value 0 to 65535
 */
public record Step(int action, int pick, int size, int value) {

    static final int BYTES = 6;
    private static final int BYTE = 0xff;
    private static final int SHORT = 0xffff;

    public Step {
        if ((action & ~BYTE | pick & ~BYTE | size & ~SHORT | value & ~SHORT) != 0) {
            throw new IllegalArgumentException(
                    "action and pick are 0 to 255, size and value 0 to 65535, not "
                            + List.of(action, pick, size, value)
                            + ".");
        }
    }

    /** The steps that bytes stand for; what is left behind the last whole one is nothing. */
    static List<Step> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Step> steps = new ArrayList<>();
        while (in.remaining() >= BYTES) {
            steps.add(
                    new Step(
                            in.get() & BYTE,
                            in.get() & BYTE,
                            in.getShort() & SHORT,
                            in.getShort() & SHORT));
        }
        return steps;
    }

    /** The bytes that stand for steps. */
    static byte[] encode(List<Step> steps) {
        ByteBuffer out = ByteBuffer.allocate(steps.size() * BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Step step : steps) {
            out.put((byte) step.action).put((byte) step.pick);
            out.putShort((short) step.size).putShort((short) step.value);
        }
        return out.array();
    }
}
