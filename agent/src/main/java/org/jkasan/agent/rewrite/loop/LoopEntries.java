package org.jkasan.agent.rewrite.loop;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * The ways into a loop, and code on each of them that does not run again at each turn.
 *
 * <pre>
 *   from above          before the head; jumps to the head are led there too
 *   goto into it        before the goto (compilers enter at the condition below the body)
 *   other jumps         over a few instructions at the end of the method
 *   exception           at the handler, where code outside the loop is protected by it too
 * </pre>
 */
final class LoopEntries {

    private final MethodNode method;
    private final MethodFlow flow;
    private final Loop loop;
    private final Map<Integer, LabelNode> detours = new TreeMap<>();

    LoopEntries(MethodNode method, MethodFlow flow, Loop loop) {
        this.method = method;
        this.flow = flow;
        this.loop = loop;
    }

    /**
     * Inserts code at each entry.
     *
     * @param code makes the code for the position where the loop is entered; it must leave the
     *     stack and the variables of the frame that holds there as they are
     */
    void insert(IntFunction<InsnList> code) {
        for (int i : flow.jumps()) {
            if (!loop.contains(i)) {
                for (int target : flow.targets(i)) {
                    if (loop.contains(target)) {
                        jump(i, target, code.apply(target));
                    }
                }
            }
        }
        fromAbove(code.apply(loop.head()));
        for (Map.Entry<Integer, LabelNode> each : detours.entrySet()) {
            detour(each.getKey(), each.getValue(), code);
        }
        for (int handler : handlersOfCodeOutside()) {
            method.instructions.insert(flow.frameAt(handler), code.apply(handler));
        }
    }

    private void jump(int position, int target, InsnList code) {
        if (code.size() == 0) {
            return;
        }
        if (target != loop.head() && flow.opcode(position) == Opcodes.GOTO) {
            method.instructions.insertBefore(flow.at(position), code);
        } else {
            detours.putIfAbsent(target, new LabelNode());
            redirect(flow.at(position), (LabelNode) flow.at(target), detours.get(target));
        }
    }

    private void fromAbove(InsnList code) {
        LabelNode jumped = detours.remove(loop.head());
        if (jumped != null) {
            InsnList start = new InsnList();
            start.add(jumped);
            start.add(copy(flow.frameAt(loop.head())));
            code.insert(start);
        } else if (!flow.reachedFromAbove(loop.head())) {
            return;
        }
        method.instructions.insertBefore(flow.at(loop.head()), code);
    }

    private void detour(int target, LabelNode label, IntFunction<InsnList> code) {
        method.instructions.add(label);
        method.instructions.add(copy(flow.frameAt(target)));
        method.instructions.add(code.apply(target));
        method.instructions.add(new JumpInsnNode(Opcodes.GOTO, (LabelNode) flow.at(target)));
    }

    private Set<Integer> handlersOfCodeOutside() {
        Set<Integer> handlers = new TreeSet<>();
        for (MethodFlow.TryBlock block : flow.tryBlocks()) {
            if (loop.contains(block.handler())
                    && loop.members().nextClearBit(block.start()) < block.end()) {
                handlers.add(block.handler());
            }
        }
        return handlers;
    }

    static FrameNode copy(FrameNode frame) {
        return new FrameNode(
                Opcodes.F_NEW,
                frame.local.size(),
                frame.local.toArray(),
                frame.stack.size(),
                frame.stack.toArray());
    }

    private static void redirect(AbstractInsnNode instruction, LabelNode from, LabelNode to) {
        if (instruction instanceof JumpInsnNode jump) {
            jump.label = to;
        } else if (instruction instanceof TableSwitchInsnNode table) {
            replace(table.labels, from, to);
            table.dflt = table.dflt == from ? to : table.dflt;
        } else if (instruction instanceof LookupSwitchInsnNode lookup) {
            replace(lookup.labels, from, to);
            lookup.dflt = lookup.dflt == from ? to : lookup.dflt;
        }
    }

    private static void replace(List<LabelNode> labels, LabelNode from, LabelNode to) {
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i) == from) {
                labels.set(i, to);
            }
        }
    }
}
