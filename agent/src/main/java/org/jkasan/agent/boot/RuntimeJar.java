package org.jkasan.agent.boot;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Properties;

/** The runtime out of this jar, for what the command line asks it; never the one that checks. */
final class RuntimeJar implements AutoCloseable {

    private final NestedJars jars;
    private final URLClassLoader loader;

    private RuntimeJar(NestedJars jars, URLClassLoader loader) {
        this.jars = jars;
        this.loader = loader;
    }

    static RuntimeJar open() throws IOException {
        NestedJars jars = NestedJars.unpack();
        return new RuntimeJar(
                jars, new URLClassLoader(new URL[] {jars.runtime().toUri().toURL()}, null));
    }

    /** Where this jar is. */
    static Path ownJar() throws IOException {
        return NestedJars.ownJar();
    }

    /** The table of options. */
    String help() throws ReflectiveOperationException {
        return (String)
                loader.loadClass("org.jkasan.config.OptionTable").getMethod("help").invoke(null);
    }

    /**
     * The options of a late attach, checked.
     *
     * @throws WrongOptionsException in one sentence where they are wrong
     */
    String checkedOptions(String options, Properties target)
            throws ReflectiveOperationException, WrongOptionsException {
        try {
            return (String)
                    loader.loadClass("org.jkasan.config.LateArguments")
                            .getMethod("checked", String.class, Properties.class)
                            .invoke(null, options, target);
        } catch (InvocationTargetException e) {
            Class<?> wrong = loader.loadClass("org.jkasan.config.OptionException");
            if (wrong.isInstance(e.getCause())) {
                throw new WrongOptionsException(e.getCause().getMessage());
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
        jars.close();
    }

    /** Options that the runtime does not understand, in its own words. */
    static final class WrongOptionsException extends Exception {

        private static final long serialVersionUID = 1L;

        WrongOptionsException(String message) {
            super(message);
        }
    }
}
