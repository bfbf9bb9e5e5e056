package org.jkasan.samples.agent.program;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.SimpleVerifier;
import org.objectweb.asm.util.CheckClassAdapter;

/**
 * ASM's verifier, for classes that the JVM cannot verify since something that they mention is not
 * there: what is not there may be assigned to and from everything.
 */
final class AsmCheck {

    private AsmCheck() {}

    /** What is wrong with a class file, or null. */
    static String fault(byte[] classFile, ClassLoader loader) {
        ClassNode node = new ClassNode();
        try {
            new ClassReader(classFile).accept(new CheckClassAdapter(node, false), 0);
            for (MethodNode method : node.methods) {
                new Analyzer<>(new Lenient(node, loader)).analyze(node.name, method);
            }
            return null;
        } catch (AnalyzerException | RuntimeException e) {
            return e.toString();
        }
    }

    private static final class Lenient extends SimpleVerifier {

        Lenient(ClassNode node, ClassLoader loader) {
            super(
                    Opcodes.ASM9,
                    Type.getObjectType(node.name),
                    node.superName == null ? null : Type.getObjectType(node.superName),
                    node.interfaces.stream().map(Type::getObjectType).toList(),
                    (node.access & Opcodes.ACC_INTERFACE) != 0);
            setClassLoader(loader);
        }

        @Override
        protected boolean isAssignableFrom(Type to, Type from) {
            return isUnknown(to) || isUnknown(from) || super.isAssignableFrom(to, from);
        }

        @Override
        protected Class<?> getClass(Type type) {
            try {
                return super.getClass(type);
            } catch (TypeNotPresentException | LinkageError missing) {
                return Object.class;
            }
        }

        private boolean isUnknown(Type type) {
            try {
                super.getClass(type);
                return false;
            } catch (TypeNotPresentException | LinkageError missing) {
                return true;
            }
        }
    }
}
