package org.jkasan.samples.agent.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import org.jkasan.Kasan;
import org.jkasan.check.Sanitizer;

/**
 * Does what each line of standard input says, and then prints {@code .}; ends with the input. It
 * uses the runtime only when it is told to, so that the agent can come before.
 */
public final class Served {

    private Served() {}

    public static void main(String[] args) throws IOException {
        Hello.main(args);
        System.out.println(".");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            serve(line);
            System.out.println(".");
        }
    }

    private static void serve(String line) {
        switch (line) {
            case "hello" -> Hello.main(new String[0]);
            case "overflow" -> Overflow.run();
            case "enabled" -> System.out.println(Kasan.enabled());
            case "report" -> Sanitizer.installed().reporter().turnOn();
            case "vmalloc_strict" ->
                    System.out.println(Sanitizer.installed().config().vmallocStrict());
            default -> throw new IllegalArgumentException(line);
        }
    }
}
