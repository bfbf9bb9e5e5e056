package org.jkasan.bench.mutant;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Rewrites one access, allocation or free: with a bug, with calls of the oracle, or both. */
final class SiteRewriter {

    /*
     * The operands go into new locals, first to last; the mutated ones into further locals. Then the
     * oracle is told, the operands come back onto the stack, and the instruction follows as it was.
     */

    private static final String ORACLE = "org/jkasan/bench/mutant/Oracle";
    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    private final MethodNode method;
    private final Operator operator;
    private final boolean oracle;
    private final InsnList code = new InsnList();

    /** The operands' types and locals; of a call, the receiver is the first. */
    private final List<Type> types = new ArrayList<>();

    private final List<Integer> locals = new ArrayList<>();
    private final List<Integer> mutated = new ArrayList<>();

    /**
     * A rewriter of one site.
     *
     * @param operator the bug, or null
     */
    SiteRewriter(MethodNode method, Operator operator, boolean oracle) {
        this.method = method;
        this.operator = operator;
        this.oracle = oracle;
    }

    /** Rewrites the instruction if it is such a site. */
    void rewrite(AbstractInsnNode instruction) {
        ArrayAccess access = ArrayAccess.of(instruction);
        if (access != null) {
            rewrite(instruction, access);
        } else if (instruction instanceof MethodInsnNode call && MemoryCall.of(call) != null) {
            rewrite(call, MemoryCall.of(call));
        } else if (oracle && instruction instanceof MethodInsnNode call && fillsArray(call)) {
            types.add(Type.getObjectType(call.owner));
            types.addAll(List.of(Type.getArgumentTypes(call.desc)));
            spill();
            load(1);
            load(2);
            load(3);
            tell("range", "(Ljava/lang/Object;II)V");
            reload();
            method.instructions.insertBefore(call, code);
        }
    }

    /** Whether a call is one as InputStream.read(byte[], int, int), which touches its array. */
    private static boolean fillsArray(MethodInsnNode call) {
        return call.desc.startsWith("([BII)")
                && call.getOpcode() != Opcodes.INVOKESTATIC
                && call.owner.startsWith("java/");
    }

    private void rewrite(AbstractInsnNode instruction, ArrayAccess access) {
        // The verifier knows the type: byte[] and boolean[] share their instructions.
        types.add(access.array().equals("[B") ? OBJECT : Type.getType(access.array()));
        types.add(Type.INT_TYPE);
        if (access.stored() != null) {
            types.add(access.stored());
        }
        if (access.array().equals("[B")) {
            // An Object is no array: take the index alone off, the array stays where it is.
            rewriteBytes(instruction, access);
            return;
        }
        spill();
        mutateIndex(1);
        if (oracle) {
            load(0);
            load(1);
            loadMutated(1);
            tell("element", "(Ljava/lang/Object;II)V");
        }
        reload();
        method.instructions.insertBefore(instruction, code);
    }

    private void rewriteBytes(AbstractInsnNode instruction, ArrayAccess access) {
        types.clear();
        types.add(Type.INT_TYPE);
        if (access.stored() != null) {
            types.add(access.stored());
        }
        spill();
        mutateIndex(0);
        if (oracle) {
            code.add(new InsnNode(Opcodes.DUP));
            load(0);
            loadMutated(0);
            tell("element", "(Ljava/lang/Object;II)V");
        }
        reload();
        method.instructions.insertBefore(instruction, code);
    }

    private void rewrite(MethodInsnNode call, MemoryCall what) {
        types.add(Type.getObjectType(call.owner));
        types.addAll(List.of(Type.getArgumentTypes(call.desc)));
        spill();
        switch (what.kind()) {
            case ACCESS, BUFFER_ACCESS -> access(what);
            case ALLOCATE, RESIZE -> size(what.kind() == MemoryCall.Kind.RESIZE ? 2 : 1);
            case FREE -> free(call);
        }
        if (operator != Operator.DROPPED_FREE) {
            reload();
        }
        method.instructions.insertBefore(call, code);
        after(call, what);
    }

    private void access(MemoryCall what) {
        mutateIndex(1);
        int length = what.lengthArgument() < 0 ? -1 : what.lengthArgument() + 1;
        if (length > 0 && operator == Operator.LENGTH_ABOVE) {
            change(length, 1);
        }
        if (!oracle) {
            return;
        }
        if (types.size() == 5 && types.get(2).getDescriptor().equals("[B")) {
            load(2);
            load(3);
            loadMutated(4);
            tell("range", "(Ljava/lang/Object;II)V");
        }
        if (what.kind() == MemoryCall.Kind.BUFFER_ACCESS) {
            load(0);
            load(1);
            loadMutated(1);
            if (length > 0) {
                loadMutated(length);
            } else {
                code.add(new LdcInsnNode(what.length()));
            }
            tell("access", "(Ljava/nio/ByteBuffer;III)V");
            return;
        }
        load(1);
        loadMutated(1);
        loadLength(what, length);
        tell("access", "(JJJ)V");
    }

    private void loadLength(MemoryCall what, int length) {
        if (length <= 0) {
            code.add(new LdcInsnNode((long) what.length()));
            return;
        }
        loadMutated(length);
        if (types.get(length) == Type.INT_TYPE) {
            code.add(new InsnNode(Opcodes.I2L));
        }
    }

