package org.jkasan.agent.rewrite.hook;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A hook of the runtime that rewritten code may call: the closed set, by name and descriptor. All
 * are static; those that check an access return nothing.
 *
 * <p>They are strings, so that the agent needs no runtime type; a test holds them against the class
 * itself.
 */
public enum Hook {
    CALL_SITE("callSite", "(I)" + CallerMethods.CALL_SITE),

    HANDLE("handle", Hook.OF_ARRAY),
    HANDLE1("handle1", Hook.OF_ARRAY),
    HANDLE2("handle2", Hook.OF_ARRAY),
    HANDLE4("handle4", Hook.OF_ARRAY),
    HANDLE8("handle8", Hook.OF_ARRAY),

    MAYBE(Hook.LOOP_OWNER, "maybe", Hook.OF_ARRAY),
    MAYBE1(Hook.LOOP_OWNER, "maybe1", Hook.OF_ARRAY),
    MAYBE2(Hook.LOOP_OWNER, "maybe2", Hook.OF_ARRAY),
    MAYBE4(Hook.LOOP_OWNER, "maybe4", Hook.OF_ARRAY),
    MAYBE8(Hook.LOOP_OWNER, "maybe8", Hook.OF_ARRAY),

    TRACKED1(Hook.LOOP_OWNER, "tracked1", "()J"),
    TRACKED2(Hook.LOOP_OWNER, "tracked2", "()J"),
    TRACKED4(Hook.LOOP_OWNER, "tracked4", "()J"),
    TRACKED8(Hook.LOOP_OWNER, "tracked8", "()J"),
    LENGTH(Hook.LOOP_OWNER, "length", Hook.OF_ARRAY),
    TURNS(Hook.LOOP_OWNER, "turns", "(JJII)J"),
    TURNS_UNTIL(Hook.LOOP_OWNER, "turnsUntil", "(JJI)J"),
    CALLED_TURNS(Hook.LOOP_OWNER, "countTurns", "(JJII)J"),
    CALLED_TURNS_UNTIL(Hook.LOOP_OWNER, "countTurnsUntil", "(JJI)J"),
    WIDE_TURNS(Hook.LOOP_OWNER, "wideTurns", "(JJII)J"),
    WIDE_TURNS_UNTIL(Hook.LOOP_OWNER, "wideTurnsUntil", "(JJI)J"),
    RANGE(Hook.LOOP_OWNER, "range", "(JJJJII)J"),
    RANGE_OF(Hook.LOOP_OWNER, "range", "(Ljava/lang/Object;JJJII)J"),
    RANGE_OF_TWO(Hook.LOOP_OWNER, "range", "(Ljava/lang/Object;Ljava/lang/Object;JJJII)J"),
    RANGE_OF_THREE(
            Hook.LOOP_OWNER,
            "range",
            "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;JJJII)J"),
    BUFFER_RANGE(Hook.LOOP_OWNER, "bufferRange", "(Ljava/nio/Buffer;JJJII)J"),
    BUFFER_REST(Hook.LOOP_OWNER, "bufferRest", "(Ljava/nio/Buffer;IJI)J"),
    KERNEL_RANGE(Hook.LOOP_OWNER, "kernelRange", "(Lorg/jkasan/check/AddressSpace;JJJII)J"),
    FITS(Hook.LOOP_OWNER, "fits", "(JJJI)J"),
    NEIGHBOURS(Hook.LOOP_OWNER, "neighbours", "(Ljava/lang/Object;IIII)J"),
    CHANGES(Hook.LOOP_OWNER, "changes", "()J"),
    KEPT(Hook.LOOP_OWNER, "kept", "(Ljava/lang/Object;JJJI)J"),
    TIMES(Hook.LOOP_OWNER, "times", "(JJ)J"),
    WHOLE(
            Hook.LOOP_OWNER,
            "whole",
            "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;J)"
                    + "Ljava/lang/Object;"),
    WHOLE_BUFFER(Hook.LOOP_OWNER, "wholeBuffer", "(Ljava/nio/Buffer;J)J"),
    ROW_LENGTH(Hook.LOOP_OWNER, "rowLength", "(Ljava/lang/Object;J)J"),
    LONGEST_ROW(Hook.LOOP_OWNER, "longestRow", Hook.OF_ARRAY),
    INSIDE(Hook.LOOP_OWNER, "inside", "(Ljava/lang/Object;JJ)J"),
    OUTSIDE(
            Hook.LOOP_OWNER,
            "outside",
            "(Ljava/lang/RuntimeException;Ljava/lang/Object;I)Ljava/lang/RuntimeException;"),

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

