package org.jkasan.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jkasan.samples.launch.CodeLocation;

/** Where the agent is that the measurements attach. */
final class AgentJar {

    /** The system property that names another agent than this build's. */
    static final String PROPERTY = "jkasan.agent";

    private static final String BUILT = "agent/target/jkasan.jar";

    private AgentJar() {}

    /**
     * The agent that the property names, or else the one built beside this code.
     *
     * @throws UsageException where there is none
     */
    static Path find() {
        return find(System.getProperty(PROPERTY), here());
    }

    /** Looks from {@code ROOT/bench/target/*}: a jar, or a directory of classes. */
    static Path find(String named, Path here) {
        Path agent =
                named != null
                        ? Path.of(named).toAbsolutePath()
                        : here.resolve("../../../" + BUILT).normalize();
        if (!Files.isRegularFile(agent)) {
            throw new UsageException(
                    "There is no agent at "
                            + agent
                            + "; build it with \"mvn package\" or name one with -D"
                            + PROPERTY
                            + "=FILE.");
        }
        return agent;
    }

    /** This code: bench.jar, or its directory of classes. */
    static Path here() {
        return CodeLocation.of(AgentJar.class);
    }
}
