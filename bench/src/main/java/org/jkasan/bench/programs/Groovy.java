package org.jkasan.bench.programs;

import java.lang.reflect.Method;

/** Groovy: compiles a script and runs it. */
final class Groovy implements Workload {

    private static final String SCRIPT =
            String.join(
                    "\n",
                    "def words = (1..20000).collect { 'word' + (it * 7919 % 5003) }",
                    "def counts = words.countBy { it }",
                    "def sorted = counts.sort { -it.value }.take(20)",
                    "int[] sieve = new int[200000]",
                    "for (int i = 2; i < sieve.length; i++) {",
                    "    if (sieve[i] == 0) {",
                    "        for (int j = 2 * i; j < sieve.length; j += i) { sieve[j] = 1 }",
                    "    }",
                    "}",
                    "def text = new StringBuilder()",
                    "sorted.each { k, v -> text << \"${k}=${v};\" }",
                    "sieve.count { it == 0 } + text.length()");

    private final Class<?> shell;
    private final Method evaluate;

    Groovy() throws ReflectiveOperationException {
        shell = Class.forName("groovy.lang.GroovyShell");
        evaluate = shell.getMethod("evaluate", String.class);
    }

    @Override
    public void run() throws ReflectiveOperationException {
        evaluate.invoke(shell.getConstructor().newInstance(), SCRIPT);
    }
}
