package org.jkasan.agent.rewrite;

import java.util.Optional;
import org.jkasan.agent.rewrite.hook.CallSiteNumbers;
import org.objectweb.asm.ClassReader;

/**
 * The rewriting of one class file: every array, buffer and kernel memory access of it is preceded
 * by its check, and calls that allocate or free in the runtime say where they are.
 *
 * <p>Stateless and thread-safe. Works on bytes alone: no class is loaded, no member is added, no
 * signature changes, so its results also serve retransformation.
 */
public final class ClassRewriter {

    /*
     * It all runs while the program waits for its classes, mostly before HotSpot has compiled any of
     * it. So what is done for each class, method or instruction uses plain loops: a stream is a
     * dozen classes and a hundred calls more, and a lambda a class that is made at run time.
     */

    private final CallSiteNumbers numbers;

    /** A rewriting that inserts checks alone. */
    public ClassRewriter() {
        this(null);
    }

    /**
     * A rewriting.
     *
     * @param numbers of the places that call the runtime, or null if these calls stay as they are
     */
    public ClassRewriter(CallSiteNumbers numbers) {
        this.numbers = numbers;
    }

    /**
     * Inserts the checks.
     *
     * @param classFile a valid class file of any version that this JVM loads
     * @return the rewritten class, or empty where there is nothing to do in it
     * @throws RuntimeException where the bytes cannot be parsed; the class must keep them then
     */
    public Optional<RewrittenClass> rewrite(byte[] classFile) {
        return rewrite(classFile, CheckForm.VERSIONS);
    }

    /** Inserts checks of a form, or of a smaller one where it does not fit. */
    Optional<RewrittenClass> rewrite(byte[] classFile, CheckForm form) {
        ClassReader reader = new ClassReader(classFile);
        CheckForm[] forms = new AccessScan(classFile, reader, numbers != null).forms(form);
        if (count(forms, CheckForm.NONE) == forms.length) {
            return Optional.empty();
        }
        int accessing = checked(forms);
        ClassRewriting rewriting;
        do {
            rewriting = new ClassRewriting(reader, forms, numbers);
            reader.accept(rewriting, ClassReader.EXPAND_FRAMES);
        } while (rewriting.isTooLarge());
        return Optional.of(
                new RewrittenClass(
                        rewriting.classFile(),
                        rewriting.checks(),
                        count(forms, CheckForm.SHORT),
                        accessing - checked(forms)));
    }

    /**
     * The internal name that a class file gives to its class, for one that is defined without.
     *
     * @return null where the file cannot be parsed, or says a name that no class can have
     */
    public static String nameIn(byte[] classFile) {
        String name;
        try {
            name = new ClassReader(classFile).getClassName();
        } catch (RuntimeException unreadable) {
            return null;
        }
        // Nobody has looked at it yet, and it is to be the name of a file.
        boolean legal = name.indexOf('.') < 0 && !name.startsWith("/") && !name.contains("//");
        return legal ? name : null;
    }

    private static int checked(CheckForm[] forms) {
        return count(forms, CheckForm.VERSIONS)
                + count(forms, CheckForm.HANDLES)
                + count(forms, CheckForm.SHORT);
    }

    private static int count(CheckForm[] forms, CheckForm form) {
        int count = 0;
        for (CheckForm each : forms) {
            count += each == form ? 1 : 0;
        }
        return count;
    }
}