    CALLED_LOAD("load", "(IJI)V"),
    CALLED_STORE("store", "(IJI)V"),

    WRITE_ALL("writeAll", "(Ljava/lang/Object;)V"),
    WRITE_RANGE("writeRange", "(Ljava/lang/Object;II)V"),
    READ_COPY("readCopy", "(Ljava/lang/Object;II)V"),
    COPY("copy", "(Ljava/lang/Object;ILjava/lang/Object;II)V"),

    BUFFER_LOAD(Hook.BUFFER_OWNER, "bufferLoad", "(Ljava/nio/Buffer;I)V"),
    BUFFER_LOAD_AT(Hook.BUFFER_OWNER, "bufferLoad", "(Ljava/nio/Buffer;II)V"),
    BUFFER_STORE(Hook.BUFFER_OWNER, "bufferStore", "(Ljava/nio/Buffer;I)V"),
    BUFFER_STORE_AT(Hook.BUFFER_OWNER, "bufferStore", "(Ljava/nio/Buffer;II)V"),

    BUFFER_GET_ALL(Hook.BUFFER_OWNER, "bufferGet", "(Ljava/nio/Buffer;Ljava/lang/Object;)V"),
    BUFFER_GET(Hook.BUFFER_OWNER, "bufferGet", "(Ljava/nio/Buffer;Ljava/lang/Object;II)V"),
    BUFFER_GET_ALL_AT(Hook.BUFFER_OWNER, "bufferGet", "(Ljava/nio/Buffer;ILjava/lang/Object;)V"),
    BUFFER_GET_AT(Hook.BUFFER_OWNER, "bufferGet", "(Ljava/nio/Buffer;ILjava/lang/Object;II)V"),

    BUFFER_PUT_ALL(Hook.BUFFER_OWNER, "bufferPut", "(Ljava/nio/Buffer;Ljava/lang/Object;)V"),
    BUFFER_PUT(Hook.BUFFER_OWNER, "bufferPut", "(Ljava/nio/Buffer;Ljava/lang/Object;II)V"),
    BUFFER_PUT_ALL_AT(Hook.BUFFER_OWNER, "bufferPut", "(Ljava/nio/Buffer;ILjava/lang/Object;)V"),
    BUFFER_PUT_AT(Hook.BUFFER_OWNER, "bufferPut", "(Ljava/nio/Buffer;ILjava/lang/Object;II)V"),
    BUFFER_PUT_BUFFER(Hook.BUFFER_OWNER, "bufferPut", "(Ljava/nio/Buffer;Ljava/nio/Buffer;)V"),
    BUFFER_PUT_BUFFER_AT(
            Hook.BUFFER_OWNER, "bufferPut", "(Ljava/nio/Buffer;ILjava/nio/Buffer;II)V"),
    BUFFER_PUT_STRING(Hook.BUFFER_OWNER, "bufferPut", "(Ljava/nio/Buffer;Ljava/lang/String;)V"),
    BUFFER_PUT_STRING_PART(
            Hook.BUFFER_OWNER, "bufferPut", "(Ljava/nio/Buffer;Ljava/lang/String;II)V"),

    KERNEL_LOAD(Hook.KERNEL_OWNER, "kernelLoad", "(Lorg/jkasan/check/AddressSpace;JI)V"),
    KERNEL_STORE(Hook.KERNEL_OWNER, "kernelStore", "(Lorg/jkasan/check/AddressSpace;JI)V"),
    KERNEL_COPY_IN(
            Hook.KERNEL_OWNER,
            "kernelCopyIn",
            "(Lorg/jkasan/check/AddressSpace;JLjava/lang/Object;II)I"),
    KERNEL_COPY_OUT(
            Hook.KERNEL_OWNER,
            "kernelCopyOut",
            "(Lorg/jkasan/check/AddressSpace;JLjava/lang/Object;II)I"),

