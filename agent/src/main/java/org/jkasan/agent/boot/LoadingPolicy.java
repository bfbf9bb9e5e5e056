package org.jkasan.agent.boot;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;

/** What a JVM's own options say of agents that come late: from 21 on it warns of them. */
final class LoadingPolicy {

    private static final String FLAG = "EnableDynamicAgentLoading";

    /** The first release that warns. */
    private static final int WARNS_SINCE = 21;

    private final String options;

    private LoadingPolicy(String options) {
        this.options = options;
    }

    static LoadingPolicy of(VirtualMachine jvm) throws IOException {
        return new LoadingPolicy(jvm.getAgentProperties().getProperty("sun.jvm.args", ""));
    }

    /** A line on the warning that the JVM has printed; empty where it prints none. */
    String note(int feature) {
        return feature < WARNS_SINCE || options.contains("-XX:+" + FLAG)
                ? ""
                : "jkasan: Java "
                        + feature
                        + " has printed a warning to that program's standard error, as for every"
                        + " agent that comes late; -XX:+"
                        + FLAG
                        + " in its options allows them quietly.\n";
    }

    /** Why a JVM loads no agent. */
    String refusal(String pid, Exception e) {
        return options.contains("-XX:-" + FLAG)
                ? "Process "
                        + pid
                        + " was started with -XX:-"
                        + FLAG
                        + ", so it takes no agent while it runs; start it with -javaagent."
                : "Process " + pid + " does not load the agent (" + e.getMessage() + ").";
    }
}
