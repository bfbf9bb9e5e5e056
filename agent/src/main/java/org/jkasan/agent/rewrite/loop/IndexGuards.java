package org.jkasan.agent.rewrite.loop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.flow.FrameTypes;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.hook.Hook;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * What makes the unchecked copy of a loop report an index outside of an array whose elements were
 * all found accessible: Java itself notices it, and the check is made up for before the exception
 * goes on. In Java:
 *
 * <pre>
 *   try {
 *       sum += a[i];
 *   } catch (ArrayIndexOutOfBoundsException e) {
 *       throw LoopHooks.outside(e, a, 4);              // reports a load of 4 bytes
 *   }
 * </pre>
 *
 * <p>The exception knows the index. Nothing is kept for the handler but a row of an array of
 * arrays: an index that is kept had loops of JDK 25 take twice their time.
 */
final class IndexGuards {

    private static final String EXCEPTION = "java/lang/ArrayIndexOutOfBoundsException";
    private static final String OBJECT = "java/lang/Object";

    /** Added to an access's size where it is a store; LoopHooks.STORE. */
    private static final int STORE = 16;

    private final MethodNode method;
    private final MethodFlow flow;
    private final LoopVersion version;
    private final LoopCopy copy;
    private final BitSet variables;
    private final List<Object> locals;
    private final int spare;
    private final InsnList handlers = new InsnList();
    private final Map<Handler, LabelNode> made = new HashMap<>();
    private final List<TryCatchBlockNode> blocks = new ArrayList<>();
    private final List<FrameNode> frames = new ArrayList<>();

    /** A handler serves all accesses that differ in nothing that a report tells. */
    private record Handler(ArrayAccess access, int array, int line) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Handler handler
                    && access == handler.access
                    && array == handler.array
                    && line == handler.line;
        }

        @Override
        public int hashCode() {
            return (31 * array + line) * 31 + access.ordinal();
        }
    }

    /**
     * Those of a copied loop.
     *
     * @param spare a variable behind all that frames know
     */
    IndexGuards(MethodNode method, MethodFlow flow, LoopVersion version, LoopCopy copy, int spare) {
        this.method = method;
        this.flow = flow;
        this.version = version;
        this.copy = copy;
        this.spare = spare;
        variables = InnerLoops.variables(flow, version.turn());
        locals = locals(flow, version.turn());
    }

    /**
     * Whether a loop can have guards: an exception handler holds for all of it or for nothing in
     * it, and no object there waits for its constructor.
     */
    static boolean fit(MethodFlow flow, LoopTurn turn) {
        for (MethodFlow.TryBlock block : flow.tryBlocks()) {
            boolean all = block.start() <= turn.loop().head() && block.end() > turn.last();
            boolean nothing = block.end() <= turn.loop().head() || block.start() > turn.last();
            if (!all && !nothing || all && !keepsFor(flow.frameAt(block.handler()), flow, turn)) {
                return false;
            }
        }
        return FrameTypes.isInitialized(turn.frame());
    }

    /** Whether what holds in a guard's handler is enough for one that holds for all of the loop. */
    private static boolean keepsFor(FrameNode handler, MethodFlow flow, LoopTurn turn) {
        if (handler == null) {
            return false;
        }
        FrameNode kept = new FrameNode(Opcodes.F_NEW, 0, null, 0, null);
        kept.local = locals(flow, turn);
        int slot = 0;
        for (Object entry : handler.local) {
            if (entry != Opcodes.TOP && FrameTypes.entry(kept, slot) == Opcodes.TOP) {
                return false;
            }
            slot += FrameTypes.slots(entry);
        }
        return true;
    }

    /** What is known of the variables wherever in the loop. */
    private static List<Object> locals(MethodFlow flow, LoopTurn turn) {
        BitSet changing = new BitSet();
        for (int i = turn.loop().head(); i <= turn.last(); i++) {
            if (flow.at(i) instanceof VarInsnNode store && store.getOpcode() >= Opcodes.ISTORE) {
                Object type =
                        switch (store.getOpcode()) {
                            case Opcodes.ISTORE -> Opcodes.INTEGER;
                            case Opcodes.LSTORE -> Opcodes.LONG;
                            case Opcodes.FSTORE -> Opcodes.FLOAT;
                            case Opcodes.DSTORE -> Opcodes.DOUBLE;
                            default -> null;
                        };
                if (type == null || FrameTypes.entry(turn.frame(), store.var) != type) {
                    changing.set(
                            store.var, store.var + (type == null ? 1 : FrameTypes.slots(type)));
                }
            }
        }
        return FrameTypes.without(turn.frame(), changing);
    }

    /** Inserts them. */
    void insert() {
        for (Map.Entry<Integer, Whole> each : version.guarded().entrySet()) {
            guard(each.getKey(), each.getValue());
        }
        copy.addBehind(handlers);
        method.tryCatchBlocks.addAll(0, blocks);
    }

    /** Completes the handlers' frames, when all others have got their spare variables. */
    void completeFrames() {
        for (FrameNode frame : frames) {
            frame.local.add(OBJECT);
        }
    }

    private void guard(int position, Whole array) {
        AbstractInsnNode instruction = copy.of(position);
        ArrayAccess access = ArrayAccess.of(instruction.getOpcode());
        boolean held = array.local() >= 0 && !variables.get(array.local());
        InsnList before = new InsnList();
        if (!held) {
            access.duplicateArrayAndIndex(before);
            // STACK: array, index [, value], array, index
            before.add(new InsnNode(Opcodes.POP));
            before.add(new VarInsnNode(Opcodes.ASTORE, spare));
            // STACK: array, index [, value]
        }
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        before.add(start);
        method.instructions.insertBefore(instruction, before);
        method.instructions.insert(instruction, end);
        Handler handler = new Handler(access, held ? array.local() : spare, line(position));
        LabelNode label = made.get(handler);
        if (label == null) {
            label = make(handler);
            made.put(handler, label);
        }
        blocks.add(new TryCatchBlockNode(start, end, label, EXCEPTION));
    }

    private LabelNode make(Handler handler) {
        LabelNode label = new LabelNode();
        handlers.add(label);
        if (handler.line >= 0) {
            handlers.add(new LineNumberNode(handler.line, label));
        }
        FrameNode frame =
                new FrameNode(
                        Opcodes.F_NEW,
                        locals.size(),
                        locals.toArray(),
                        1,
                        new Object[] {EXCEPTION});
        if (handler.array == spare) {
            frames.add(frame);
        }
        handlers.add(frame);
        // STACK: exception
        handlers.add(new VarInsnNode(Opcodes.ALOAD, handler.array));
        handlers.add(Constants.push(handler.access.size() | (handler.access.stores() ? STORE : 0)));
        // STACK: exception, array, access
        handlers.add(Hook.OUTSIDE.call());
        // STACK: exception
        handlers.add(new InsnNode(Opcodes.ATHROW));
        return label;
    }

    private int line(int position) {
        for (int i = position; i >= 0; i--) {
            if (flow.at(i) instanceof LineNumberNode node) {
                return node.line;
            }
        }
        return -1;
    }
}
