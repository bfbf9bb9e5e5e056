package org.jkasan.agent.boot;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that prints which accesses and calls are checked. */
final class Intercepts {

    private Intercepts() {}

    /** Prints; the answer is null, or the sentence that says why it cannot. */
    static String print() throws ReflectiveOperationException {
        try (NestedJars jars = NestedJars.unpack()) {
            List<URL> urls = new ArrayList<>();
            for (Path jar : jars.modules()) {
                urls.add(jar.toUri().toURL());
            }
            try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), null)) {
                Class<?> table =
                        loader.loadClass("org.jkasan.agent.rewrite.catalogue.InterceptTable");
                System.out.print((String) table.getMethod("text").invoke(null));
            }
            return null;
        } catch (IOException e) {
            return "The table cannot be read out of this jar (" + e + ").";
        }
    }
}
