package org.jkasan.mm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A kernel's log of one test: its lines, of which warnings begin with WARN. */
public record RecordedLog(List<String> lines) implements KernelLog {

    public RecordedLog() {
        this(Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public void print(String line) {
        lines.add(line);
    }

    @Override
    public void warn(String message) {
        lines.add("WARN " + message);
    }
}
