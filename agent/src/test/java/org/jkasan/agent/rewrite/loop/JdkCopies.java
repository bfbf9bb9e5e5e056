package org.jkasan.agent.rewrite.loop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Classes of a package of the JDK, under other names: as code of the application's. */
final class JdkCopies {

    private static final String PACKAGE = "copied/";

    private final Map<String, byte[]> classFiles = new HashMap<>();

    /**
     * Copies classes, with the names among them that this JDK has.
     *
     * @param from the package, with slashes and one at the end
     */
    static Map<String, byte[]> of(String from, String... names) {
        JdkCopies copies = new JdkCopies();
        for (String name : names) {
            copies.copy(from, name);
        }
        return copies.classFiles;
    }

    private void copy(String from, String name) {
        Remapper remapper =
                new Remapper(Opcodes.ASM9) {
                    @Override
                    public String map(String internalName) {
                        String simple = internalName.substring(internalName.lastIndexOf('/') + 1);
                        return internalName.equals(from + simple) ? PACKAGE + simple : internalName;
                    }
                };
        try (InputStream in = Object.class.getResourceAsStream("/" + from + name + ".class")) {
            if (in != null) {
                ClassWriter writer = new ClassWriter(0);
                new ClassReader(in).accept(new ClassRemapper(writer, remapper), 0);
                classFiles.put(binaryName(name), writer.toByteArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name that the copy of a class has. */
    static String binaryName(String name) {
        return (PACKAGE + name).replace('/', '.');
    }
}
