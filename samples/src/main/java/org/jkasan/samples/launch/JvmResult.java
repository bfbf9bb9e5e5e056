package org.jkasan.samples.launch;

import java.util.List;

/**
 * How a child JVM ended.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record JvmResult(int status, String out, String err) {

    public List<String> outLines() {
        return out.lines().toList();
    }

    public List<String> errLines() {
        return err.lines().toList();
    }

    @Override
    public String toString() {
        return "exit status " + status + "\n--- out\n" + out + "--- err\n" + err;
    }
}
