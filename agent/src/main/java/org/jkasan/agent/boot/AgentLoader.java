package org.jkasan.agent.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The loader of the agent's module: classes from the nested jars, everything else from the
 * platform, where the runtime is as well. It keeps the jars open, so the files may be deleted;
 * resources alone need them, and are wanted only while the agent starts.
 */
final class AgentLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String CLASS = ".class";

    private final List<JarFile> jars = new ArrayList<>();
    private final Set<String> packages = new HashSet<>();

    AgentLoader(List<Path> files) throws IOException {
        super("jkasan", getPlatformClassLoader());
        for (Path file : files) {
            JarFile jar = new JarFile(file.toFile());
            jars.add(jar);
            addPackages(jar);
        }
    }

    private void addPackages(JarFile jar) {
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            String name = entries.nextElement().getName();
            int slash = name.lastIndexOf('/');
            if (slash > 0 && name.endsWith(CLASS) && !name.startsWith("META-INF/")) {
                packages.add(name.substring(0, slash).replace('/', '.'));
            }
        }
    }

    /** The packages that have classes in the jars. */
    Set<String> packages() {
        return packages;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + CLASS;
        for (JarFile jar : jars) {
            JarEntry entry = jar.getJarEntry(file);
            if (entry != null) {
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
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

    @Override
    protected URL findResource(String name) {
        for (JarFile jar : jars) {
            if (jar.getJarEntry(name) != null) {
                try {
                    URI file = Path.of(jar.getName()).toUri();
                    return URI.create("jar:" + file + "!/" + name).toURL();
                } catch (MalformedURLException e) {
                    return null;
                }
            }
        }
        return null;
    }

    @Override
    protected URL findResource(String module, String name) {
        return findResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL url = findResource(name);
        return url == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(url));
    }
}
