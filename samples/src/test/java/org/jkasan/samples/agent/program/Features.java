package org.jkasan.samples.agent.program;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jkasan.kernel.Kernel;

/** Reads one element too far in each kind of class and thread that Java has. */
public final class Features {

    static final int SIZE = 13;

    private static final int VIRTUAL_THREADS_SINCE = 21;

    private Features() {}

    public static void main(String[] args) throws Exception {
        try (Kernel kernel = Kernel.boot()) {
            byte[] array = kernel.vmalloc().vmallocBytes(SIZE);
            past(array, bytes -> bytes[SIZE]); // bad: lambda
            past(array, Features::past); // bad: method reference
            past(array, bytes -> new Cell(bytes).next());
            past(array, bytes -> ((Shape) new Box(bytes)).edge());
            past(array, Marker.LAST::mark);
            if (Runtime.version().feature() >= VIRTUAL_THREADS_SINCE) {
                virtual(() -> past(array, Features::inVirtualThread));
            }
            hidden(array);
        }
        System.out.println("went on");
    }

    private static void past(byte[] array, ToIntFunction<byte[]> access) {
        try {
            access.applyAsInt(array);
            System.out.println("Java has not seen it.");
        } catch (ArrayIndexOutOfBoundsException asEver) {
            return;
        }
    }

    private static int past(byte[] bytes) {
        return bytes[SIZE];
    }

    private static int inVirtualThread(byte[] bytes) {
        return bytes[SIZE];
    }

    private static void virtual(Runnable work) throws Exception {
        ((Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work))
                .join();
    }

    /** HotSpot shows no agent a hidden class, so what it does is not seen. */
    @SuppressWarnings("unchecked") // that is what it is
    private static void hidden(byte[] array) throws Exception {
        String file = "Features$Hidden.class";
        byte[] classFile;
        try (InputStream in = Features.class.getResourceAsStream(file)) {
            classFile = in.readAllBytes();
        }
        Class<?> hidden = MethodHandles.lookup().defineHiddenClass(classFile, true).lookupClass();
        Function<byte[], Integer> access =
                (Function<byte[], Integer>) hidden.getDeclaredConstructor().newInstance();
        past(array, access::apply);
        System.out.println("hidden: " + hidden.isHidden());
    }

    /** A record. */
    record Cell(byte[] bytes) {

        int next() {
            return bytes[SIZE]; // bad: record
        }
    }

    /** A sealed interface with code. */
    sealed interface Shape permits Box {

        byte[] bytes();

        default int edge() {
            return bytes()[SIZE]; // bad: default method
        }
    }

    /** The only shape. */
    record Box(byte[] bytes) implements Shape {}

    /** An enum with a constant of its own class. */
    enum Marker {
        LAST {
            @Override
            int mark(byte[] bytes) {
                return bytes[SIZE]; // bad: enum constant
            }
        };

        abstract int mark(byte[] bytes);
    }

    /** Becomes a hidden class. */
    static final class Hidden implements Function<byte[], Integer> {

        Hidden() {}

        @Override
        public Integer apply(byte[] bytes) {
            return (int) bytes[SIZE];
        }
    }
}
