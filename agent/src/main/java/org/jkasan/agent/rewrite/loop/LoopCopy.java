package org.jkasan.agent.rewrite.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * The second version of a loop, as it was written: its code from head to last instruction, right
 * before the loop itself. What leaves the loop leaves the copy to the same places.
 */
final class LoopCopy {

    private final MethodNode method;
    private final MethodFlow flow;
    private final LoopTurn turn;
    private final int resume;
    private final LabelNode begin = new LabelNode();
    private final LabelNode entry = new LabelNode();
    private final LabelNode behind = new LabelNode();
    private final Labels labels = new Labels();
    private final AbstractInsnNode[] copies;

    LoopCopy(MethodNode method, MethodFlow flow, LoopTurn turn) {
        this.method = method;
        this.flow = flow;
        this.turn = turn;
        this.resume = resume(flow, turn);
        copies = new AbstractInsnNode[turn.size()];
    }

    /** The label where it is entered. */
    LabelNode entry() {
        return entry;
    }

    /** The copy of an instruction of the method; not of what was inserted. */
    AbstractInsnNode of(int position) {
        return copies[position - turn.loop().head()];
    }

    /** Adds code that only jumps lead to, behind the copy's end. */
    void addBehind(InsnList code) {
        method.instructions.insertBefore(behind, code);
    }

