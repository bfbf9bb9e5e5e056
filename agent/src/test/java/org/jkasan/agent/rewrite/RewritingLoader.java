package org.jkasan.agent.rewrite;

import java.util.HashMap;
import java.util.Map;

/** A class loader that defines the classes it is given from bytes and asks others for the rest. */
public final class RewritingLoader extends ClassLoader {

    private final Map<String, byte[]> classFiles = new HashMap<>();

    public RewritingLoader(ClassLoader parent) {
        super(parent);
    }

    /** Adds a class by binary name. */
    public RewritingLoader with(String name, byte[] classFile) {
        classFiles.put(name, classFile);
        return this;
    }

    /** Links a class, that is, has the JVM verify it, without running its initialiser. */
    void link(String name) throws ClassNotFoundException {
        loadClass(name).getDeclaredMethods();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] classFile = classFiles.get(name);
            return classFile == null
                    ? super.loadClass(name, resolve)
                    : defineClass(name, classFile, 0, classFile.length);
        }
    }
}
