package org.jkasan.agent.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final LabelNode entry = new LabelNode();
    private final Map<LabelNode, LabelNode> labels = new HashMap<>();
    private final Map<AbstractInsnNode, AbstractInsnNode> copies = new HashMap<>();

    LoopCopy(MethodNode method, MethodFlow flow, LoopTurn turn) {
        this.method = method;
        this.flow = flow;
        this.turn = turn;
        this.resume = VersionPlan.resume(flow, turn);
    }

    /** The label where it is entered. */
    LabelNode entry() {
        return entry;
    }

    /** The copy of an instruction of the method; not of what was inserted. */
    AbstractInsnNode of(int position) {
        return copies.get(flow.at(position));
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
        LabelNode behind = new LabelNode();
        InsnList code = new InsnList();
        AbstractInsnNode before = head.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            before = before.getPrevious();
        }
        if (before == null || MethodFlow.goesOn(before.getOpcode())) {
            code.add(new JumpInsnNode(Opcodes.GOTO, (LabelNode) head));
        }
        copyTables(end, behind);
        for (AbstractInsnNode node = head; node != end; node = node.getNext()) {
            AbstractInsnNode copy = node.clone(new Labels(labels));
            copies.put(node, copy);
            code.add(copy);
        }
        if (resume >= 0) {
            code.add(new JumpInsnNode(Opcodes.GOTO, (LabelNode) flow.at(resume)));
        }
        code.add(behind);
        method.instructions.insertBefore(head, code);
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

    private void copyTables(AbstractInsnNode end, LabelNode behind) {
        List<TryCatchBlockNode> blocks = new ArrayList<>();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            blocks.add(block);
            if (overlaps(block.start, block.end, end)) {
                blocks.add(
                        new TryCatchBlockNode(
                                start(block.start),
                                labels.getOrDefault(block.end, behind),
                                block.handler,
                                block.type));
            }
        }
        method.tryCatchBlocks = blocks;
        if (method.localVariables != null) {
            List<LocalVariableNode> variables = new ArrayList<>();
            for (LocalVariableNode variable : method.localVariables) {
                variables.add(variable);
                if (overlaps(variable.start, variable.end, end)) {
                    variables.add(
                            new LocalVariableNode(
                                    variable.name,
                                    variable.desc,
                                    variable.signature,
                                    start(variable.start),
                                    labels.getOrDefault(variable.end, behind),
                                    variable.index));
                }
            }
            method.localVariables = variables;
        }
    }

    private LabelNode start(LabelNode label) {
        return labels.getOrDefault(label, labels.get(flow.at(turn.loop().head())));
    }

    /** Whether the code between two labels is in part the loop's. */
    private boolean overlaps(LabelNode from, LabelNode to, AbstractInsnNode end) {
        InsnList code = method.instructions;
        int first = code.indexOf(flow.at(turn.loop().head()));
        int behind = end == null ? code.size() : code.indexOf(end);
        return code.indexOf(from) < behind && code.indexOf(to) > first;
    }

    /** The copies of the loop's labels; all others stand for themselves. */
    private static final class Labels extends HashMap<LabelNode, LabelNode> {

        private static final long serialVersionUID = 1;

        Labels(Map<LabelNode, LabelNode> copies) {
            super(copies);
        }

        @Override
        public LabelNode get(Object label) {
            LabelNode copy = super.get(label);
            return copy == null ? (LabelNode) label : copy;
        }
    }
}
