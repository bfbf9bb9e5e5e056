package org.jkasan.agent.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The loader of the agent and what it uses: classes from the nested jars, everything else from the
 * platform, where the runtime is as well. It keeps the jars open, so the files may be deleted; and
 * resources are streams, never URLs.
 */
final class AgentLoader extends ClassLoader implements Consumer<Function<Object[], String>> {

    static {
        registerAsParallelCapable();
    }

    private static final String CLASS = ".class";

    /** How the names of classes begin that nobody but this loader has. */
    private static final String AGENT = "org.jkasan.agent.";

    /** May what the agent's own jar may, where a security manager has a policy for it. */
    private final ProtectionDomain domain = AgentLoader.class.getProtectionDomain();

    private final List<JarFile> jars = new ArrayList<>();
    private Function<Object[], String> entry;

    AgentLoader(List<Path> files) throws IOException {
        super("jkasan", getPlatformClassLoader());
        for (Path file : files) {
            jars.add(new JarFile(file.toFile(), false));
        }
    }

    /** Takes the way into the agent, from the initialiser of the class that is one. */
    @Override
    public void accept(Function<Object[], String> function) {
        entry = function;
    }

    /**
     * The way into the agent: starts it, and says why it refuses to, or null.
     *
     * @param name of the class that hands it over
     */
    Function<Object[], String> entry(String name) throws ClassNotFoundException {
        Class.forName(name, true, this);
        return entry;
    }

    /** The packages that have classes in the jars, of those that begin so. */
    Set<String> packages(String beginning) {
        Set<String> packages = new HashSet<>();
        for (JarFile jar : jars) {
            addPackages(packages, jar, beginning.replace('.', '/'));
        }
        return packages;
    }

    private static void addPackages(Set<String> packages, JarFile jar, String beginning) {
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            String name = entries.nextElement().getName();
            int slash = name.lastIndexOf('/');
            if (slash > 0 && name.endsWith(CLASS) && name.startsWith(beginning)) {
                packages.add(name.substring(0, slash).replace('/', '.'));
            }
        }
    }

    /** Asks for the agent's own classes nowhere else: the others have none of them. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(AGENT)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + CLASS;
        for (JarFile jar : jars) {
            JarEntry entry = jar.getJarEntry(file);
            if (entry != null) {
                try (InputStream in = jar.getInputStream(entry)) {
                    // in one piece, where readAllBytes makes buffers of 16 KiB
                    byte[] bytes = in.readNBytes((int) entry.getSize());
                    return defineClass(name, bytes, 0, bytes.length, domain);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
        throw new ClassNotFoundException(name);
    }

    /** As the JVM asks for a class of a named module. */
    @Override
    protected Class<?> findClass(String module, String name) {
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Out of the open jar: a URL would open the file once more. */
    @Override
    public InputStream getResourceAsStream(String name) {
        for (JarFile jar : jars) {
            JarEntry entry = jar.getJarEntry(name);
            if (entry != null) {
                try {
                    return jar.getInputStream(entry);
                } catch (IOException e) {
                    return null;
                }
            }
        }
        return null;
    }
}
