package org.jkasan.agent.rewrite.hook;

import org.jkasan.agent.rewrite.flow.Constants;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Has calls of the runtime say where they are: what {@link CallerMethods} lists is called with one
 * argument more.
 */
public final class CallSiteCode {

    /*
     * The call site is an argument, not something left for the method to find, so that none is ever
     * taken for another's: not if the receiver is null, nor if the call ends in an exception, nor if
     * code that is not rewritten calls next. The method's name, and so the frame that a stack trace
     * shows, stays the same.
     */

    /** Operand stack slots that the argument needs. */
    public static final int EXTRA_STACK = 1;

    private final CallSiteNumbers numbers;
    private final String className;
    private final String file;

    /**
     * The calls of one class.
     *
     * @param className internal name
     * @param file its source file, or null if unknown
     */
    public CallSiteCode(CallSiteNumbers numbers, String className, String file) {
        this.numbers = numbers;
        this.className = className.replace('/', '.');
        this.file = file;
    }

    /**
     * Changes a call that is one of these.
     *
     * @return what has to stand before it, or null if it stays as it is
     */
    public InsnList rewrite(AbstractInsnNode instruction, String method) {
        if (!(instruction instanceof MethodInsnNode call) || !CallerMethods.contains(call)) {
            return null;
        }
        int number = numbers.number(className, method, file, line(call));
        if (number == CallSiteNumbers.NONE) {
            return null;
        }
        InsnList code = new InsnList();
        // STACK: receiver, arguments
        code.add(Constants.push(number));
        code.add(Hook.CALL_SITE.call());
        // STACK: receiver, arguments, call site
        call.desc = CallerMethods.withCallSite(call.desc);
        return code;
    }

    private static int line(AbstractInsnNode instruction) {
        AbstractInsnNode node = instruction;
        while (node != null) {
            if (node instanceof LineNumberNode line) {
                return line.line;
            }
            node = node.getPrevious();
        }
        return -1;
    }
}
