package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.POP;
import static org.objectweb.asm.Opcodes.V1_5;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;

/**
 * Marks code of a class that hardly ever runs, so that HotSpot does not compile it before it has
 * run once.
 */
public final class UncommonCode {

    /*
     * C2 leaves out a branch that was never taken where the method was entered some 40 times. A method
     * with a long loop is compiled before that. Then the loop with checks stands beside the one
     * without, with calls in it, and what both need, a sum or a counter, is one value to the
     * register allocator: it lives in the frame because of those calls, in the fast loop as well.
     *
     * A load of a class that the method's loader has not found yet is an uncommon trap to C2,
     * without any statistics. So a mark is such a load, of a class that every loader finds and hardly
     * any program names; when the interpreter comes to it, it is found, and code that is compiled
     * from then on has nothing of it. Classes with the same mark and loader share its end.
     *
     * A class, because the JVM's words about null (JEP 358) need the stack, and its analysis knows no
     * constants but those of JDK 5. It loads nothing for them but a name.
     */

    /** Of java.nio: classes that there have always been. */
    private static final List<String> NAMES =
            names(
                    "channels/",
                    "AcceptPending AlreadyBound AlreadyConnected CancelledKey ConnectionPending "
                            + "FileLockInterruption IllegalBlockingMode IllegalChannelGroup "
                            + "IllegalSelector InterruptedByTimeout NoConnectionPending "
                            + "NonReadableChannel NonWritableChannel NotYetBound NotYetConnected "
                            + "OverlappingFileLock ReadPending ShutdownChannelGroup "
                            + "UnsupportedAddressType WritePending",
                    "file/",
                    "AtomicMoveNotSupported ClosedDirectoryStream ClosedFileSystem "
                            + "ClosedWatchService DirectoryIterator FileSystemAlreadyExists "
                            + "FileSystemLoop FileSystemNotFound NotLink ProviderMismatch "
                            + "ProviderNotFound ReadOnlyFileSystem");

    private final boolean loadsClasses;
    private int next;

    /**
     * No mark yet in a class.
     *
     * @param version of its class file; before that of Java 5 no code loads classes: no marks
     * @param name of the class, so that others begin with another mark
     */
    public UncommonCode(int version, String name) {
        loadsClasses = (version & 0xFFFF) >= V1_5;
        next = name.hashCode();
    }

    /** Internal names of the classes that are loaded. */
    static List<String> names() {
        return NAMES;
    }

    /** Marks what comes next in the code as uncommon. */
    void begin(InsnList code) {
        if (loadsClasses) {
            String name = NAMES.get(Math.floorMod(next++, NAMES.size()));
            code.add(new LdcInsnNode(Type.getObjectType(name)));
            // STACK: ..., class
            code.add(new InsnNode(POP));
            // STACK: ...
        }
    }

    private static List<String> names(String... words) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            for (String word : words[i + 1].split(" ")) {
                names.add("java/nio/" + words[i] + word + "Exception");
            }
        }
        return List.copyOf(names);
    }
}
