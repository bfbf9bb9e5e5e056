package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentJarTest {

    @TempDir Path root;

    private Path bench() {
        return root.resolve("bench/target/bench.jar");
    }

    @Test
    void find_besideTheJar() throws IOException {
        Path agent = root.resolve("agent/target/jkasan.jar");
        Files.createDirectories(agent.getParent());
        Files.createFile(agent);
        assertThat(AgentJar.find(null, bench())).isEqualTo(agent);
    }

    @Test
    void find_named() throws IOException {
        Path agent = Files.createFile(root.resolve("other.jar"));
        assertThat(AgentJar.find(agent.toString(), bench())).isEqualTo(agent);
    }

    @Test
    void find_notBuilt() {
        Path agent = root.resolve("agent/target/jkasan.jar");
        assertThatThrownBy(() -> AgentJar.find(null, bench()))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "There is no agent at "
                                + agent
                                + "; build it with \"mvn package\" or name one with"
                                + " -Djkasan.agent=FILE.");
    }
}