    KERNEL_READ(Hook.KERNEL_OWNER, "kernelRead", "(Lorg/jkasan/check/AddressSpace;JJ)J"),
    KERNEL_WRITE(Hook.KERNEL_OWNER, "kernelWrite", "(Lorg/jkasan/check/AddressSpace;JJ)J"),

    HELPER_LOAD(Hook.KERNEL_OWNER, "helperLoad", Hook.HELPER + "JI)V"),
    HELPER_STORE(Hook.KERNEL_OWNER, "helperStore", Hook.HELPER + "JI)V"),
    HELPER_READ(Hook.KERNEL_OWNER, "helperRead", Hook.HELPER + "JJ)V"),
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
    USER_STRING(Hook.KERNEL_OWNER, "userString", Hook.HELPER + "JJJ)V"),
    NOFAULT_FROM(Hook.KERNEL_OWNER, "copyFromNofault", Hook.HELPER + "JJJ)V"),
    NOFAULT_TO(Hook.KERNEL_OWNER, "copyToNofault", Hook.HELPER + "JJJ)V"),

    ARRAY_READ(Hook.JDK_OWNER, "arrayRead", "(Ljava/lang/Object;)V"),
    ARRAY_READ_RANGE(Hook.JDK_OWNER, "arrayRead", "(Ljava/lang/Object;II)V"),
    ARRAY_WRITE_NEEDING(Hook.JDK_OWNER, "arrayWrite", "(Ljava/lang/Object;Ljava/lang/Object;)V"),
    RANGE_WRITE_NEEDING(Hook.JDK_OWNER, "arrayWrite", "(Ljava/lang/Object;IILjava/lang/Object;)V"),
    ARRAY_SEARCH(Hook.JDK_OWNER, "arraySearch", "(Ljava/lang/Object;)V"),
    RANGE_SEARCH(Hook.JDK_OWNER, "arraySearch", "(Ljava/lang/Object;II)V"),
    ARRAYS_COMPARE(Hook.JDK_OWNER, "arraysCompare", "(Ljava/lang/Object;Ljava/lang/Object;)V"),
    ARRAYS_EQUAL(Hook.JDK_OWNER, "arraysEqual", "(Ljava/lang/Object;Ljava/lang/Object;)V"),
    RANGES_COMPARE(Hook.JDK_OWNER, "rangesCompare", "(Ljava/lang/Object;IILjava/lang/Object;II)V"),
    RANGES_EQUAL(Hook.JDK_OWNER, "rangesEqual", "(Ljava/lang/Object;IILjava/lang/Object;II)V"),
    TEXT_READ(Hook.JDK_OWNER, "textRead", "(Ljava/lang/Object;Ljava/lang/Object;)V"),
    TEXT_READ_RANGE(Hook.JDK_OWNER, "textRead", "(Ljava/lang/Object;IILjava/lang/Object;)V"),
    TEXT_WRITE(Hook.JDK_OWNER, "textWrite", "(Ljava/lang/CharSequence;IILjava/lang/Object;I)V"),

