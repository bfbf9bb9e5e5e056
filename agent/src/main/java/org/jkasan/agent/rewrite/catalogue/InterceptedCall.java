package org.jkasan.agent.rewrite.catalogue;

import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.ISUB;

import java.util.List;
import org.jkasan.agent.rewrite.flow.Constants;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A row of the catalogue: a method whose calls are checked, and the code that checks one.
 *
 * <p>The call itself stays as it is; its arguments are looked at before it, and one of them is
 * replaced where a hook answers how much is to be done. Few and small ones are duplicated on the
 * stack. Otherwise all but the first move to spare locals and back.
 */
public final class InterceptedCall {

    /** Operand stack slots that a check needs at most on top of what is there. */
    public static final int EXTRA_STACK = 8;

    /** The types of an index: on the operand stack all are ints. */
    private static final String INDEXES = "ISCB";

    /** How a call is made. */
    enum Kind {
        /** With a receiver. */
        METHOD,
        /** Without: a static method, or a constructor, whose object is not one yet. */
        FUNCTION,
        /** With a receiver, and with a descriptor that is the call's, not the method's. */
        POLYMORPHIC
    }

    private final String owner;
    private final List<String> subtypes;
    private final String name;
    private final String parameters;
    private final String callType;
    private final Kind kind;
    private final List<Effect> effects;
    private final boolean barrier;
    private final int since;

    /** Made when a call is found: few of the rows ever are. */
    private Type[] arguments;

    /**
     * A row.
     *
     * @param owner internal name of the class that the call names
     * @param subtypes internal names of classes below it that the call may name instead
     * @param name the method
     * @param parameters parameter part of its descriptor, in parentheses; the beginning of it where
     *     the rest is the call's own
     * @param effects what it does to memory, in the order in which that is checked
     * @param barrier whether the call may run code that tracks an array or frees one
     * @param since the first version of the JDK that has it, or 0 for all
     */
    InterceptedCall(
            String owner,
            List<String> subtypes,
            String name,
            String parameters,
            Kind kind,
            List<Effect> effects,
            boolean barrier,
            int since) {
        this(owner, subtypes, name, parameters, null, kind, effects, barrier, since);
    }

    private InterceptedCall(
            String owner,
            List<String> subtypes,
            String name,
            String parameters,
            String callType,
            Kind kind,
            List<Effect> effects,
            boolean barrier,
            int since) {
        this.owner = owner;
        this.subtypes = subtypes;
        this.name = name;
        this.parameters = parameters;
        this.callType = callType;
        this.kind = kind;
        this.effects = effects;
        this.barrier = barrier;
        this.since = since;
    }

    String owner() {
        return owner;
    }

    List<String> subtypes() {
        return subtypes;
    }

    String name() {
        return name;
    }

    String parameters() {
        return parameters;
    }

    Kind kind() {
        return kind;
    }

    /** The first version of the JDK that has the method; 0 for all that the agent runs on. */
    int since() {
        return since;
    }

    /** Whether the row holds for a call with that descriptor. */
    boolean takes(String descriptor) {
        return descriptor.startsWith(parameters)
                && (kind != Kind.POLYMORPHIC
                        || INDEXES.indexOf(descriptor.charAt(parameters.length())) >= 0);
    }

    /** The row for a call with that descriptor. */
    InterceptedCall of(String descriptor) {
        if (kind != Kind.POLYMORPHIC) {
            return this;
        }
        String own = descriptor.substring(0, descriptor.indexOf(')') + 1);
        return new InterceptedCall(
                owner, subtypes, name, own, descriptor, kind, effects, barrier, since);
    }

    /** The type of an argument; 0 is the receiver, or a static method's first argument. */
    Type argument(int index) {
        return arguments()[index];
    }

