package org.jkasan.bench.mutant.work;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jkasan.kernel.Kernel;
import org.jkasan.samples.Sample;
import org.jkasan.samples.modload.ModLoad;

/** The sample modload over a small library of the JDK. */
public final class ModuleLoad implements Workload {

    /** What the first run printed: the unmutated one's. */
    private static final String PROPERTY = "jkasan.mutants.modload";

    @Override
    public void run(Kernel kernel) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Path library = Path.of(System.getProperty("java.home"), "lib", "libjimage.so");
        int status = ModLoad.load(kernel, library, out, out);
        String text = bytes.toString(StandardCharsets.UTF_8);
        String expected = System.getProperty(PROPERTY);
        if (expected == null) {
            System.setProperty(PROPERTY, text);
            expected = text;
        }
        Workload.require(status == Sample.DONE && text.equals(expected));
    }
}
