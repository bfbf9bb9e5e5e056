package org.jkasan.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jkasan.mm.KernelOops;
import org.jkasan.report.BugType;
import org.jkasan.report.KasanError;
import org.jkasan.report.ReportInfo;

/**
 * Code that must make KASAN report, once and at one place:
 *
 * <pre>
 * ExpectReport.of("vmalloc-out-of-bounds").at(Driver.class, "read").in(() -&gt; driver.read(100));
 * </pre>
 *
 * <p>The report is neither printed nor counted, fails no test, and nothing that {@code kasan.fault}
 * asks for follows. Immutable.
 */
public final class ExpectReport {

    /** Code that may throw. */
    @FunctionalInterface
    public interface Code {
        void run() throws Exception;
    }

    private static final int ANY_LINE = -1;

    private final BugType type;
    private final String className;
    private final String method;
    private final int line;

    private ExpectReport(BugType type, String className, String method, int line) {
        this.type = type;
        this.className = className;
        this.method = method;
        this.line = line;
    }

    /**
     * Expects a report with this title.
     *
     * @param title what stands between "BUG: KASAN: " and " in"
     * @throws IllegalArgumentException for what is no title
     */
    public static ExpectReport of(String title) {
        return Arrays.stream(BugType.values())
                .filter(type -> type.title().equals(title))
                .findFirst()
                .map(ExpectReport::of)
                .orElseThrow(() -> unknown(title));
    }

    private static IllegalArgumentException unknown(String title) {
        return new IllegalArgumentException(
                "\""
                        + title
                        + "\" is no title of a report; these are: "
                        + Arrays.stream(BugType.values())
                                .map(BugType::title)
                                .collect(Collectors.joining(", ")));
    }

    /** Expects a report of this type, wherever it is made. */
    public static ExpectReport of(BugType type) {
        return new ExpectReport(Objects.requireNonNull(type), null, null, ANY_LINE);
    }

    /** Expects the bad access, or free, to stand in this method, not in one that it calls. */
    public ExpectReport at(Class<?> type, String name) {
        return at(type, name, ANY_LINE);
    }

    /** Expects the bad access, or free, to stand in this line of this method. */
    public ExpectReport at(Class<?> owner, String name, int lineNumber) {
        boolean exists =
                name.equals("<init>")
                        || name.equals("<clinit>")
                        || Arrays.stream(owner.getDeclaredMethods())
                                .anyMatch(declared -> declared.getName().equals(name));
        if (!exists) {
            throw new IllegalArgumentException(
                    owner.getName() + " declares no method " + name + ".");
        }
        return new ExpectReport(type, owner.getName(), name, lineNumber);
    }

    /**
     * Runs code, also on threads that it starts and waits for, and checks that it made exactly the
     * report that is expected. What a bad access to a page that is not mapped throws, right after
     * its report, is part of it.
     *
     * @return the report
     * @throws AssertionError where there was none, another one, or more than one; without the agent
     */
    public ReportInfo in(Code code) {
        WithoutAgent.requireAgent();
        ReportScope scope = ReportScopes.current().test(this + " expected");
        Throwable thrown = null;
        ReportScopes.Entered entered = ReportScopes.enter(scope, this::matches);
        try {
            code.run();
        } catch (Exception | KasanError e) {
            thrown = e;
        } finally {
            entered.close();
        }
        List<Seen> seen = scope.seen();
        if (seen.size() != 1 || !matches(seen.get(0).info())) {
            throw mismatch(seen, thrown);
        }
        ReportInfo report = seen.get(0).info();
        if (thrown != null && !follows(thrown, report)) {
            throw mismatch(seen, thrown);
        }
        return report;
    }

    private boolean matches(ReportInfo info) {
        return info.type() == type && isHere(info.frames());
    }

    private boolean isHere(List<StackTraceElement> frames) {
        if (className == null) {
            return true;
        }
        if (frames.isEmpty()) {
            return false;
        }
        StackTraceElement frame = frames.get(0);
        return frame.getClassName().equals(className)
                && frame.getMethodName().equals(method)
                && (line == ANY_LINE || frame.getLineNumber() == line);
    }

    /** Whether what was thrown is what the same access led to. */
    private static boolean follows(Throwable thrown, ReportInfo report) {
        if (thrown instanceof KernelOops oops) {
            long distance = oops.address() - report.address();
            return Long.compareUnsigned(distance, report.size()) < 0;
        }
        return false;
    }

    private AssertionError mismatch(List<Seen> seen, Throwable thrown) {
        StringBuilder message = new StringBuilder("Expected exactly one ").append(this);
        if (seen.isEmpty()) {
            message.append(", but there was no report");
        } else if (seen.size() == 1 && matches(seen.get(0).info())) {
            message.append(", which was made");
        } else {
            message.append(", but there was ");
            message.append(seen.size() == 1 ? "another" : seen.size() + " reports");
        }
        if (thrown != null) {
            message.append(", and ").append(thrown).append(" was thrown");
        }
        message.append(seen.isEmpty() ? "." : ":\n");
        seen.forEach(report -> message.append(report.text()));
        return new AssertionError(message.toString(), thrown);
    }

    @Override
    public String toString() {
        String where = className == null ? "" : " at " + className + "." + method;
        return type.title() + where + (line == ANY_LINE ? "" : ":" + line);
    }
}