    /** The types of all arguments, the receiver among them. */
    private Type[] arguments() {
        if (arguments == null) {
            Type[] declared = Type.getArgumentTypes(parameters + "V");
            if (kind == Kind.FUNCTION) {
                arguments = declared;
            } else {
                Type[] all = new Type[declared.length + 1];
                all[0] = Type.getObjectType(owner);
                System.arraycopy(declared, 0, all, 1, declared.length);
                arguments = all;
            }
        }
        return arguments;
    }

    List<Effect> effects() {
        return effects;
    }

    /**
     * Whether the call may run code that tracks an array or frees one, so that handles go stale.
     */
    boolean isBarrier() {
        return barrier;
    }

    /** Number of hook calls that one call site gets. */
    public int checks() {
        return effects.size();
    }

    /** Local variable slots that the check needs. */
    public int spillSlots() {
        return duplicatesOnly() ? 0 : slotsFrom(1);
    }

    /**
     * The check, to stand before the call.
     *
     * @param spill first of {@link #spillSlots} free local variables
     */
    public InsnList check(int spill) {
        InsnList code = new InsnList();
        if (!duplicatesOnly()) {
            spilled(code, spill);
            return code;
        }
        Effect effect = effects.get(0);
        if (effect.takesPrefix(1)) {
            Duplication.ofOne(code, slotsFrom(1));
        } else {
            Duplication.ofTwo(code, slotsFrom(2));
        }
        for (Operand operand : effect.operands()) {
            if (operand instanceof Operand.Constant constant) {
                code.add(Constants.push(constant.value()));
            }
        }
        // STACK: arguments, operands
        code.add(effect.hook().call());
        // STACK: arguments
        return code;
    }

    private boolean duplicatesOnly() {
        if (effects.size() != 1) {
            return false;
        }
        Effect effect = effects.get(0);
        if (effect.replaces() != 0) {
            return false;
        }
        return effect.takesPrefix(1) && slotsFrom(1) <= 2
                || effect.takesPrefix(2) && argument(1).getSize() == 1 && slotsFrom(2) <= 2;
    }

    private int slotsFrom(int argument) {
        int slots = 0;
        Type[] all = arguments();
        for (int i = argument; i < all.length; i++) {
            slots += all[i].getSize();
        }
        return slots;
    }

    private void spilled(InsnList code, int spill) {
        Type[] all = arguments();
        int[] local = new int[all.length];
        for (int i = 1, next = spill; i < all.length; i++) {
            local[i] = next;
            next += all[i].getSize();
        }
        // STACK: first, ..., last
        for (int i = all.length - 1; i >= 1; i--) {
            code.add(new VarInsnNode(all[i].getOpcode(ISTORE), local[i]));
        }
        // STACK: first
        for (Effect effect : effects) {
            for (Operand operand : effect.operands()) {
                push(code, operand, local);
            }
            // STACK: first, operands
            code.add(effect.hook().call());
            int replaced = effect.replaces();
            if (replaced != 0) {
                // STACK: first, answer
                code.add(new VarInsnNode(arguments[replaced].getOpcode(ISTORE), local[replaced]));
            }
            // STACK: first
        }
        for (int i = 1; i < all.length; i++) {
            code.add(new VarInsnNode(all[i].getOpcode(ILOAD), local[i]));
        }
        // STACK: first, ..., last
    }

    private void push(InsnList code, Operand operand, int[] local) {
        if (operand instanceof Operand.Argument argument) {
            int index = argument.index();
            code.add(
                    index == 0
                            ? new InsnNode(DUP)
                            : new VarInsnNode(argument(index).getOpcode(ILOAD), local[index]));
        } else if (operand instanceof Operand.Span span) {
            code.add(new VarInsnNode(ILOAD, local[span.to()]));
            code.add(new VarInsnNode(ILOAD, local[span.from()]));
            code.add(new InsnNode(ISUB));
        } else if (operand instanceof Operand.Constant constant) {
            code.add(Constants.push(constant.value()));
        } else if (operand instanceof Operand.CallType) {
            code.add(new LdcInsnNode(callType));
        }
    }
}
