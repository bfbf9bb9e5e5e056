package org.jkasan.agent.rewrite;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A hook of the runtime that rewritten code may call: the closed set, by name and descriptor. All
 * are static and, but for those of a handle and the one of a call site, return nothing.
 *
 * <p>They are strings, so that the agent needs no runtime type; a test holds them against the class
 * itself.
 */
enum Hook {
    CALL_SITE("callSite", "(I)" + CallerMethods.CALL_SITE),

    HANDLE("handle", Hook.OF_ARRAY),
    HANDLE1("handle1", Hook.OF_ARRAY),
    HANDLE2("handle2", Hook.OF_ARRAY),
    HANDLE4("handle4", Hook.OF_ARRAY),
    HANDLE8("handle8", Hook.OF_ARRAY),

    LOAD1("load1", Hook.ELEMENT),
    LOAD2("load2", Hook.ELEMENT),
    LOAD4("load4", Hook.ELEMENT),
    LOAD8("load8", Hook.ELEMENT),
    STORE1("store1", Hook.ELEMENT),
    STORE2("store2", Hook.ELEMENT),
    STORE4("store4", Hook.ELEMENT),
    STORE8("store8", Hook.ELEMENT),

    HOISTED_LOAD1("load1", Hook.HOISTED),
    HOISTED_LOAD2("load2", Hook.HOISTED),
    HOISTED_LOAD4("load4", Hook.HOISTED),
    HOISTED_LOAD8("load8", Hook.HOISTED),
    HOISTED_STORE1("store1", Hook.HOISTED),
    HOISTED_STORE2("store2", Hook.HOISTED),
    HOISTED_STORE4("store4", Hook.HOISTED),
    HOISTED_STORE8("store8", Hook.HOISTED),

    WRITE_ALL("writeAll", "(Ljava/lang/Object;)V"),
    WRITE_RANGE("writeRange", "(Ljava/lang/Object;II)V"),
    READ_COPY("readCopy", "(Ljava/lang/Object;II)V"),
    COPY("copy", "(Ljava/lang/Object;ILjava/lang/Object;II)V"),

    BUFFER_LOAD("bufferLoad", "(Ljava/nio/Buffer;I)V"),
    BUFFER_LOAD_AT("bufferLoad", "(Ljava/nio/Buffer;II)V"),
    BUFFER_STORE("bufferStore", "(Ljava/nio/Buffer;I)V"),
    BUFFER_STORE_AT("bufferStore", "(Ljava/nio/Buffer;II)V"),

    BUFFER_GET_ALL("bufferGet", "(Ljava/nio/Buffer;Ljava/lang/Object;)V"),
    BUFFER_GET("bufferGet", "(Ljava/nio/Buffer;Ljava/lang/Object;II)V"),
    BUFFER_GET_ALL_AT("bufferGet", "(Ljava/nio/Buffer;ILjava/lang/Object;)V"),
    BUFFER_GET_AT("bufferGet", "(Ljava/nio/Buffer;ILjava/lang/Object;II)V"),

    BUFFER_PUT_ALL("bufferPut", "(Ljava/nio/Buffer;Ljava/lang/Object;)V"),
    BUFFER_PUT("bufferPut", "(Ljava/nio/Buffer;Ljava/lang/Object;II)V"),
    BUFFER_PUT_ALL_AT("bufferPut", "(Ljava/nio/Buffer;ILjava/lang/Object;)V"),
    BUFFER_PUT_AT("bufferPut", "(Ljava/nio/Buffer;ILjava/lang/Object;II)V"),
    BUFFER_PUT_BUFFER("bufferPut", "(Ljava/nio/Buffer;Ljava/nio/Buffer;)V"),
    BUFFER_PUT_BUFFER_AT("bufferPut", "(Ljava/nio/Buffer;ILjava/nio/Buffer;II)V"),
    BUFFER_PUT_STRING("bufferPut", "(Ljava/nio/Buffer;Ljava/lang/String;)V"),
    BUFFER_PUT_STRING_PART("bufferPut", "(Ljava/nio/Buffer;Ljava/lang/String;II)V"),

