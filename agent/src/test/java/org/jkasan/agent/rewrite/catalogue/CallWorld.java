package org.jkasan.agent.rewrite.catalogue;

import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jkasan.check.ArrayElements;
import org.jkasan.check.Sanitizer;
import org.jkasan.config.KasanConfig;
import org.jkasan.host.HostMemory;
import org.jkasan.host.jna.JnaHostMemory;
import org.jkasan.shadow.ShadowByte;
import org.objectweb.asm.Type;

/**
 * Random arguments for a call, legal and illegal, over memory of which a part is bad. The same seed
 * makes the same ones.
 */
final class CallWorld {

    private static final HostMemory HOST = new JnaHostMemory();
    private static final int PAGE = 4096;
    private static final int SIZE = 64 * PAGE;
    private static final long REGION = HOST.reserve(SIZE, PAGE, "a test");
    private static final int LONGEST = 24;
    private static final int MOST_BYTES = 64;

    /** Installed, so that the hooks are real. */
    static final Sanitizer SANITIZER = new Sanitizer(KasanConfig.defaults(), HOST, text -> {});

    static {
        Sanitizer.install(SANITIZER);
    }

    final List<CallMemory> memories = new ArrayList<>();
    final Object[] arguments;
    private final Random random;

    /** The least of ints. Java takes the distance to it, which overflows, for a copy's length. */
    private final int least;

    private final int salt;

    /**
     * Makes the arguments, and poisons all memory but what of theirs is good.
     *
     * @param salt of the memory's contents, 0 or 1
     */
    CallWorld(InterceptedCall row, Type[] types, long seed, int salt) {
        this.random = new Random(seed);
        this.least = row.name().equals("copyOfRange") ? -1000 : Integer.MIN_VALUE;
        this.salt = salt;
        SANITIZER.shadow().poison(REGION, SIZE, ShadowByte.VMALLOC_INVALID);
        arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            boolean isNull = types[i].getSort() >= Type.ARRAY && random.nextInt(30) == 0;
            Object value = argument(types[i], i);
            arguments[i] = isNull ? null : value;
        }
        if (row.kind() == InterceptedCall.Kind.POLYMORPHIC && arguments[0] == null) {
            arguments[0] = CallArguments.handle(types[1]);
        }
    }

    private Object argument(Type type, int position) {
        if (type.getSort() == Type.INT) {
            return integer();
        }
        if (type.getSort() == Type.ARRAY && type.getElementType().getSort() != Type.OBJECT) {
            return array(CallArguments.of(type, 0).getClass().getComponentType());
        }
        String name = type.getClassName();
        if (name.equals("java.lang.Object")) {
            return array(random.nextBoolean() ? int.class : byte.class);
        }
        if (name.matches("java.nio.(Mapped)?\\w+Buffer")) {
            return buffer(name);
        }
        return CallArguments.of(type, position);
    }

    private int integer() {
        return switch (random.nextInt(12)) {
            case 0 -> -1;
            case 1 -> 1000;
            case 2 -> least;
            case 3, 4, 5 -> 0;
            default -> random.nextInt(LONGEST + 2);
        };
    }

    private Object array(Class<?> component) {
        Object array = Array.newInstance(component, random.nextInt(LONGEST));
        int unit = 1 << ArrayElements.shift(array);
        int good = good(Array.getLength(array) * unit);
        CallMemory memory = CallMemory.of(array, unit, place(good), good);
        memory.fill(salt, memories.size());
        SANITIZER.arrays().track(array, memory.base);
        memories.add(memory);
        return array;
    }

    /** How much of so many bytes is good: all by half. */
    private int good(int bytes) {
        return random.nextBoolean() ? bytes : random.nextInt(bytes + 1);
    }

    private long place(int good) {
        long base = REGION + PAGE * (2 * memories.size() + 1L);
        SANITIZER.shadow().unpoison(base, good);
        return base;
    }

    private Buffer buffer(String type) {
        boolean mapped = type.contains("Mapped");
        Buffer buffer = mapped || random.nextBoolean() ? direct(type) : heap(type);
        int limit = random.nextInt(buffer.capacity() + 1);
        buffer.limit(limit).position(random.nextInt(limit + 1));
        return buffer;
    }

    private Buffer direct(String type) {
        int capacity = random.nextInt(MOST_BYTES);
        int good = good(capacity);
        long base = place(good);
        ByteBuffer bytes = HOST.buffer(base, capacity);
        Buffer buffer = view(bytes, type);
        int elements = buffer.capacity();
        int group = elements == 0 ? 1 : Integer.highestOneBit(capacity / elements);
        CallMemory memory = CallMemory.of(bytes.duplicate(), base, good, group);
        memory.fill(salt, memories.size());
        memories.add(memory);
        return buffer;
    }

    private Buffer view(ByteBuffer bytes, String type) {
        return switch (type) {
            case "java.nio.CharBuffer" -> bytes.asCharBuffer();
            case "java.nio.ShortBuffer" -> bytes.asShortBuffer();
            case "java.nio.IntBuffer" -> bytes.asIntBuffer();
            case "java.nio.LongBuffer" -> bytes.asLongBuffer();
            case "java.nio.FloatBuffer" -> bytes.asFloatBuffer();
            case "java.nio.DoubleBuffer" -> bytes.asDoubleBuffer();
            default -> random.nextInt(8) == 0 ? bytes.asReadOnlyBuffer() : bytes;
        };
    }

    private Buffer heap(String type) {
        return switch (type) {
            case "java.nio.CharBuffer" -> CharBuffer.wrap((char[]) array(char.class));
            case "java.nio.ShortBuffer" -> ShortBuffer.wrap((short[]) array(short.class));
            case "java.nio.IntBuffer" -> IntBuffer.wrap((int[]) array(int.class));
            case "java.nio.LongBuffer" -> LongBuffer.wrap((long[]) array(long.class));
            case "java.nio.FloatBuffer" -> FloatBuffer.wrap((float[]) array(float.class));
            case "java.nio.DoubleBuffer" -> DoubleBuffer.wrap((double[]) array(double.class));
            default -> ByteBuffer.wrap((byte[]) array(byte.class));
        };
    }

    /** Contents of all memory, one by one. */
    List<Object[]> contents() {
        return memories.stream().map(CallMemory::contents).toList();
    }

    void close() {
        memories.stream()
                .map(CallMemory::array)
                .filter(array -> array != null)
                .forEach(SANITIZER.arrays()::untrack);
    }
}
