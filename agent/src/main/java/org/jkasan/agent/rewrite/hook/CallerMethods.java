package org.jkasan.agent.rewrite.hook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The table of the runtime's methods that can be told who calls: each has an overload with the call
 * site as a last parameter, which rewritten code calls instead.
 */
public final class CallerMethods {

    /** The last parameter. */
    public static final String CALL_SITE = "Lorg/jkasan/report/CallSite;";

    private static final Map<String, Set<String>> ROWS = new HashMap<>();

    static {
        rows(
                "org/jkasan/mm/Vmalloc",
                "vmalloc(J)",
                "vzalloc(J)",
                "vmallocNodeRange(Lorg/jkasan/mm/VmallocRequest;)",
                "vmallocBuffer(J)",
                "vzallocBuffer(J)",
                "vmallocBytes(I)",
                "vmallocBooleans(I)",
                "vmallocShorts(I)",
                "vmallocChars(I)",
                "vmallocInts(I)",
                "vmallocLongs(I)",
                "vmallocFloats(I)",
                "vmallocDoubles(I)",
                "vfree(J)",
                "vfree(Ljava/nio/ByteBuffer;)",
                "vfree(Ljava/lang/Object;)",
                "vfreeAtomic(J)");
        rows("org/jkasan/mm/VmapRam", "vmMapRam([JII)", "vmUnmapRam(JI)");
    }

    private CallerMethods() {}

    private static void rows(String owner, String... methods) {
        ROWS.put(owner, Set.copyOf(List.of(methods)));
    }

    /** All owners, by internal name, with their methods' names and parameters. */
    static Map<String, Set<String>> rows() {
        return ROWS;
    }

    /** Whether any method of a class, by internal name, is one of these. */
    public static boolean hasOwner(String owner) {
        return ROWS.containsKey(owner);
    }

    static boolean contains(MethodInsnNode call) {
        return contains(call.owner, call.name, call.desc);
    }

    /** Whether a call by internal name of the owner, name and descriptor is one of these. */
    public static boolean contains(String owner, String name, String descriptor) {
        Set<String> methods = ROWS.get(owner);
        return methods != null
                && methods.contains(name + descriptor.substring(0, descriptor.indexOf(')') + 1));
    }

    /** The descriptor of the overload. */
    static String withCallSite(String descriptor) {
        int end = descriptor.indexOf(')');
        return descriptor.substring(0, end) + CALL_SITE + descriptor.substring(end);
    }
}