    private void size(int argument) {
        if (operator == Operator.SIZE_BELOW || operator == Operator.RESIZE_BELOW) {
            change(argument, -1);
        } else if (operator == Operator.SIZE_HALF) {
            boolean wide = types.get(argument) == Type.LONG_TYPE;
            int local = fresh(types.get(argument));
            load(argument);
            code.add(new InsnNode(Opcodes.ICONST_1));
            code.add(new InsnNode(wide ? Opcodes.LSHR : Opcodes.ISHR));
            store(types.get(argument), local);
            mutated.set(argument, local);
        }
    }

    private void free(MethodInsnNode call) {
        if (operator == Operator.DROPPED_FREE) {
            return;
        }
        tellFree();
        if (operator == Operator.DOUBLE_FREE) {
            reload();
            code.add(call.clone(null));
            tellFree();
        }
    }

    private void tellFree() {
        if (oracle) {
            load(1);
            boolean address = types.get(1) == Type.LONG_TYPE;
            tell("free", address ? "(J)V" : "(Ljava/lang/Object;)V");
        }
    }

    /** What follows the call, whose result is on the stack. */
    private void after(MethodInsnNode call, MemoryCall what) {
        Type result = Type.getReturnType(call.desc);
        InsnList behind = new InsnList();
        if (operator == Operator.DROPPED_FREE) {
            method.instructions.remove(call);
            return;
        }
        if (what.kind() == MemoryCall.Kind.ALLOCATE || what.kind() == MemoryCall.Kind.RESIZE) {
            int local = fresh(result);
            code.clear();
            store(result, local);
            if (oracle) {
                tellAllocation(what, result, local);
            }
            if (operator == Operator.EARLY_FREE) {
                freeAtOnce(call, result, local);
            }
            code.add(new VarInsnNode(result.getOpcode(Opcodes.ILOAD), local));
            behind.add(code);
            method.instructions.insert(call, behind);
        }
    }

    private void tellAllocation(MemoryCall what, Type result, int local) {
        boolean resize = what.kind() == MemoryCall.Kind.RESIZE;
        if (resize) {
            load(1);
        }
        code.add(new VarInsnNode(result.getOpcode(Opcodes.ILOAD), local));
        int size = resize ? 2 : 1;
        loadMutated(size);
        if (types.get(size) == Type.INT_TYPE) {
            code.add(new InsnNode(Opcodes.I2L));
        }
        if (resize) {
            tell("resized", "(JJJ)V");
        } else if (result == Type.LONG_TYPE) {
            tell("allocated", "(JJ)V");
        } else {
            load(0);
            tell("allocated", "(Ljava/lang/Object;JLorg/jkasan/mm/Vmalloc;)V");
        }
    }

    private void freeAtOnce(MethodInsnNode call, Type result, int local) {
        String argument =
                result == Type.LONG_TYPE
                        ? "J"
                        : call.name.endsWith("Buffer")
                                ? "Ljava/nio/ByteBuffer;"
                                : "Ljava/lang/Object;";
        if (oracle) {
            code.add(new VarInsnNode(result.getOpcode(Opcodes.ILOAD), local));
            tell("free", result == Type.LONG_TYPE ? "(J)V" : "(Ljava/lang/Object;)V");
        }
        load(0);
        code.add(new VarInsnNode(result.getOpcode(Opcodes.ILOAD), local));
        code.add(
                new MethodInsnNode(
                        Opcodes.INVOKEVIRTUAL,
                        call.owner,
                        MemoryCall.freeOf(call),
                        "(" + argument + ")V",
                        false));
    }

    private void mutateIndex(int operand) {
        if (operator == Operator.INDEX_ABOVE) {
            change(operand, 1);
        } else if (operator == Operator.INDEX_BELOW) {
            change(operand, -1);
        }
    }

    /** Makes a mutated copy of an operand, a number. */
    private void change(int operand, int by) {
        Type type = types.get(operand);
        int local = fresh(type);
        load(operand);
        boolean wide = type == Type.LONG_TYPE;
        code.add(new LdcInsnNode(wide ? (Object) (long) by : (Object) by));
        code.add(new InsnNode(wide ? Opcodes.LADD : Opcodes.IADD));
        store(type, local);
        mutated.set(operand, local);
    }

    private void spill() {
        for (Type type : types) {
            locals.add(fresh(type));
        }
        mutated.addAll(locals);
        for (int i = types.size() - 1; i >= 0; i--) {
            store(types.get(i), locals.get(i));
        }
    }

    private int fresh(Type type) {
        int local = method.maxLocals;
        method.maxLocals += type.getSize();
        return local;
    }

    private void reload() {
        for (int i = 0; i < types.size(); i++) {
            loadMutated(i);
        }
    }

    private void load(int operand) {
        code.add(new VarInsnNode(types.get(operand).getOpcode(Opcodes.ILOAD), locals.get(operand)));
    }

    private void loadMutated(int operand) {
        code.add(
                new VarInsnNode(types.get(operand).getOpcode(Opcodes.ILOAD), mutated.get(operand)));
    }

    private void store(Type type, int local) {
        code.add(new VarInsnNode(type.getOpcode(Opcodes.ISTORE), local));
    }

    private void tell(String name, String descriptor) {
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, ORACLE, name, descriptor, false));
    }
}
