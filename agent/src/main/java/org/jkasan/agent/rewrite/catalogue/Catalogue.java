package org.jkasan.agent.rewrite.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The table of intercepted methods: owner, name, parameters and what each does to memory. Return
 * types are left out.
 *
 * <p>A row holds for a call that names exactly its owner, or one of the JDK's classes below it that
 * the row lists. No class is loaded to find out more. A class of the application needs no row: it
 * is rewritten itself, and where it hands an array on to the JDK there is a call of the JDK again.
 * Only what such a class inherits from the JDK and is called by its own name is not seen.
 */
public final class Catalogue {

    /*
     * A hash table with chains, by owner and name: most calls of a program have no row, and miss an
     * empty slot or one comparison of hashes. A descriptor is only looked at where both fit.
     */

    private static final int SLOTS = 1 << 13;

    private static final List<InterceptedCall> ROWS = new ArrayList<>();
    private static final Entry[] TABLE = new Entry[SLOTS];
    private static final Set<String> OWNERS = new HashSet<>();

    static {
        ArrayRows.addTo(ROWS);
        TextRows.addTo(ROWS);
        BufferRows.addTo(ROWS);
        VarHandleRows.addTo(ROWS);
        StreamRows.addTo(ROWS);
        ChannelRows.addTo(ROWS);
        CodecRows.addTo(ROWS);
        KernelRows.addTo(ROWS);
        HelperRows.addTo(ROWS);
        for (InterceptedCall row : ROWS) {
            index(row.owner(), row);
            for (String subtype : row.subtypes()) {
                index(subtype, row);
            }
        }
    }

    /** A row by one of its owners. */
    private record Entry(int hash, String owner, InterceptedCall row, Entry next) {}

    private Catalogue() {}

    /** Whether any row holds for calls that name this class, by internal name. */
    public static boolean hasOwner(String owner) {
        return OWNERS.contains(owner);
    }

    /** The row of a call, or null where there is none. */
    public static InterceptedCall find(MethodInsnNode call) {
        return find(call.owner, call.name, call.desc);
    }

    /** The row of a call by internal name of the owner, name and descriptor, or null. */
    public static InterceptedCall find(String owner, String name, String descriptor) {
        int hash = hash(owner, name);
        for (Entry entry = TABLE[slot(hash)]; entry != null; entry = entry.next) {
            if (entry.hash == hash
                    && entry.row.takes(descriptor)
                    && entry.row.name().equals(name)
                    && entry.owner.equals(owner)) {
                return entry.row.of(descriptor);
            }
        }
        return null;
    }

    /** All rows. */
    static List<InterceptedCall> rows() {
        return ROWS;
    }

    private static void index(String owner, InterceptedCall row) {
        OWNERS.add(owner);
        int hash = hash(owner, row.name());
        TABLE[slot(hash)] = new Entry(hash, owner, row, TABLE[slot(hash)]);
    }

    private static int hash(String owner, String name) {
        return 31 * owner.hashCode() + name.hashCode();
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }
}
