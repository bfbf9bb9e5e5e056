package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.Jdks;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line's attach and detach, against programs that run. */
class AttachCommandIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    private static final String ONLY = "kasan.include=*.Hello:*.Overflow";

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(JDKS)
    void attach_detach_andAttachAgain(Jdk jdk) throws Exception {
        try (LiveJvm target = start(jdk)) {
            assertDone(
                    command("attach", target.pid(), ONLY, "kasan.vmalloc_strict"),
                    "attached to " + target.pid() + ": 1 class instrumented, 0 failed, ");
            assertThat(target.tell("enabled")).containsExactly("true");
            assertThat(target.tell("vmalloc_strict")).containsExactly("true");
            target.tell("overflow");
            assertThat(target.titles()).hasSize(4);

            assertDone(
                    command("detach", target.pid()),
                    "detached from "
                            + target.pid()
                            + ": 2 classes have their own bytes again, 4 reports (2 repeats) so far.");
            assertThat(target.tell("enabled")).containsExactly("false");
            target.tell("overflow");
            target.tell("report"); // what still called a hook would now be heard
            target.tell("overflow");
            assertThat(target.tell("hello")).containsExactly("hello");
            assertThat(target.titles()).hasSize(4);

            assertDone(
                    command("attach", target.pid(), ONLY, "kasan.vmalloc_strict"),
                    "attached to " + target.pid() + ": 2 classes instrumented, 0 failed, ");
            target.tell("overflow"); // the same bugs: counted, not printed again
            assertThat(target.tell("enabled")).containsExactly("true");
            assertThat(target.end()).isZero();
            assertThat(target.err())
                    .last()
                    .asString()
                    .startsWith("jkasan: 2 classes instrumented, 0 failed, ")
                    .endsWith(" 4 reports (8 repeats)");
        }
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void detach_whatPremainAttached(Jdk jdk) throws Exception {
        try (LiveJvm target = LiveJvm.start(UnderTest.attached(jdk, ONLY))) {
            target.tell("overflow");
            assertThat(target.titles()).hasSize(4);

            assertDone(command("detach", target.pid()), ": 2 classes have their own bytes again, ");
            target.tell("report");
            target.tell("overflow");

            assertThat(target.end()).isZero();
            assertThat(target.titles()).hasSize(4);
            assertThat(target.err()).noneMatch(line -> line.startsWith("jkasan: "));
        }
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void attach_wrongOption_isSaidHereAndTheProgramSeesNothing(Jdk jdk) throws Exception {
        try (LiveJvm target = start(jdk)) {
            assertRefused(
                    command("attach", target.pid(), "kasan.foult=throw"),
                    "Unknown option \"kasan.foult\" in the agent's arguments; known are ");
            Path log = directory.resolve("missing/log");
            assertRefused(
                    command("attach", target.pid(), "kasan.log=" + log),
                    "Cannot write reports to " + log + ": its directory does not exist");
            assertRefused(
                    command("detach", target.pid()),
                    "The agent is not attached to this JVM, so there is nothing to detach.");

            assertThat(target.tell("hello")).containsExactly("hello");
            assertThat(target.end()).isZero();
            assertThat(target.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void attach_whereItCannotBe_saysWhy(Jdk jdk) throws Exception {
        try (LiveJvm target = LiveJvm.start(UnderTest.attached(jdk))) {
            assertRefused(
                    command("attach", target.pid()),
                    "The agent is attached to this JVM already; attach it once.");
            assertDone(command("detach", target.pid()), "detached from " + target.pid());
            assertRefused(
                    command("attach", target.pid(), "kasan.fault=panic"),
                    "Option kasan.fault was report when the agent was first attached to this JVM"
                            + " and stays so; ");
            assertThat(target.tell("hello")).containsExactly("hello");
        }
    }

    @Test
    void attach_aJvmThatTakesNoAgents_isRefused() throws Exception {
        Jdk latest = Jdks.installed().get(Jdks.installed().size() - 1);
        String option = "-XX:-EnableDynamicAgentLoading";
        try (LiveJvm target =
                LiveJvm.start(ChildJvm.on(latest).options("-Xmx128m").options(option))) {
            assertRefused(
                    command("attach", target.pid()),
                    "Process " + target.pid() + " was started with " + option + ", so it takes no");
            assertThat(target.tell("hello")).containsExactly("hello");
        }
    }

    /** From 21 on a JVM warns of agents that come late, unless an option allows them. */
    @ParameterizedTest
    @MethodSource(JDKS)
    void attach_aJvmThatWarns_isExplained(Jdk jdk) throws Exception {
        String note = "jkasan: Java " + jdk.feature() + " has printed a warning";
        try (LiveJvm target = start(jdk)) {
            JvmResult result = command("attach", target.pid());
            assertThat(result.out().contains(note)).isEqualTo(jdk.feature() >= 21);
        }
        String allowed = "-XX:+EnableDynamicAgentLoading";
        try (LiveJvm target =
                LiveJvm.start(ChildJvm.on(jdk).options("-Xmx128m").options(allowed))) {
            JvmResult result = command("attach", target.pid());
            assertThat(result.out()).contains("attached to ").doesNotContain(note);
        }
    }

    /** A relative path of the command line is meant from where the command runs. */
    @Test
    void attach_relativePaths_areThoseOfTheCommandLine() throws Exception {
        try (LiveJvm target = start(Jdks.running())) {
            JvmResult result =
                    child().directory(directory)
                            .jar(UnderTest.AGENT, "attach", target.pid(), "kasan.log=here.log")
                            .run();
            assertDone(result, "attached to ");
            target.tell("overflow");

            assertThat(Files.readString(directory.resolve("here.log"))).contains("BUG: KASAN: ");
            assertThat(target.titles()).isEmpty();
        }
    }

    @Test
    void attach_alone_listsJvmsWithTheirMainClasses() throws Exception {
        try (LiveJvm target = start(Jdks.running())) {
            JvmResult result = command("attach");

            assertThat(result.status()).isZero();
            assertThat(result.outLines())
                    .contains(target.pid() + " org.jkasan.samples.agent.program.Served")
                    .last()
                    .asString()
                    .startsWith("Attach to one with: ");
        }
    }

    @Test
    void commands_thatMakeNoSense_areOneSentence() {
        assertRefused(command("atach"), "Unknown command \"atach\"; known are attach, detach and");
        assertRefused(command("attach", "Served"), "\"Served\" is no PID; ");
        assertRefused(command("attach", "4194304999"), "There is no process 4194304999; ");
        assertRefused(command("detach"), "detach takes the PID of one JVM; ");
    }

    /** As in a runtime image without it. */
    @Test
    void attach_withoutItsModule_isOneSentence() {
        assertRefused(
                child().options("--limit-modules", "java.base,java.instrument")
                        .jar(UnderTest.AGENT, "attach")
                        .run(),
                "This Java has no module jdk.attach, with which JVMs are attached to; run this"
                        + " command with the java of a JDK.");
    }

    private static LiveJvm start(Jdk jdk) throws IOException {
        return LiveJvm.start(ChildJvm.on(jdk).options("-Xmx128m"));
    }

    private static ChildJvm child() {
        return ChildJvm.on(Jdks.running()).options("-Xmx128m");
    }

    private static JvmResult command(String... arguments) {
        return child().jar(UnderTest.AGENT, arguments).run();
    }

    private static void assertDone(JvmResult result, String what) {
        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(result.out()).startsWith("jkasan: ").contains(what);
    }

    private static void assertRefused(JvmResult result, String why) {
        assertThat(result.status()).as(result.toString()).isOne();
        assertThat(result.out()).isEmpty();
        assertThat(result.errLines()).singleElement().asString().startsWith("jkasan: " + why);
    }
}
