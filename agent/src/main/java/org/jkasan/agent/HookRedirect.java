package org.jkasan.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import org.objectweb.asm.ClassReader;

/**
 * A class file whose calls of hooks go to forwarders instead: the constant pool is what says where
 * they go, so only that is changed.
 */
final class HookRedirect {

    /*
     * The pool's entry for a class has the number of the one that has its name. The new name is put
     * at the end of the pool, as a text of its own, and the class's entry is pointed there; the old
     * text stays, something else may use it.
     */

    private static final int CONSTANT_UTF8 = 1;
    private static final int CONSTANT_CLASS = 7;
    private static final int CONSTANT_NAME_AND_TYPE = 12;

    /** Where a class file says how many entries there are; the first follows. */
    private static final int COUNT_OFFSET = 8;

    private final byte[] classFile;
    private final ClassReader reader;
    private final char[] buffer;

    private HookRedirect(byte[] classFile) {
        this.classFile = classFile;
        this.reader = new ClassReader(classFile);
        this.buffer = new char[reader.getMaxStringLength()];
    }

    /**
     * Redirects the calls.
     *
     * @param forwarder of a class of hooks, both by internal name
     * @return null where the class uses a runtime of its own, which the hooks know nothing of
     */
    static byte[] redirect(byte[] classFile, UnaryOperator<String> forwarder) {
        return new HookRedirect(classFile).redirect(forwarder);
    }

    private byte[] redirect(UnaryOperator<String> forwarder) {
        if (usesRuntime()) {
            return null;
        }
        byte[] changed = classFile.clone();
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        int count = reader.getItemCount();
        for (int i = 1; i < reader.getItemCount(); i++) {
            String name = className(i);
            if (name != null && HookForwarders.isHooks(name)) {
                write(changed, reader.getItem(i), count++);
                append(names, forwarder.apply(name));
            }
        }
        if (count > 0xffff) {
            throw new IllegalArgumentException("no room is left in its constant pool");
        }
        write(changed, COUNT_OFFSET, count);
        return insert(changed, names.toByteArray());
    }

    private boolean usesRuntime() {
        for (int i = 1; i < reader.getItemCount(); i++) {
            String name = className(i);
            if (name != null && Scope.isRuntime(name) && !HookForwarders.isHooks(name)) {
                return true;
            }
            if (tag(i) == CONSTANT_NAME_AND_TYPE
                    && reader.readUTF8(reader.getItem(i) + 2, buffer).contains("Lorg/jkasan/")) {
                return true;
            }
        }
        return false;
    }

    /** The name in an entry, or null where that is none of a class. */
    private String className(int entry) {
        return tag(entry) == CONSTANT_CLASS ? reader.readUTF8(reader.getItem(entry), buffer) : null;
    }

    /** 0 for the second half of a long or a double. */
    private int tag(int entry) {
        int offset = reader.getItem(entry);
        return offset == 0 ? 0 : classFile[offset - 1];
    }

    private static void append(ByteArrayOutputStream names, String name) {
        try (DataOutputStream out = new DataOutputStream(names)) {
            out.writeByte(CONSTANT_UTF8);
            out.writeUTF(name);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private byte[] insert(byte[] changed, byte[] names) {
        byte[] result = new byte[changed.length + names.length];
        int end = reader.header;
        System.arraycopy(changed, 0, result, 0, end);
        System.arraycopy(names, 0, result, end, names.length);
        System.arraycopy(changed, end, result, end + names.length, changed.length - end);
        return result;
    }

    private static void write(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) (value >> 8);
        bytes[offset + 1] = (byte) value;
    }
}
