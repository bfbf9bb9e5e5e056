package org.jkasan.agent.boot;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Properties;

/**
 * The command line's {@code attach} and {@code detach}: they have another JVM load this jar as an
 * agent, and read its answer.
 */
final class Attach {

    /** Understood by the agent; there is no option of that name. */
    private static final String COMMAND = "jkasan.command=";

    /** The agent property that the agent leaves. */
    private static final String ANSWER = "jkasan.answer";

    private static final String DONE = "done ";

    private static final String REFUSED = "refused ";

    private Attach() {}

    /** Attaches to a process, or lists those that there are. */
    static String attach(String[] arguments) throws ReflectiveOperationException {
        if (arguments.length == 0) {
            System.out.print(jvms());
            return null;
        }
        String options = String.join(",", Arrays.copyOfRange(arguments, 1, arguments.length));
        return withJvm(arguments[0], jvm -> attach(jvm, options));
    }

    /** Detaches from a process. */
    static String detach(String[] arguments) throws ReflectiveOperationException {
        if (arguments.length != 1) {
            return "detach takes the PID of one JVM; \"attach\" alone lists them.";
        }
        return withJvm(arguments[0], jvm -> load(jvm, "detach", "", "detached from "));
    }

    /** A line for each JVM of this user: its PID and its main class. */
    private static String jvms() {
        StringBuilder lines = new StringBuilder();
        String own = String.valueOf(ProcessHandle.current().pid());
        for (VirtualMachineDescriptor jvm : VirtualMachine.list()) {
            if (!jvm.id().equals(own)) {
                String main = jvm.displayName().isBlank() ? "(unknown)" : jvm.displayName();
                lines.append(jvm.id()).append(' ').append(main.split(" ", 2)[0]).append('\n');
            }
        }
        return lines.isEmpty()
                ? "There is no other JVM of this user.\n"
                : lines + "Attach to one with: java -jar jkasan.jar attach PID [key=value ...]\n";
    }

    private static String attach(VirtualMachine jvm, String options)
            throws IOException, ReflectiveOperationException {
        Properties properties = jvm.getSystemProperties();
        String version = properties.getProperty("java.specification.version", "17");
        String refusal = Premain.unsupported(version);
        if (refusal != null) {
            return refusal;
        }
        String checked;
        try (RuntimeJar runtime = RuntimeJar.open()) {
            checked = runtime.checkedOptions(options, properties);
        } catch (RuntimeJar.WrongOptionsException wrong) {
            return wrong.getMessage();
        }
        refusal = load(jvm, "attach", checked, "attached to ");
        if (refusal == null) {
            System.out.print(LoadingPolicy.of(jvm).note(Integer.parseInt(version)));
        }
        return refusal;
    }

    private static String load(VirtualMachine jvm, String command, String options, String done)
            throws IOException {
        String arguments = COMMAND + command + (options.isEmpty() ? "" : "," + options);
        try {
            jvm.loadAgent(RuntimeJar.ownJar().toAbsolutePath().toString(), arguments);
        } catch (AgentLoadException e) {
            return LoadingPolicy.of(jvm).refusal(jvm.id(), e);
        } catch (AgentInitializationException e) {
            return "The agent could not start in "
                    + jvm.id()
                    + "; what is wrong stands in that program's standard error.";
        }
        String answer = jvm.getAgentProperties().getProperty(ANSWER, "");
        if (answer.startsWith(REFUSED)) {
            return answer.substring(REFUSED.length());
        }
        String what = answer.startsWith(DONE) ? ": " + answer.substring(DONE.length()) : ".";
        System.out.println("jkasan: " + done + jvm.id() + what);
        return null;
    }

    private static String withJvm(String pid, Use use) throws ReflectiveOperationException {
        if (!pid.matches("[1-9][0-9]{0,9}")) {
            return "\"" + pid + "\" is no PID; \"attach\" alone lists the JVMs that there are.";
        }
        if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
            return "There is no process " + pid + "; \"attach\" alone lists the JVMs.";
        }
        VirtualMachine jvm;
        try {
            jvm = VirtualMachine.attach(pid);
        } catch (AttachNotSupportedException | IOException e) {
            return "Process "
                    + pid
                    + " cannot be attached to ("
                    + e.getMessage()
                    + "); it must be a JVM of this user without -XX:+DisableAttachMechanism.";
        }
        try {
            return use.of(jvm);
        } catch (IOException e) {
            return "The connection to " + pid + " broke (" + e.getMessage() + ").";
        } finally {
            close(jvm);
        }
    }

    private static void close(VirtualMachine jvm) {
        try {
            jvm.detach();
        } catch (IOException gone) {
            return;
        }
    }

    /** What is done with a JVM that is attached to. */
    private interface Use {

        String of(VirtualMachine jvm) throws IOException, ReflectiveOperationException;
    }
}
