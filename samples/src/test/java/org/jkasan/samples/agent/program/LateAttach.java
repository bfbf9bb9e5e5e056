package org.jkasan.samples.agent.program;

import com.sun.tools.attach.VirtualMachine;
import org.jkasan.Kasan;

/**
 * Attaches the agent to its own JVM: {@code AGENT [early] OPTIONS...}, once for each options. With
 * {@code early} it uses the runtime before, which is a mistake.
 */
public final class LateAttach {

    private LateAttach() {}

    public static void main(String[] args) throws Exception {
        String loaded = Hello.class.getName(); // before the attach, and rewritten by it
        Class.forName(loaded);
        int first = 1;
        if (args[1].equals("early")) {
            System.out.println("enabled: " + Kasan.enabled());
            first = 2;
        }
        for (int i = first; i < args.length; i++) {
            attach(args[0], args[i]);
        }
        Hello.main(new String[0]);
        Overflow.run();
        System.out.println("went on");
    }

    private static void attach(String agent, String options) throws Exception {
        VirtualMachine self = VirtualMachine.attach(String.valueOf(ProcessHandle.current().pid()));
        try {
            self.loadAgent(agent, options);
            System.out.println("attached");
        } catch (com.sun.tools.attach.AgentInitializationException refused) {
            System.out.println("refused");
        } finally {
            self.detach();
        }
    }
}
