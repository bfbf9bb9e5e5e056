package org.jkasan.agent.rewrite.flow;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** The lengths of instructions in a class file. */
public final class RawInstruction {

    private static final int WIDE = 196;

    /** By opcode, 0 to 201; 0 where the length varies. */
    private static final String LENGTHS =
            // constants, loads, stores
            "1111111111111111"
                    + "2323322222111111"
                    + "1111111111111111"
                    + "1111112222211111"
                    + "1111111111111111"
                    // stack and arithmetic, jumps
                    + "1111111111111111"
                    + "1111111111111111"
                    + "1111111111111111"
                    + "1111311111111111"
                    + "1111111113333333"
                    // jumps, switches, returns, fields, calls, types
                    + "3333333332001111"
                    + "1133333335532311"
                    + "3311043355";

    private static final int LAST = LENGTHS.length() - 1;

    private RawInstruction() {}

    /** The length of an instruction in bytes; 0 where it varies or there is no such opcode. */
    public static int fixedLength(int opcode) {
        return opcode > LAST ? 0 : LENGTHS.charAt(opcode) - '0';
    }

    /**
     * The length of an instruction in bytes.
     *
     * @param offset where it is in the class file
     * @param code where its method's code begins there
     */
    public static int length(ClassReader reader, int offset, int code) {
        int opcode = reader.readByte(offset);
        if (opcode > LAST) {
            throw new IllegalArgumentException("Class file has the unknown opcode " + opcode + ".");
        }
        int length = fixedLength(opcode);
        return length > 0 ? length : varyingLength(reader, offset, code, opcode);
    }

    private static int varyingLength(ClassReader reader, int offset, int code, int opcode) {
        if (opcode == WIDE) {
            return reader.readByte(offset + 1) == Opcodes.IINC ? 6 : 4;
        }
        int padding = 3 - (offset - code & 3);
        int operands = offset + 1 + padding;
        if (opcode == Opcodes.TABLESWITCH) {
            int low = reader.readInt(operands + 4);
            int high = reader.readInt(operands + 8);
            return 1 + padding + 12 + 4 * (high - low + 1);
        }
        return 1 + padding + 8 + 8 * reader.readInt(operands + 4);
    }
}
