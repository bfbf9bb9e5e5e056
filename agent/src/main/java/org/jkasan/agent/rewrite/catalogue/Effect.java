package org.jkasan.agent.rewrite.catalogue;

import java.util.List;
import org.jkasan.agent.rewrite.hook.Hook;

/**
 * One thing that an intercepted call does to memory: the hook that checks it and its operands. What
 * a hook answers, if anything, becomes the argument that was its last operand: how much of the call
 * is to be done.
 *
 * @param hook the hook
 * @param operands its arguments in order; only the first can be the call's own first argument,
 *     which stays on the operand stack, so that the JVM's helpful messages keep naming what was
 *     null
 */
record Effect(Hook hook, List<Operand> operands) {

    Effect {
        if (operands.size() != hook.parameters()) {
            throw new IllegalArgumentException(hook + " takes " + hook.parameters() + " operands");
        }
        for (int i = 1; i < operands.size(); i++) {
            if (operands.get(i).isArgument(0)) {
                throw new IllegalArgumentException(hook + " has the first argument elsewhere");
            }
        }
        if (hook.answers() && !(last(operands) instanceof Operand.Argument)) {
            throw new IllegalArgumentException(hook + " must end with the argument it replaces");
        }
    }

    static Effect of(Hook hook, Operand... operands) {
        return new Effect(hook, List.of(operands));
    }

    private static Operand last(List<Operand> operands) {
        return operands.get(operands.size() - 1);
    }

    /** The index of the call's argument that the hook's answer replaces; 0 for none. */
    int replaces() {
        return hook.answers() && last(operands) instanceof Operand.Argument argument
                ? argument.index()
                : 0;
    }

    /** Whether the operands are the call's first {@code count} arguments, then constants. */
    boolean takesPrefix(int count) {
        for (int i = 0; i < operands.size(); i++) {
            boolean expected =
                    i < count
                            ? operands.get(i).isArgument(i)
                            : operands.get(i) instanceof Operand.Constant;
            if (!expected) {
                return false;
            }
        }
        return operands.size() >= count;
    }
}
