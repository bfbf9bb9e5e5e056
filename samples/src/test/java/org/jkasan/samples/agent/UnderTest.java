package org.jkasan.samples.agent;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;

/** The packaged agent, and child JVMs that run the tests' programs with it. */
final class UnderTest {

    static final Path AGENT = Path.of(System.getProperty("jkasan.agent")).normalize();

    /** Has a runtime of its own in it, which must lose against the boot loader's. */
    static final Path SAMPLES = Path.of(System.getProperty("jkasan.samples"));

    /** What HotSpot says of every agent that appends to the boot class path. */
    private static final String CDS = "Sharing is only supported for boot loader classes";

    private static final String PROGRAMS = UnderTest.class.getPackageName() + ".program.";

    private UnderTest() {}

    /** A JVM with the agent; its program is yet to be named. */
    static ChildJvm attached(Jdk jdk, String... options) {
        return ChildJvm.on(jdk).options("-Xmx128m").agent(AGENT, options);
    }

    /** Runs a program of the tests, with the samples' jar behind it on the class path. */
    static JvmResult run(ChildJvm child, String program, String... arguments) {
        return run(child, List.of(), program, arguments);
    }

    /** The same with further jars. */
    static JvmResult run(ChildJvm child, List<Path> jars, String program, String... arguments) {
        return program(child, jars, program, arguments).run();
    }

    /** Names the child's program, with further jars before it on the class path. */
    static ChildJvm program(ChildJvm child, List<Path> jars, String program, String... arguments) {
        List<Path> classPath = new ArrayList<>(jars);
        classPath.add(testClasses());
        classPath.add(SAMPLES);
        return child.main(classPath, PROGRAMS + program, arguments);
    }

    /** Standard error without HotSpot's line on class data sharing. */
    static List<String> err(JvmResult result) {
        return result.errLines().stream().filter(line -> !line.contains(CDS)).toList();
    }

    /** The titles of the reports. */
    static List<String> titles(JvmResult result) {
        return result.errLines().stream().filter(line -> line.startsWith("BUG: KASAN: ")).toList();
    }

    /** The jar on the class path of the tests whose name begins so. */
    static Path library(String name) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No " + name + " on the class path"));
    }

    static Path testClasses() {
        return Path.of(
                UnderTest.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
