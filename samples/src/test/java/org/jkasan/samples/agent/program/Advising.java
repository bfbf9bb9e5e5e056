package org.jkasan.samples.agent.program;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/** An agent made with ByteBuddy that advises {@link Reader}, and changes elements of arrays. */
public final class Advising {

    private Advising() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .type(ElementMatchers.named(Reader.class.getName()))
                .transform(
                        (builder, type, loader, module, domain) ->
                                builder.visit(
                                        Advice.to(Enter.class).on(ElementMatchers.named("accept"))))
                .installOn(instrumentation);
    }

    /** What is done at the start of the method. */
    public static final class Enter {

        private Enter() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(0) Object[] given) {
            System.out.println("advised " + given.length);
        }
    }
}
