package org.jkasan.agent;

import org.jkasan.agent.rewrite.ClassRewriter;

/** The loader of the self-test's one class, which it looks up as the application does. */
final class ProbeLoader extends ClassLoader {

    private Throwable failure;

    ProbeLoader() {
        super("jkasan probe", getSystemClassLoader());
    }

    Class<?> define(String name, byte[] classFile) {
        return defineClass(name, classFile, 0, classFile.length);
    }

    /** Called by the transformer: in whatever scope, and not counted. */
    byte[] rewrite(ClassRewriter rewriter, byte[] classFile) {
        try {
            return rewriter.rewrite(classFile).orElseThrow().classFile();
        } catch (RuntimeException | LinkageError e) {
            failure = e;
            return null;
        }
    }

    /** What the rewriting threw, or null. */
    Throwable failure() {
        return failure;
    }
}
