package org.jkasan.bench.mutant;

import java.util.Map;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * What a call does to memory, as far as mutations and the oracle are concerned.
 *
 * @param kind what it does
 * @param length bytes that an access touches; or, below 0, minus 1 minus the number of the argument
 *     that says it
 */
record MemoryCall(Kind kind, int length) {

    enum Kind {
        /** Touches memory at its first argument, a kernel address. */
        ACCESS,
        /** Touches the receiver, a buffer, at its first argument, an index. */
        BUFFER_ACCESS,
        /** Allocates as many bytes, or elements, as its first argument says. */
        ALLOCATE,
        /** Resizes its first argument to as many bytes as its second one says. */
        RESIZE,
        /** Frees its first argument. */
        FREE
    }

    private static final String MEMORY = "org/jkasan/mm/KernelMemory";
    private static final String BUFFER = "java/nio/ByteBuffer";
    private static final String VMALLOC = "org/jkasan/mm/Vmalloc";
    private static final String KMALLOC = "org/jkasan/mm/slab/Kmalloc";

    private static final Map<String, Integer> BYTES =
            Map.of("Byte", 1, "Short", 2, "Int", 4, "Long", 8);

    /** Bytes by the name of a method of ByteBuffer, behind "get" or "put". */
    private static final Map<String, Integer> BUFFER_BYTES =
            Map.of("", 1, "Short", 2, "Char", 2, "Int", 4, "Long", 8, "Float", 4, "Double", 8);

    /** The call; null for one that is none of these. */
    static MemoryCall of(MethodInsnNode call) {
        return switch (call.owner) {
            case MEMORY -> ofMemory(call);
            case BUFFER -> ofBuffer(call);
            case VMALLOC, KMALLOC -> ofAllocator(call);
            default -> null;
        };
    }

    private static MemoryCall ofMemory(MethodInsnNode call) {
        String name = call.name;
        if (name.startsWith("load") || name.startsWith("store")) {
            Integer bytes = BYTES.get(name.substring(name.startsWith("load") ? 4 : 5));
            return bytes == null ? null : new MemoryCall(Kind.ACCESS, bytes);
        }
        return switch (name) {
            case "memset", "memcpy", "memmove" -> new MemoryCall(Kind.ACCESS, -3);
            case "copyIn", "copyOut" -> new MemoryCall(Kind.ACCESS, -4);
            default -> null;
        };
    }

    private static MemoryCall ofBuffer(MethodInsnNode call) {
        Type[] arguments = Type.getArgumentTypes(call.desc);
        boolean accessor = call.name.startsWith("get") || call.name.startsWith("put");
        if (!accessor || arguments.length == 0 || arguments[0] != Type.INT_TYPE) {
            return null;
        }
        String type = call.name.substring(3);
        boolean put = call.name.startsWith("put");
        if (arguments.length == (put ? 2 : 1)) {
            // putInt(int) and its like have one argument, which is no index.
            Integer bytes = BUFFER_BYTES.get(type);
            return bytes == null ? null : new MemoryCall(Kind.BUFFER_ACCESS, bytes);
        }
        return arguments.length == 4 && type.isEmpty()
                ? new MemoryCall(Kind.BUFFER_ACCESS, -4)
                : null;
    }

    private static MemoryCall ofAllocator(MethodInsnNode call) {
        return switch (call.name) {
            case "kmalloc", "kzalloc", "vmalloc", "vzalloc" ->
                    call.desc.equals("(J)J") ? new MemoryCall(Kind.ALLOCATE, 0) : null;
            case "vmallocBuffer", "vzallocBuffer" ->
                    call.desc.startsWith("(J)") ? new MemoryCall(Kind.ALLOCATE, 0) : null;
            case "vmallocBytes", "vmallocInts", "vmallocLongs" ->
                    call.desc.startsWith("(I)") ? new MemoryCall(Kind.ALLOCATE, 0) : null;
            case "krealloc", "vrealloc" ->
                    call.desc.equals("(JJ)J") ? new MemoryCall(Kind.RESIZE, 0) : null;
            case "kfree", "vfree" ->
                    Type.getArgumentTypes(call.desc).length == 1
                            ? new MemoryCall(Kind.FREE, 0)
                            : null;
            default -> null;
        };
    }

    /** The number of the argument that says how many bytes an access touches; below 0 if none. */
    int lengthArgument() {
        return length < 0 ? -1 - length : -1;
    }

    /** The name of what frees what a call allocates. */
    static String freeOf(MethodInsnNode allocation) {
        return allocation.owner.equals(KMALLOC) ? "kfree" : "vfree";
    }
}
