package org.jkasan.bench.mutant;

/**
 * One planted bug.
 *
 * @param owner the class, by its internal name
 * @param method its method, name and descriptor
 * @param instruction which one of the method
 * @param line the source line of that
 * @param operator what is done to it
 */
record Mutation(String owner, String method, int instruction, int line, Operator operator) {

    /** Whether a stack frame is in the mutated line. */
    boolean isAt(StackTraceElement frame) {
        return frame.getLineNumber() == line
                && frame.getClassName().equals(owner.replace('/', '.'))
                && method.startsWith(frame.getMethodName() + "(");
    }

    @Override
    public String toString() {
        String name = owner.substring(owner.lastIndexOf('/') + 1);
        return operator.text()
                + " in "
                + name
                + "."
                + method.substring(0, method.indexOf('('))
                + ", line "
                + line;
    }
}
