package org.jkasan.agent.rewrite;

import java.util.BitSet;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.catalogue.Catalogue;
import org.jkasan.agent.rewrite.flow.RawInstruction;
import org.jkasan.agent.rewrite.hook.CallerMethods;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/**
 * A walk over the bytes of a class that finds the methods which access anything that is checked,
 * and those which only call the runtime.
 *
 * <p>Most classes have none, and need no more. To have ASM read them all would cost several times
 * as much, and has HotSpot compile ASM's large methods while the program waits for the compiler.
 */
final class AccessScan {

    private static final int MEMBER_HEADER = 6;
    private static final int ATTRIBUTE_HEADER = 6;

    /** Bytes in a Code attribute before the length of the code. */
    private static final int CODE_HEADER = ATTRIBUTE_HEADER + 4;

    private static final String CODE = "Code";

    /** By opcode, the length of instructions to pass over; 0 for those to be looked at. */
    private static final byte[] STEPS = steps();

    private final byte[] classFile;
    private final ClassReader reader;
    private final char[] text;
    private final boolean calls;
    private final BitSet accessing = new BitSet();
    private final BitSet calling = new BitSet();
    private final BitSet intercepted = new BitSet();
    private final BitSet notIntercepted = new BitSet();
    private final BitSet callers = new BitSet();
    private int methods;

    /**
     * Scans a class.
     *
     * @param reader of this class file
     * @param calls whether calls of the runtime are looked for as well
     */
    AccessScan(byte[] classFile, ClassReader reader, boolean calls) {
        this.classFile = classFile;
        this.reader = reader;
        this.calls = calls;
        text = new char[reader.getMaxStringLength()];
        scan();
    }

    /**
     * The form of checks for each method to begin with, by their order in the class file.
     *
     * @param form for methods that access something
     */
    CheckForm[] forms(CheckForm form) {
        CheckForm[] forms = new CheckForm[methods];
        for (int i = 0; i < methods; i++) {
            CheckForm unchecked = calling.get(i) ? CheckForm.CALLS : CheckForm.NONE;
            forms[i] = accessing.get(i) ? form : unchecked;
        }
        return forms;
    }

    private void scan() {
        int interfaces = reader.header + 6;
        int offset = interfaces + 2 + 2 * reader.readUnsignedShort(interfaces);
        int fields = reader.readUnsignedShort(offset);
        offset += 2;
        for (int i = 0; i < fields; i++) {
            offset = afterMember(offset, -1);
        }
        methods = reader.readUnsignedShort(offset);
        offset += 2;
        for (int i = 0; i < methods; i++) {
            offset = afterMember(offset, i);
        }
    }

    /** Where the next field or method begins; on the way a method's code is looked at. */
    private int afterMember(int member, int method) {
        int attributes = reader.readUnsignedShort(member + MEMBER_HEADER);
        int offset = member + MEMBER_HEADER + 2;
        for (int i = 0; i < attributes; i++) {
            if (method >= 0 && CODE.equals(reader.readUTF8(offset, text))) {
                scanCode(offset, method);
            }
            offset += ATTRIBUTE_HEADER + reader.readInt(offset + 2);
        }
        return offset;
    }

    private void scanCode(int codeAttribute, int method) {
        int start = codeAttribute + CODE_HEADER + 4;
        int end = start + reader.readInt(codeAttribute + CODE_HEADER);
        int i = start;
        while (i < end) {
            int step = STEPS[classFile[i] & 0xff];
            if (step == 0) {
                if (accesses(i, method)) {
                    accessing.set(method);
                    return;
                }
                step = RawInstruction.length(reader, i, start);
            }
            i += step;
        }
    }

    private boolean accesses(int offset, int method) {
        int opcode = reader.readByte(offset);
        if (!isCall(opcode)) {
            return ArrayAccess.of(opcode) != null;
        }
        int constant = reader.readUnsignedShort(offset + 1);
        if (isIntercepted(constant)) {
            return true;
        }
        if (callers.get(constant)) {
            calling.set(method);
        }
        return false;
    }

    private static boolean isCall(int opcode) {
        return opcode >= Opcodes.INVOKEVIRTUAL && opcode <= Opcodes.INVOKEINTERFACE;
    }

    private static byte[] steps() {
        byte[] steps = new byte[256];
        for (int opcode = 0; opcode < steps.length; opcode++) {
            boolean passed = !isCall(opcode) && ArrayAccess.of(opcode) == null;
            steps[opcode] = (byte) (passed ? RawInstruction.fixedLength(opcode) : 0);
        }
        return steps;
    }

    /**
     * Asks for the owner first: most calls have one that is in no table, and their names stay
     * bytes.
     */
    private boolean isIntercepted(int constant) {
        if (!intercepted.get(constant) && !notIntercepted.get(constant)) {
            int reference = reader.getItem(constant);
            String owner = reader.readClass(reference, text);
            boolean found = false;
            boolean caller = calls && CallerMethods.hasOwner(owner);
            if (caller || Catalogue.hasOwner(owner)) {
                int nameAndType = reader.getItem(reader.readUnsignedShort(reference + 2));
                String name = reader.readUTF8(nameAndType, text);
                String descriptor = reader.readUTF8(nameAndType + 2, text);
                found = Catalogue.find(owner, name, descriptor) != null;
                callers.set(constant, caller && CallerMethods.contains(owner, name, descriptor));
            }
            (found ? intercepted : notIntercepted).set(constant);
        }
        return intercepted.get(constant);
    }
}
