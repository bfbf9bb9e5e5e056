package org.jkasan.agent.rewrite.loop;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.Variant;
import org.jkasan.shadow.ShadowByte;

/**
 * Loops that nobody wrote for a test: the JDK's own sorting and its ciphers, over arrays and tables
 * that are tracked, some of them with something bad in it.
 */
class JdkCodeProperties extends SameReports {

    private static final String SORTING = "DualPivotQuicksort";

    private static final Map<String, byte[]> SORTERS =
            JdkCopies.of(
                    "java/util/",
                    SORTING,
                    SORTING + "$SortOperation",
                    SORTING + "$PartitionOperation",
                    SORTING + "$Sorter",
                    SORTING + "$Merger",
                    SORTING + "$RunMerger");

    private static final Map<String, byte[]> CIPHERS =
            JdkCopies.of(
                    "com/sun/crypto/provider/",
                    "SymmetricCipher",
                    "AESConstants",
                    "AESCrypt",
                    "BlowfishConstants",
                    "BlowfishCrypt",
                    "DESConstants",
                    "DESCrypt",
                    "RC2Crypt");

    private static final Map<Variant, ClassLoader> SORTER_LOADERS = new EnumMap<>(Variant.class);
    private static final Map<Variant, ClassLoader> CIPHER_LOADERS = new EnumMap<>(Variant.class);

    private static final Class<?>[] SORTED = {
        int[].class, long[].class, float[].class, double[].class
    };

    /** The names of ciphers, and how many bytes their keys have. */
    private record Cipher(String name, int... keys) {}

    private static final Cipher[] BLOCKS = {
        new Cipher("AES", 16, 24, 32),
        new Cipher("DES", 8),
        new Cipher("Blowfish", 5, 16, 56),
        new Cipher("RC2", 8, 16, 100)
    };

    @Property(tries = 150)
    void sorting_reportsTheSame(@ForAll long seed) {
        assertSame(variant -> sort(variant, new Random(seed)), Variant::name);
    }

    @Property(tries = 150)
    void ciphers_reportTheSame(@ForAll long seed) {
        assertSame(variant -> encrypt(variant, new Random(seed)), Variant::name);
    }

    private static String sort(Variant variant, Random random) {
        Class<?> type = SORTED[random.nextInt(SORTED.length)];
        int length = random.nextInt(random.nextBoolean() ? 60 : 900);
        int values = 1 << 1 + random.nextInt(25);
        Object array = Array.newInstance(type.getComponentType(), length);
        for (int i = 0; i < length; i++) {
            Array.set(array, i, element(type, random.nextInt(values) + i % 3 * values));
        }
        new Tracked(random, 50).track(array);
        int high = length + (random.nextInt(10) == 0 ? 1 : 0);
        int low = random.nextInt(4) == 0 ? random.nextInt(high + 1) : 0;
        ClassLoader loader = SORTER_LOADERS.computeIfAbsent(variant, v -> v.loader(SORTERS));
        try {
            Method sort =
                    loader.loadClass(JdkCopies.binaryName(SORTING))
                            .getDeclaredMethod("sort", type, int.class, int.class, int.class);
            return Variant.outcome(sort, array, 0, low, high)
                    + Arrays.deepToString(new Object[] {array});
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object element(Class<?> array, int value) {
        if (array == int[].class) {
            return value;
        } else if (array == long[].class) {
            return (long) value << 20;
        }
        return array == float[].class ? (Object) (float) value : (Object) (double) value;
    }

    private static String encrypt(Variant variant, Random random) {
        Cipher cipher = BLOCKS[random.nextInt(BLOCKS.length)];
        byte[] key = new byte[cipher.keys[random.nextInt(cipher.keys.length)]];
        byte[] text = new byte[64];
        byte[] result = new byte[random.nextInt(10) == 0 ? 60 : 64];
        random.nextBytes(key);
        random.nextBytes(text);
        Tracked tracked = new Tracked(random, 5);
        tracked.track(key);
        tracked.track(text);
        tracked.track(result);
        boolean decrypts = random.nextBoolean();
        ClassLoader loader = CIPHER_LOADERS.computeIfAbsent(variant, v -> v.loader(CIPHERS));
        try {
            Class<?> type = loader.loadClass(JdkCopies.binaryName(cipher.name + "Crypt"));
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object object = constructor.newInstance();
            tracked.trackFields(object);
            StringBuilder outcome = new StringBuilder();
            Method init = Variant.method(type, "init");
            outcome.append(Variant.outcomeOn(object, init, decrypts, cipher.name, key));
            tracked.trackFields(object);
            Class<?> bytes = byte[].class;
            String name = decrypts ? "decryptBlock" : "encryptBlock";
            Method block = type.getDeclaredMethod(name, bytes, int.class, bytes, int.class);
            for (int i = 0; i < text.length; i += 16) {
                outcome.append(Variant.outcomeOn(object, block, text, i, result, i));
            }
            return outcome.append(Arrays.toString(result)).toString();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Arrays that a run tracks, most of them, and with something bad in it now and then. */
    private static final class Tracked {

        private final Random random;
        private final int bad;
        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        /** So many of a hundred arrays are bad somewhere. */
        Tracked(Random random, int bad) {
            this.random = random;
            this.bad = bad;
        }

        void track(Object array) {
            if (!seen.add(array) || random.nextInt(5) == 0) {
                return;
            }
            int length = Array.getLength(array);
            long size = length == 0 ? 0 : (long) length * width(array);
            Redzones.track(shadow, array, array.getClass().getSimpleName() + seen.size(), size);
            if (size >= 8 && random.nextInt(100) < bad) {
                long at = RecordingHooks.address(array) + random.nextInt((int) size / 8) * 8L;
                shadow.poison(at, 8, ShadowByte.VMALLOC_INVALID);
            }
        }

        private static int width(Object array) {
            return array instanceof byte[]
                    ? 1
                    : array instanceof int[] || array instanceof float[] ? 4 : 8;
        }

        /** All arrays in an object's fields, static ones among them, and rows of arrays. */
        void trackFields(Object object) throws IllegalAccessException {
            for (Field field : object.getClass().getDeclaredFields()) {
                field.setAccessible(true);
                Object value = field.get(Modifier.isStatic(field.getModifiers()) ? null : object);
                if (value instanceof Object[] rows) {
                    Arrays.stream(rows).forEach(this::track);
                } else if (value != null && value.getClass().isArray()) {
                    track(value);
                }
            }
        }
    }
}