    DEFLATE(Hook.CODEC_OWNER, "deflate", "(Ljava/lang/Object;III)V"),
    DEFLATE_BUFFER(Hook.CODEC_OWNER, "deflate", "(Ljava/nio/Buffer;I)V"),
    DIGEST_WRITE(
            Hook.CODEC_OWNER,
            "digestWrite",
            "(Ljava/security/MessageDigest;Ljava/lang/Object;II)V"),
    MAC_WRITE(Hook.CODEC_OWNER, "macWrite", "(Ljavax/crypto/Mac;Ljava/lang/Object;I)V"),
    CRYPTO_READ(Hook.CODEC_OWNER, "cryptoRead", "(Ljava/lang/Object;Ljava/lang/Object;)V"),
    CRYPTO_READ_RANGE(Hook.CODEC_OWNER, "cryptoRead", "(Ljava/lang/Object;Ljava/lang/Object;II)V"),
    CRYPTO_DRAIN(Hook.CODEC_OWNER, "cryptoRead", "(Ljava/lang/Object;Ljava/nio/Buffer;)V"),
    VERIFY_READ(Hook.CODEC_OWNER, "verifyRead", "(Ljava/security/Signature;Ljava/lang/Object;)V"),
    VERIFY_READ_RANGE(
            Hook.CODEC_OWNER, "verifyRead", "(Ljava/security/Signature;Ljava/lang/Object;II)V"),
    CIPHER_READ(Hook.CODEC_OWNER, "cipherRead", Hook.CIPHER_RANGE),
    CIPHER_FINISH(Hook.CODEC_OWNER, "cipherFinish", Hook.CIPHER_RANGE),
    CIPHER_DRAIN(Hook.CODEC_OWNER, "cipherRead", Hook.CIPHER_BUFFERS),
    CIPHER_FINISH_BUFFERS(Hook.CODEC_OWNER, "cipherFinish", Hook.CIPHER_BUFFERS),

    BUFFER_DRAIN(Hook.JDK_OWNER, "bufferDrain", "(Ljava/nio/Buffer;)V"),
    BUFFER_DRAIN_AT(Hook.JDK_OWNER, "bufferDrain", "(Ljava/nio/Buffer;J)V"),
    BUFFER_DRAIN_NEEDING(Hook.JDK_OWNER, "bufferDrain", "(Ljava/nio/Buffer;Ljava/lang/Object;)V"),
    BUFFER_DRAIN_AT_NEEDING(
            Hook.JDK_OWNER, "bufferDrain", "(Ljava/nio/Buffer;JLjava/lang/Object;)V"),
    BUFFER_FILL(Hook.JDK_OWNER, "bufferFill", "(Ljava/nio/Buffer;)V"),
    BUFFER_FILL_AT(Hook.JDK_OWNER, "bufferFill", "(Ljava/nio/Buffer;J)V"),
    BUFFER_FILL_NEEDING(Hook.JDK_OWNER, "bufferFill", "(Ljava/nio/Buffer;Ljava/lang/Object;)V"),
    BUFFER_FILL_AT_NEEDING(Hook.JDK_OWNER, "bufferFill", "(Ljava/nio/Buffer;JLjava/lang/Object;)V"),
    BUFFERS_DRAIN(Hook.JDK_OWNER, "buffersDrain", "([Ljava/nio/ByteBuffer;)V"),
    BUFFERS_DRAIN_PART(Hook.JDK_OWNER, "buffersDrain", "([Ljava/nio/ByteBuffer;II)V"),
    BUFFERS_FILL(Hook.JDK_OWNER, "buffersFill", "([Ljava/nio/ByteBuffer;)V"),
    BUFFERS_FILL_PART(Hook.JDK_OWNER, "buffersFill", "([Ljava/nio/ByteBuffer;II)V"),
    BUFFER_COMPACT(Hook.JDK_OWNER, "bufferCompact", "(Ljava/nio/Buffer;)V"),
    BUFFERS_COMPARE(Hook.JDK_OWNER, "buffersCompare", "(Ljava/nio/Buffer;Ljava/lang/Object;)V"),
    BUFFERS_EQUAL(Hook.JDK_OWNER, "buffersEqual", "(Ljava/nio/Buffer;Ljava/lang/Object;)V"),
    CHAR_LOAD(Hook.JDK_OWNER, "charLoad", Hook.CHARS + "I)V"),
    CHARS_APPEND(Hook.JDK_OWNER, "charsAppend", Hook.CHARS + "Ljava/lang/CharSequence;)V"),
    CHARS_APPEND_PART(Hook.JDK_OWNER, "charsAppend", Hook.CHARS + "Ljava/lang/CharSequence;II)V"),
    CHARS_READ(Hook.JDK_OWNER, "charsRead", Hook.CHARS + "Ljava/nio/CharBuffer;)V"),

