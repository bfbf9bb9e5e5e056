package org.jkasan.agent.rewrite.catalogue;

import static org.objectweb.asm.Opcodes.BALOAD;
import static org.objectweb.asm.Opcodes.BASTORE;
import static org.objectweb.asm.Opcodes.CALOAD;
import static org.objectweb.asm.Opcodes.CASTORE;
import static org.objectweb.asm.Opcodes.DALOAD;
import static org.objectweb.asm.Opcodes.DASTORE;
import static org.objectweb.asm.Opcodes.FALOAD;
import static org.objectweb.asm.Opcodes.FASTORE;
import static org.objectweb.asm.Opcodes.IALOAD;
import static org.objectweb.asm.Opcodes.IASTORE;
import static org.objectweb.asm.Opcodes.LALOAD;
import static org.objectweb.asm.Opcodes.LASTORE;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.SALOAD;
import static org.objectweb.asm.Opcodes.SASTORE;

import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.hook.Hook;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** An instruction that loads or stores an element of a primitive array, and its checks. */
public enum ArrayAccess {
    // BALOAD and BASTORE serve boolean arrays too
    BYTE_LOAD(BALOAD, 0, Hook.LOAD1, Hook.HOISTED_LOAD1, Hook.HANDLE1, Hook.TRACKED1),
    CHAR_LOAD(CALOAD, 0, Hook.LOAD2, Hook.HOISTED_LOAD2, Hook.HANDLE2, Hook.TRACKED2),
    SHORT_LOAD(SALOAD, 0, Hook.LOAD2, Hook.HOISTED_LOAD2, Hook.HANDLE2, Hook.TRACKED2),
    INT_LOAD(IALOAD, 0, Hook.LOAD4, Hook.HOISTED_LOAD4, Hook.HANDLE4, Hook.TRACKED4),
    FLOAT_LOAD(FALOAD, 0, Hook.LOAD4, Hook.HOISTED_LOAD4, Hook.HANDLE4, Hook.TRACKED4),
    LONG_LOAD(LALOAD, 0, Hook.LOAD8, Hook.HOISTED_LOAD8, Hook.HANDLE8, Hook.TRACKED8),
    DOUBLE_LOAD(DALOAD, 0, Hook.LOAD8, Hook.HOISTED_LOAD8, Hook.HANDLE8, Hook.TRACKED8),
    BYTE_STORE(BASTORE, 1, Hook.STORE1, Hook.HOISTED_STORE1, Hook.HANDLE1, Hook.TRACKED1),
    CHAR_STORE(CASTORE, 1, Hook.STORE2, Hook.HOISTED_STORE2, Hook.HANDLE2, Hook.TRACKED2),
    SHORT_STORE(SASTORE, 1, Hook.STORE2, Hook.HOISTED_STORE2, Hook.HANDLE2, Hook.TRACKED2),
    INT_STORE(IASTORE, 1, Hook.STORE4, Hook.HOISTED_STORE4, Hook.HANDLE4, Hook.TRACKED4),
    FLOAT_STORE(FASTORE, 1, Hook.STORE4, Hook.HOISTED_STORE4, Hook.HANDLE4, Hook.TRACKED4),
    LONG_STORE(LASTORE, 2, Hook.STORE8, Hook.HOISTED_STORE8, Hook.HANDLE8, Hook.TRACKED8),
    DOUBLE_STORE(DASTORE, 2, Hook.STORE8, Hook.HOISTED_STORE8, Hook.HANDLE8, Hook.TRACKED8);

    private static final ArrayAccess[] BY_OPCODE = new ArrayAccess[256];

    static {
        for (ArrayAccess access : values()) {
            BY_OPCODE[access.opcode] = access;
        }
    }

    private final int opcode;
    private final int valueSlots;
    private final Hook simple;
    private final Hook hoisted;
    private final Hook handle;
    private final Hook tracked;

    ArrayAccess(int opcode, int valueSlots, Hook simple, Hook hoisted, Hook handle, Hook tracked) {
        this.opcode = opcode;
        this.valueSlots = valueSlots;
        this.simple = simple;
        this.hoisted = hoisted;
        this.handle = handle;
        this.tracked = tracked;
    }

    /** The access of an opcode (-1: no real instruction), or null where it is none. */
    public static ArrayAccess of(int opcode) {
        return opcode < 0 ? null : BY_OPCODE[opcode];
    }

    /** The instruction's name. */
    String mnemonic() {
        String kind = valueSlots == 0 ? "aload" : "astore";
        return Character.toLowerCase(name().charAt(0)) + kind;
    }

    /** What it does, in words. */
    String words() {
        int size = simple.method().charAt(simple.method().length() - 1) - '0';
        String touches = valueSlots == 0 ? "reads " : "writes ";
        return touches + (size == 1 ? "1 byte" : size + " bytes") + " at the index";
    }

    /** Depth of the array reference, in slots from the top of the stack, before the access. */
    public int arrayDepth() {
        return 1 + valueSlots;
    }

    /** Bytes of an element. */
    public int size() {
        return 1 << shift();
    }

    /** Whether it stores one. */
    public boolean stores() {
        return valueSlots > 0;
    }

    /** The hook that gives the handle of an array with such elements. */
    public Hook handle() {
        return handle;
    }

    /** The hook that says whether any array with such elements is tracked. */
    public Hook tracked() {
        return tracked;
    }

    /** log2 of the size of an element. */
    public int shift() {
        return tracked.ordinal() - Hook.TRACKED1.ordinal();
    }

    /** The check that asks for the handle of the array at hand. */
    public InsnList check() {
        InsnList code = new InsnList();
        duplicateArrayAndIndex(code);
        code.add(simple.call());
        // STACK: array, index [, value]
        return code;
    }

    /** The check with the array's handle in a local variable. */
    public InsnList check(int handleLocal) {
        InsnList code = new InsnList();
        Duplication.ofOne(code, valueSlots);
        code.add(new VarInsnNode(LLOAD, handleLocal));
        // STACK: array, index [, value], index, handle
        code.add(hoisted.call());
        // STACK: array, index [, value]
        return code;
    }

    /** The same by a hook that C1 calls instead of inlining it. */
    public InsnList calledCheck(int handleLocal) {
        InsnList code = new InsnList();
        Duplication.ofOne(code, valueSlots);
        code.add(new VarInsnNode(LLOAD, handleLocal));
        code.add(Constants.push(shift()));
        // STACK: array, index [, value], index, handle, shift
        code.add((stores() ? Hook.CALLED_STORE : Hook.CALLED_LOAD).call());
        // STACK: array, index [, value]
        return code;
    }

    /** The call of the check for which the index and the handle are on the stack. */
    public MethodInsnNode hoistedCheck() {
        return hoisted.call();
    }

    /** Duplicates the array and the index, before the access. */
    public void duplicateArrayAndIndex(InsnList code) {
        Duplication.ofTwo(code, valueSlots);
    }
}
