package org.jkasan.bench.programs;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;

/** Kotlin's compiler over a file of many small functions. */
final class Kotlin implements Workload {

    private static final int FUNCTIONS = 25;

    private final Class<?> compiler;
    private final Method exec;
    private final String[] arguments;

    Kotlin(Path scratch) throws Exception {
        compiler = Class.forName("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler");
        exec = compiler.getMethod("exec", PrintStream.class, String[].class);
        Path source = Files.writeString(scratch.resolve("Many.kt"), source());
        arguments =
                new String[] {
                    "-no-stdlib",
                    "-no-reflect",
                    "-nowarn",
                    "-jvm-target",
                    "17",
                    "-classpath",
                    ProgramMain.jar("kotlin-stdlib-", ".jar").toString(),
                    "-d",
                    scratch.resolve("classes").toString(),
                    source.toString()
                };
    }

    private static String source() {
        StringBuilder text = new StringBuilder("package many\n");
        for (int i = 0; i < FUNCTIONS; i++) {
            text.append("data class Item").append(i).append("(val a: Int, val b: List<String>)\n");
            text.append("fun f").append(i).append("(items: List<Item").append(i);
            text.append(">) = items.filter { it.a > ").append(i);
            text.append(" }.flatMap { it.b }.groupBy { it.length }.mapValues { (k, v) ->");
            text.append(" v.joinToString(\",\") + k }\n");
        }
        return text.toString();
    }

    @Override
    public void run() throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Object code = exec.invoke(compiler.getConstructor().newInstance(), nowhere, arguments);
        if (!code.toString().equals("OK")) {
            throw new IllegalStateException("Kotlin's compiler says " + code);
        }
    }
}