    KERNEL_LOAD("kernelLoad", "(Lorg/jkasan/check/AddressSpace;JI)V"),
    KERNEL_STORE("kernelStore", "(Lorg/jkasan/check/AddressSpace;JI)V"),
    KERNEL_READ("kernelRead", "(Lorg/jkasan/check/AddressSpace;JJ)V"),
    KERNEL_WRITE("kernelWrite", "(Lorg/jkasan/check/AddressSpace;JJ)V"),
    KERNEL_COPY_IN("kernelCopyIn", "(Lorg/jkasan/check/AddressSpace;JLjava/lang/Object;II)V"),
    KERNEL_COPY_OUT("kernelCopyOut", "(Lorg/jkasan/check/AddressSpace;JLjava/lang/Object;II)V"),

    HELPER_LOAD(Hook.KERNEL_OWNER, "helperLoad", Hook.HELPER + "JI)V"),
    HELPER_STORE(Hook.KERNEL_OWNER, "helperStore", Hook.HELPER + "JI)V"),
    HELPER_WRITE(Hook.KERNEL_OWNER, "helperWrite", Hook.HELPER + "JJ)V"),
    BIT_LOAD(Hook.KERNEL_OWNER, "bitLoad", Hook.HELPER + "JJ)V"),
    BIT_STORE(Hook.KERNEL_OWNER, "bitStore", Hook.HELPER + "JJ)V"),
    STRING_READ(Hook.KERNEL_OWNER, "stringRead", Hook.HELPER + "J)V"),
    STRING_READ_UP_TO(Hook.KERNEL_OWNER, "stringRead", Hook.HELPER + "JJ)V"),
    STRING_FIND(Hook.KERNEL_OWNER, "stringFind", Hook.HELPER + "JI)V"),
    STRING_COMPARE(Hook.KERNEL_OWNER, "stringCompare", Hook.HELPER + "JJ)V"),
    STRING_COMPARE_UP_TO(Hook.KERNEL_OWNER, "stringCompare", Hook.HELPER + "JJJ)V"),
    STRING_COPY(Hook.KERNEL_OWNER, "stringCopy", Hook.HELPER + "JJ)V"),
    STRING_COPY_UP_TO(Hook.KERNEL_OWNER, "stringCopy", Hook.HELPER + "JJJ)V"),
    MEMORY_FIND(Hook.KERNEL_OWNER, "memoryFind", "(Lorg/jkasan/check/AddressSpace;JIJ)V"),
    MEMORY_COMPARE(Hook.KERNEL_OWNER, "memoryCompare", "(Lorg/jkasan/check/AddressSpace;JJJ)V"),
    USER_COPY(Hook.KERNEL_OWNER, "userCopy", Hook.HELPER + "JJJ)V"),
    USER_STRING(Hook.KERNEL_OWNER, "userString", Hook.HELPER + "JJJ)V");

    /** The class that has the hooks. */
    static final String OWNER = "org/jkasan/check/Hooks";

    /** The class that has those of the kernel's helper functions. */
    static final String KERNEL_OWNER = "org/jkasan/check/KernelHooks";

    private static final String HELPER = "(Lorg/jkasan/check/CheckedHelper;";

    private static final String OF_ARRAY = "(Ljava/lang/Object;)J";
    private static final String ELEMENT = "(Ljava/lang/Object;I)V";
    private static final String HOISTED = "(IJ)V";

    private final String owner;
    private final String method;
    private final String descriptor;
    private final Type[] parameters;
    private final int parameterSlots;

    Hook(String method, String descriptor) {
        this(Hook.OWNER, method, descriptor);
    }

    Hook(String owner, String method, String descriptor) {
        this.owner = owner;
        this.method = method;
        this.descriptor = descriptor;
        this.parameters = Type.getArgumentTypes(descriptor);
        this.parameterSlots = (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - 1;
    }

    /** Internal name of the class that has it. */
    String owner() {
        return owner;
    }

    String method() {
        return method;
    }

    String descriptor() {
        return descriptor;
    }

    /** The type of a parameter, counted from 0. */
    Type parameter(int index) {
        return parameters[index];
    }

    int parameters() {
        return parameters.length;
    }

    /** Operand stack slots that the arguments take. */
    int parameterSlots() {
        return parameterSlots;
    }

    /** The call instruction. */
    MethodInsnNode call() {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, owner, method, descriptor, false);
    }
}
