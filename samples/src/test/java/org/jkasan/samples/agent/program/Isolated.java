package org.jkasan.samples.agent.program;

import java.io.IOException;
import java.io.InputStream;

/**
 * Runs {@link Hello} in a class loader that asks its parent last, or for {@code java.*} only if the
 * argument is {@code isolated}: as OSGi and web servers have it.
 */
public final class Isolated {

    private Isolated() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        ClassLoader loader = new ParentLast(args[0].equals("isolated"));
        Class<?> hello = loader.loadClass(Hello.class.getName());
        if (hello == Hello.class) {
            throw new IllegalStateException("The parent's class was loaded.");
        }
        hello.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
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
            if (isolated && !name.equals(Hello.class.getName())) {
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