    /** Inserts it. All that is to be inserted on the ways out of the loop must be there before. */
    void insert() {
        AbstractInsnNode head = flow.at(turn.loop().head());
        AbstractInsnNode end = flow.at(turn.last()).getNext();
        keepLine(head);
        for (AbstractInsnNode node = head; node != end; node = node.getNext()) {
            if (node instanceof LabelNode label) {
                labels.put(label, node == flow.at(turn.entry()) ? entry : new LabelNode());
            }
        }
        InsnList code = new InsnList();
        code.add(begin);
        AbstractInsnNode before = head.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            before = before.getPrevious();
        }
        if (before == null || MethodFlow.goesOn(before.getOpcode())) {
            code.add(new JumpInsnNode(Opcodes.GOTO, (LabelNode) head));
        }
        copyTables(end);
        int next = 0;
        for (AbstractInsnNode node = head; node != end; node = node.getNext()) {
            AbstractInsnNode copy = node.clone(labels);
            if (next < copies.length && node == flow.at(turn.loop().head() + next)) {
                copies[next++] = copy;
            }
            code.add(copy);
        }
        if (resume >= 0) {
            code.add(new JumpInsnNode(Opcodes.GOTO, resumeLabel()));
        }
        code.add(behind);
        method.instructions.insertBefore(head, code);
    }

    /**
     * The label to resume at. Where another loop begins right behind this one, the code that is to
     * be run where that is entered stands before its label, and must not be jumped over.
     */
    private LabelNode resumeLabel() {
        AbstractInsnNode next = flow.at(turn.last()).getNext();
        if (resume != turn.last() + 1 || next == flow.at(resume)) {
            return (LabelNode) flow.at(resume);
        }
        if (next instanceof LabelNode label) {
            return label;
        }
        LabelNode label = new LabelNode();
        method.instructions.insertBefore(next, label);
        method.instructions.insertBefore(next, LoopEntries.copy(flow.frameAt(resume)));
        return label;
    }

    /** Has the loop say its line itself, which it may have inherited from what stood before it. */
    private void keepLine(AbstractInsnNode head) {
        AbstractInsnNode node = head;
        while (node != null && node.getOpcode() < 0) {
            if (node instanceof LineNumberNode) {
                return;
            }
            node = node.getNext();
        }
        node = head;
        while (node != null && !(node instanceof LineNumberNode)) {
            node = node.getPrevious();
        }
        if (node != null) {
            int line = ((LineNumberNode) node).line;
            method.instructions.insert(head, new LineNumberNode(line, (LabelNode) head));
        }
    }

    /**
     * Has exception handlers and local variables hold in the copy where they hold in the loop. The
     * copy stands before the loop, so what holds on both sides of the loop's head is cut there.
     */
    private void copyTables(AbstractInsnNode end) {
        List<TryCatchBlockNode> blocks = new ArrayList<>();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            for (Span span : spans(block.start, block.end, end)) {
                blocks.add(
                        span.end == block.end && span.start == block.start
                                ? block
                                : new TryCatchBlockNode(
                                        span.start, span.end, block.handler, block.type));
            }
        }
        method.tryCatchBlocks = blocks;
        if (method.localVariables != null) {
            List<LocalVariableNode> variables = new ArrayList<>();
            for (LocalVariableNode variable : method.localVariables) {
                for (Span span : spans(variable.start, variable.end, end)) {
                    variables.add(
                            new LocalVariableNode(
                                    variable.name,
                                    variable.desc,
                                    variable.signature,
                                    span.start,
                                    span.end,
                                    variable.index));
                }
            }
            method.localVariables = variables;
        }
    }

    /** The code from one label to another. */
    private record Span(LabelNode start, LabelNode end) {}

    private List<Span> spans(LabelNode from, LabelNode to, AbstractInsnNode end) {
        InsnList code = method.instructions;
        LabelNode head = (LabelNode) flow.at(turn.loop().head());
        int first = code.indexOf(head);
        int behindLoop = end == null ? code.size() : code.indexOf(end);
        int start = code.indexOf(from);
        int stop = code.indexOf(to);
        if (start >= behindLoop || stop < first) {
            return List.of(new Span(from, to));
        }
        List<Span> spans = new ArrayList<>();
        if (start < first) {
            spans.add(new Span(from, begin));
        }
        if (stop > first) {
            spans.add(new Span(start < first ? head : from, to));
            LabelNode copied = labels.get(start < first ? head : from);
            spans.add(new Span(copied, stop < behindLoop ? labels.get(to) : behind));
        }
        return spans;
    }

    /** The copy of a loop cannot end where the loop does. */
    static final int NOWHERE = -1;

    /** The copy of a loop leaves it by jumps alone. */
    private static final int NOT_NEEDED = -2;

    /**
     * Where control goes on that falls out of the end of a loop's copy: a label that has a frame.
     * Where there is none behind the loop, it is the loop's own last test, if that can be made
     * twice.
     */
    static int resume(MethodFlow flow, LoopTurn turn) {
        int last = turn.last();
        if (!flow.fallsThrough(last)) {
            return NOT_NEEDED;
        }
        if (last + 1 < flow.size()
                && flow.at(last + 1) instanceof LabelNode
                && flow.frameAt(last + 1) != null) {
            return last + 1;
        }
        if (turn.entry() == turn.loop().head()) {
            return NOWHERE;
        }
        for (int i = turn.entry(); i <= last; i++) {
            if (!onlyTests(flow.opcode(i))) {
                return NOWHERE;
            }
        }
        return turn.entry();
    }

    private static boolean onlyTests(int opcode) {
        return opcode < 0
                || opcode <= Opcodes.ALOAD
                || opcode == Opcodes.ARRAYLENGTH
                || opcode >= Opcodes.IADD
                        && opcode <= Opcodes.LXOR
                        && opcode != Opcodes.IDIV
                        && opcode != Opcodes.LDIV
                        && opcode != Opcodes.IREM
                        && opcode != Opcodes.LREM
                || opcode >= Opcodes.I2L && opcode <= Opcodes.IF_ACMPNE
                || opcode == Opcodes.IFNULL
                || opcode == Opcodes.IFNONNULL;
    }

    /** The copies of the loop's labels; all others stand for themselves. */
    private static final class Labels extends HashMap<LabelNode, LabelNode> {

        private static final long serialVersionUID = 1;

        @Override
        public LabelNode get(Object label) {
            LabelNode copy = super.get(label);
            return copy == null ? (LabelNode) label : copy;
        }
    }
}
