package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.jkasan.samples.agent.program.Hello;
import org.jkasan.samples.agent.program.Overflow;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;

/** A program in a named module, which does not read the unnamed one where the hooks are. */
class ModularProgramIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(JDKS)
    void hooks_areReadable(Jdk jdk) throws IOException {
        JvmResult result = run(jdk);

        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(result.outLines()).containsExactly("hello");
        assertThat(UnderTest.err(result))
                .singleElement()
                .asString()
                .startsWith("jkasan: 1 class instrumented, 0 failed, ");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void fewestModules_suffice(Jdk jdk) throws IOException {
        JvmResult result =
                run(jdk, "--limit-modules", "hello,java.base,java.instrument,java.logging");

        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(result.outLines()).containsExactly("hello");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void kernel_isUsedAsTheDocumentationSays(Jdk jdk) throws IOException {
        JvmResult result =
                UnderTest.attached(jdk)
                        .options("--add-reads", "hello=ALL-UNNAMED")
                        .options("-p", module(Overflow.class).toString())
                        .options("-m", "hello/" + Overflow.class.getName())
                        .run();

        assertThat(result.outLines()).as(result.toString()).last().isEqualTo("went on");
        assertThat(UnderTest.titles(result)).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void runtimeAsAModule_isRefused(Jdk jdk) throws IOException {
        JvmResult result =
                UnderTest.attached(jdk)
                        .options("--add-modules", "ALL-MODULE-PATH")
                        .options("-p", module(Hello.class) + File.pathSeparator + UnderTest.SAMPLES)
                        .options("-m", "hello/" + Hello.class.getName())
                        .run();

        assertThat(result.status()).isOne();
        assertThat(UnderTest.err(result))
                .containsExactly(
                        "jkasan: JKASAN's runtime is the module samples of this program, so no"
                                + " check would work; take its jar from the module path to the"
                                + " class path, have your module require nothing of it, and add"
                                + " --add-reads YOUR.MODULE=ALL-UNNAMED when you compile and run.");
    }

    private JvmResult run(Jdk jdk, String... options) throws IOException {
        return UnderTest.attached(jdk)
                .options(options)
                .options("-p", module(Hello.class).toString())
                .options("-m", "hello/" + Hello.class.getName())
                .run();
    }

    private Path module(Class<?> program) throws IOException {
        String hello = program.getName().replace('.', '/') + ".class";
        Path jar = directory.resolve("hello.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("module-info.class"));
            out.write(moduleInfo());
            out.putNextEntry(new ZipEntry(hello));
            out.write(Files.readAllBytes(UnderTest.testClasses().resolve(hello)));
        }
        return jar;
    }

    private static byte[] moduleInfo() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_MODULE, "module-info", null, null, null);
        ModuleVisitor module = writer.visitModule("hello", 0, null);
        module.visitRequire("java.base", Opcodes.ACC_MANDATED, null);
        module.visitPackage(Hello.class.getPackageName().replace('.', '/'));
        module.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