    HANDLE_OF_ARRAY(
            Hook.JDK_OWNER,
            "handleAccess",
            "(Ljava/lang/invoke/VarHandle;Ljava/lang/Object;ILjava/lang/String;I)V"),
    HANDLE_OF_BUFFER(
            Hook.JDK_OWNER,
            "handleAccess",
            "(Ljava/lang/invoke/VarHandle;Ljava/nio/Buffer;ILjava/lang/String;I)V");

    /** The class that has the hooks. */
    public static final String OWNER = "org/jkasan/check/Hooks";

    /** The class that has those of buffers. */
    public static final String BUFFER_OWNER = "org/jkasan/check/BufferHooks";

    /** The class that has those of kernel addresses and of the kernel's helper functions. */
    public static final String KERNEL_OWNER = "org/jkasan/check/KernelHooks";

    /** The class that has those of JDK methods. */
    public static final String JDK_OWNER = "org/jkasan/check/JdkHooks";

    /** The class that has those of what compresses, hashes, signs and encrypts. */
    public static final String CODEC_OWNER = "org/jkasan/check/CodecHooks";

    /** The class that has those of loops. */
    public static final String LOOP_OWNER = "org/jkasan/check/LoopHooks";

    private static final String CHARS = "(Ljava/nio/CharBuffer;";

    private static final String CIPHER_RANGE =
            "(Ljavax/crypto/Cipher;Ljava/lang/Object;IILjava/lang/Object;I)V";

    private static final String CIPHER_BUFFERS =
            "(Ljavax/crypto/Cipher;Ljava/nio/ByteBuffer;Ljava/nio/ByteBuffer;)V";

    private static final String HELPER = "(Lorg/jkasan/check/CheckedHelper;";

    private static final String OF_ARRAY = "(Ljava/lang/Object;)J";
    private static final String ELEMENT = "(Ljava/lang/Object;I)V";
    private static final String HOISTED = "(IJ)V";

    private final String owner;
    private final String method;
    private final String descriptor;
    private final int parameters;

    Hook(String method, String descriptor) {
        this(Hook.OWNER, method, descriptor);
    }

    Hook(String owner, String method, String descriptor) {
        this.owner = owner;
        this.method = method;
        this.descriptor = descriptor;
        this.parameters = Type.getArgumentCount(descriptor);
    }

    /** Internal name of the class that has it. */
    String owner() {
        return owner;
    }

    public String method() {
        return method;
    }

    String descriptor() {
        return descriptor;
    }

    /** The type of a parameter, counted from 0. */
    public Type parameter(int index) {
        return Type.getArgumentTypes(descriptor)[index];
    }

    /** Whether it answers something: of its last parameter, what replaces the argument. */
    public boolean answers() {
        return !descriptor.endsWith(")V");
    }

    public int parameters() {
        return parameters;
    }

    /**
     * The hook that says whether an array may be tracked, of one that gives the handle of such an
     * array.
     *
     * @throws IllegalStateException of any other hook
     */
    public Hook maybe() {
        return switch (this) {
            case HANDLE -> MAYBE;
            case HANDLE1 -> MAYBE1;
            case HANDLE2 -> MAYBE2;
            case HANDLE4 -> MAYBE4;
            case HANDLE8 -> MAYBE8;
            default -> throw new IllegalStateException(this + " gives no handle");
        };
    }

    /**
     * The hook that answers the same and that C1 calls instead of inlining it; itself where there
     * is no other.
     */
    public Hook called() {
        return switch (this) {
            case HANDLE1, HANDLE2, HANDLE4, HANDLE8 -> HANDLE;
            case TURNS -> CALLED_TURNS;
            case TURNS_UNTIL -> CALLED_TURNS_UNTIL;
            default -> this;
        };
    }

    /**
     * The hook that says whether any array is tracked that one may be of which this gives the
     * handle; null where it gives that of any array.
     */
    public Hook tracked() {
        return switch (this) {
            case HANDLE1 -> TRACKED1;
            case HANDLE2 -> TRACKED2;
            case HANDLE4 -> TRACKED4;
            case HANDLE8 -> TRACKED8;
            default -> null;
        };
    }

    /** The call instruction. */
    public MethodInsnNode call() {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, owner, method, descriptor, false);
    }
}
