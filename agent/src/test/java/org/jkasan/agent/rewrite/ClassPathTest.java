package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

/** Every class of the libraries on the test class path, rewritten and verified by the JVM. */
class ClassPathTest {

    private final ClassRewriter rewriter = new ClassRewriter();
    private final Map<String, byte[]> originals = new TreeMap<>();

    @Test
    void classPath_rewritten_verifies() throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                read(new File(entry));
            }
        }
        RewritingLoader loader = new RewritingLoader(ClassLoader.getPlatformClassLoader());
        RewritingLoader untouched = new RewritingLoader(ClassLoader.getPlatformClassLoader());
        originals.forEach(untouched::with);
        List<String> rewritten = new ArrayList<>();
        long checks = 0;
        for (Map.Entry<String, byte[]> each : originals.entrySet()) {
            ClassReader reader = new ClassReader(each.getValue());
            assertThat(new AccessScan(each.getValue(), reader, true).forms(CheckForm.HANDLES))
                    .as(each.getKey())
                    .isEqualTo(AccessSurvey.forms(reader, CheckForm.HANDLES));
            RewrittenClass result = rewriter.rewrite(each.getValue()).orElse(null);
            loader.with(each.getKey(), result == null ? each.getValue() : result.classFile());
            if (result != null) {
                rewritten.add(each.getKey());
                checks += result.checks();
            }
        }

        List<String> failures = new ArrayList<>();
        for (String name : rewritten) {
            String failure = failure(loader, name);
            if (failure != null && !failure.equals(failure(untouched, name))) {
                failures.add(name + ": " + failure);
            }
        }

        System.out.printf(
                "Read %d classes; %d rewritten and verified, with %d checks.%n",
                originals.size(), rewritten.size(), checks);
        assertThat(failures).isEmpty();
        assertThat(rewritten).hasSizeGreaterThan(300);
    }

    private void read(File jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(".class")
                        && !name.startsWith("META-INF/")
                        && !name.endsWith("module-info.class")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        String binaryName =
                                name.substring(0, name.length() - ".class".length())
                                        .replace('/', '.');
                        originals.putIfAbsent(binaryName, in.readAllBytes());
                    }
                }
            }
        }
    }

    /** What the JVM finds wrong with a class, a missing optional dependency included, or null. */
    private static String failure(RewritingLoader loader, String name) {
        try {
            loader.link(name);
            return null;
        } catch (ClassNotFoundException | LinkageError e) {
            return e.getClass().getName() + ": " + e.getMessage();
        }
    }
}
