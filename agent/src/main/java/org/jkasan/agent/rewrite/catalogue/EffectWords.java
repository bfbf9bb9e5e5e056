package org.jkasan.agent.rewrite.catalogue;

import java.lang.invoke.VarHandle.AccessMode;

/** What an effect does, in a few words. */
final class EffectWords {

    private EffectWords() {}

    static String of(Effect effect) {
        return switch (effect.hook()) {
            case COPY -> "reads the source, writes the destination";
            case WRITE_ALL, ARRAY_WRITE_NEEDING -> "writes the array";
            case WRITE_RANGE, RANGE_WRITE_NEEDING, DEFLATE -> "writes the range";
            case ARRAY_READ, TEXT_READ, CRYPTO_READ, VERIFY_READ -> "reads the array";
            case ARRAY_READ_RANGE,
                    TEXT_READ_RANGE,
                    CRYPTO_READ_RANGE,
                    VERIFY_READ_RANGE,
                    CIPHER_READ,
                    CIPHER_FINISH ->
                    "reads the range";
            case READ_COPY -> "reads what is copied";
            case ARRAY_SEARCH, RANGE_SEARCH -> "reads the first element that is tried";
            case ARRAYS_COMPARE, RANGES_COMPARE, BUFFERS_COMPARE ->
                    "reads both as far as the shorter";
            case ARRAYS_EQUAL, RANGES_EQUAL, BUFFERS_EQUAL -> "reads both if as long";
            case TEXT_WRITE -> "writes the characters";
            case DIGEST_WRITE, MAC_WRITE -> "writes the result";
            case BUFFER_LOAD -> "reads " + bytes(effect) + " at the position";
            case BUFFER_LOAD_AT -> "reads " + bytes(effect) + " at the index";
            case BUFFER_STORE -> "writes " + bytes(effect) + " at the position";
            case BUFFER_STORE_AT -> "writes " + bytes(effect) + " at the index";
            case BUFFER_GET, BUFFER_GET_ALL, BUFFER_GET_AT, BUFFER_GET_ALL_AT ->
                    "reads the buffer, writes the array";
            case BUFFER_PUT, BUFFER_PUT_ALL, BUFFER_PUT_AT, BUFFER_PUT_ALL_AT ->
                    "reads the array, writes the buffer";
            case BUFFER_PUT_BUFFER, BUFFER_PUT_BUFFER_AT -> "reads the source, writes the buffer";
            case BUFFER_PUT_STRING, BUFFER_PUT_STRING_PART, CHARS_APPEND, CHARS_APPEND_PART ->
                    "writes the text's place";
            case BUFFER_DRAIN,
                    BUFFER_DRAIN_AT,
                    BUFFER_DRAIN_NEEDING,
                    BUFFER_DRAIN_AT_NEEDING,
                    CRYPTO_DRAIN,
                    CIPHER_DRAIN,
                    CIPHER_FINISH_BUFFERS ->
                    "reads what remains";
            case BUFFER_FILL,
                    BUFFER_FILL_AT,
                    BUFFER_FILL_NEEDING,
                    BUFFER_FILL_AT_NEEDING,
                    DEFLATE_BUFFER ->
                    "writes what remains";
            case BUFFERS_DRAIN, BUFFERS_DRAIN_PART -> "reads what remains in each";
            case BUFFERS_FILL, BUFFERS_FILL_PART -> "writes what remains in each";
            case BUFFER_COMPACT -> "reads what remains, writes the beginning";
            case CHAR_LOAD -> "reads 2 bytes behind the position";
            case CHARS_READ -> "reads and writes what fits";
            case HANDLE_OF_ARRAY, HANDLE_OF_BUFFER -> handle(effect);
            default -> kernel(effect);
        };
    }

    private static String kernel(Effect effect) {
        return switch (effect.hook()) {
            case KERNEL_LOAD, HELPER_LOAD -> "reads " + bytes(effect) + " at the address";
            case KERNEL_STORE, HELPER_STORE -> "writes " + bytes(effect) + " at the address";
            case KERNEL_READ, HELPER_READ, USER_COPY -> "reads the range";
            case KERNEL_WRITE, HELPER_WRITE -> "writes the range";
            case KERNEL_COPY_IN -> "reads the array, writes the range";
            case KERNEL_COPY_OUT -> "reads the range, writes the array";
            case BIT_LOAD -> "reads the bit's 8 bytes";
            case BIT_STORE -> "writes the bit's 8 bytes";
            case STRING_READ, STRING_READ_UP_TO -> "reads the string";
            case STRING_FIND, MEMORY_FIND -> "reads up to what is found";
            case STRING_COMPARE, STRING_COMPARE_UP_TO, MEMORY_COMPARE ->
                    "reads both up to the difference";
            case STRING_COPY, STRING_COPY_UP_TO -> "reads the string, writes its copy";
            case NOFAULT_FROM, NOFAULT_TO -> "reads the source, writes the destination";
            case USER_STRING -> "writes the string's copy";
            default -> throw new IllegalArgumentException(effect.hook() + " has no words");
        };
    }

    private static String bytes(Effect effect) {
        int size = constant(effect);
        return size == 1 ? "1 byte" : size + " bytes";
    }

    private static String handle(Effect effect) {
        String touches =
                switch (AccessMode.values()[constant(effect)]) {
                    case GET, GET_VOLATILE, GET_ACQUIRE, GET_OPAQUE -> "reads";
                    default -> "writes";
                };
        return touches + " the element, or the view's bytes";
    }

    /** The operand that is known beforehand: the last one. */
    private static int constant(Effect effect) {
        int last = effect.operands().size() - 1;
        return ((Operand.Constant) effect.operands().get(last)).value();
    }
}
