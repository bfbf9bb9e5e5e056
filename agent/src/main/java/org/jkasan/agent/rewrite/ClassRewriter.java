package org.jkasan.agent.rewrite;

import java.util.Arrays;
import java.util.Optional;
import org.objectweb.asm.ClassReader;

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
        return rewrite(classFile, CheckForm.HANDLES);
    }

    /** Inserts checks of a form, or of a smaller one where it does not fit. */
    Optional<RewrittenClass> rewrite(byte[] classFile, CheckForm form) {
        ClassReader reader = new ClassReader(classFile);
        CheckForm[] forms = new AccessScan(reader).forms(form);
        int accessing = forms.length - count(forms, CheckForm.NONE);
        if (accessing == 0) {
            return Optional.empty();
        }
        ClassRewriting rewriting;
        do {
            rewriting = new ClassRewriting(reader, forms);
            reader.accept(rewriting, ClassReader.EXPAND_FRAMES);
        } while (rewriting.isTooLarge());
        int checked = forms.length - count(forms, CheckForm.NONE);
        return Optional.of(
                new RewrittenClass(
                        rewriting.classFile(),
                        rewriting.checks(),
                        count(forms, CheckForm.SHORT),
                        accessing - checked));
    }

    private static int count(CheckForm[] forms, CheckForm form) {
        return (int) Arrays.stream(forms).filter(each -> each == form).count();
    }
}
