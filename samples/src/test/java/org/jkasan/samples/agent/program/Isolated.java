package org.jkasan.samples.agent.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jkasan.kernel.Kernel;

/**
 * Runs {@link Reader}, and then {@link Hello}, in a class loader that asks its parent last, or for
 * {@code java.*} only if the argument is {@code isolated}: as web servers and OSGi have it.
 */
public final class Isolated {

    private Isolated() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        ClassLoader loader = new ParentLast(args[0].equals("isolated"));
        load(loader, Hello.class).getMethod("main", String[].class).invoke(null, (Object) args);
        overflow(load(loader, Reader.class));
        if (!args[0].equals("isolated")) {
            load(loader, Overflow.class);
        }
    }

    /** Has a class by the name of {@link Reader} read kernel memory of this loader's kernel. */
    @SuppressWarnings("unchecked") // that is what a reader is, in any loader
    static void overflow(Class<?> reader) throws ReflectiveOperationException {
        Consumer<Object[]> reads = (Consumer<Object[]>) reader.getConstructor().newInstance();
        try (Kernel kernel = Kernel.boot()) {
            ByteBuffer buffer = kernel.vmalloc().vmallocBuffer(Reader.SIZE);
            byte[] array = kernel.vmalloc().vmallocBytes(Reader.SIZE);
            reads.accept(new Object[] {buffer, array});
        }
    }

    private static Class<?> load(ClassLoader loader, Class<?> here) throws ClassNotFoundException {
        Class<?> loaded = loader.loadClass(here.getName());
        if (loaded == here) {
            throw new IllegalStateException("The parent's class was loaded.");
        }
        return loaded;
    }

    /** Defines what it finds on the class path, but for {@code java.*}. */
    private static final class ParentLast extends ClassLoader {

        private final boolean isolated;

        ParentLast(boolean isolated) {
            super(Isolated.class.getClassLoader());
            this.isolated = isolated;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("java.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            if (isolated && !name.startsWith(Isolated.class.getPackageName())) {
                throw new ClassNotFoundException(name);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] classFile = in.readAllBytes();
                return defineClass(name, classFile, 0, classFile.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
