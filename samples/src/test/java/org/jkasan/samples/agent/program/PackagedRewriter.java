package org.jkasan.samples.agent.program;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The rewriting of the packaged agent, whose nested jars are on this program's class path. */
final class PackagedRewriter {

    private final Object rewriter;
    private final Method rewrite;
    private final Method classFile;
    private final Method checks;
    private final Method unchecked;
    private final Method redirect;

    PackagedRewriter() throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.jkasan.agent.rewrite.ClassRewriter");
        Class<?> result = Class.forName("org.jkasan.agent.rewrite.RewrittenClass");
        rewriter = type.getConstructor().newInstance();
        rewrite = type.getMethod("rewrite", byte[].class);
        classFile = result.getMethod("classFile");
        checks = result.getMethod("checks");
        unchecked = result.getMethod("uncheckedMethods");
        redirect =
                Class.forName("org.jkasan.agent.HookRedirect")
                        .getDeclaredMethod("redirect", byte[].class, UnaryOperator.class);
        redirect.setAccessible(true);
    }

    /** A class file with its checks, or null where there is nothing to check. */
    Rewritten rewrite(byte[] original) {
        Optional<?> result = (Optional<?>) call(rewrite, rewriter, (Object) original);
        if (result.isEmpty()) {
            return null;
        }
        return new Rewritten(
                (byte[]) call(classFile, result.get()),
                (int) call(checks, result.get()),
                (int) call(unchecked, result.get()));
    }

    /** The same with other classes in the place of those that have the hooks. */
    byte[] redirect(byte[] rewritten, UnaryOperator<String> hooks) {
        return (byte[]) call(redirect, null, rewritten, hooks);
    }

    private static Object call(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What became of a class. */
    record Rewritten(byte[] classFile, int checks, int uncheckedMethods) {}
}
