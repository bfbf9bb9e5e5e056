package org.jkasan.agent.rewrite.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.jkasan.agent.rewrite.ClassRewriter;
import org.jkasan.agent.rewrite.RewritingLoader;
import org.jkasan.agent.rewrite.Variant;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.objectweb.asm.Type;

/**
 * Random calls of the catalogue's JDK methods with random arguments do the same rewritten, and
 * report if and only if they touch bad bytes. What a call touches is found out by trying: it wrote
 * the elements that changed, and it read those whose change changes anything else.
 */
class JdkCallProperties {

    /** Methods that touch all that their arguments allow, so that trying finds all of it. */
    private static final String EXACT =
            "java/lang/System.*|\\[.*|java/util/Arrays\\.(fill|copyOf.*|hashCode)"
                    + "|java/nio/\\w+Buffer\\.(get|put|charAt|hashCode).*"
                    + "|java/lang/invoke/VarHandle\\.(get|set)(Volatile|Opaque|Acquire|Release)?";

    /**
     * What holds native memory until it is collected, or waits for what never comes; and ciphers
     * whose output is memory, which is not checked.
     */
    private static final Pattern UNSUITED =
            Pattern.compile(
                    "java/util/zip/(Deflater|Inflater)\\..*|org/jkasan/.*"
                            + "|javax/crypto/Cipher\\..*(II\\[B|ByteBuffer;L).*");

    /** What HotSpot throws without a message once it has thrown it often. */
    private static final Pattern OFTEN_THROWN =
            Pattern.compile("(throws java\\.lang\\.\\w+):.*", Pattern.DOTALL);

    private static final List<InterceptedCall> ROWS =
            CatalogueTest.rowsOfThisJdk().stream().filter(JdkCallProperties::suits).toList();

    private static final Map<InterceptedCall, Callers> CALLERS = new HashMap<>();

    /** What a run came to. */
    private record Run(String outcome, List<Object[]> contents) {

        boolean isAs(Run other) {
            return outcome.equals(other.outcome)
                    && Arrays.deepEquals(contents.toArray(), other.contents.toArray());
        }

        boolean refused() {
            return outcome.startsWith("throws");
        }
    }

    /** A row's call, as it is and rewritten. */
    private record Callers(Type[] types, Method original, Method rewritten) {

        static Callers of(InterceptedCall row) {
            try {
                String descriptor = InterceptedCallTest.descriptor(row);
                byte[] classFile = InterceptedCallTest.caller(row, descriptor);
                byte[] checked = new ClassRewriter().rewrite(classFile).orElseThrow().classFile();
                return new Callers(
                        InterceptedCallTest.parameters(row, descriptor),
                        method(classFile),
                        method(checked));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Method method(byte[] classFile) throws ReflectiveOperationException {
            String name = InterceptedCallTest.NAME;
            return Variant.method(
                    new RewritingLoader(JdkCallProperties.class.getClassLoader())
                            .with(name, classFile)
                            .loadClass(name),
                    "run");
        }
    }

    private static boolean suits(InterceptedCall row) {
        boolean receiver =
                row.kind() != InterceptedCall.Kind.METHOD
                        || CallArguments.of(Type.getObjectType(row.owner()), 0) != null;
        String call = row.owner() + "." + row.name() + row.parameters();
        return receiver && !UNSUITED.matcher(call).matches();
    }

    @Property(tries = 500)
    void randomCall_doesTheSame_andReportsWhatItTouches(@ForAll long seed) {
        checkCall(seed);
    }

    @Tag("slow")
    @Property(tries = 15_000)
    void manyRandomCalls_doTheSame_andReportWhatTheyTouch(@ForAll long seed) {
        checkCall(seed);
    }

    private static void checkCall(long seed) {
        InterceptedCall row = ROWS.get((int) Math.floorMod(seed ^ seed >>> 20, (long) ROWS.size()));
        Callers callers = CALLERS.computeIfAbsent(row, Callers::of);
        String call = row.owner() + "." + row.name() + row.parameters() + " with " + seed;
        Run original = run(callers.original, new CallWorld(row, callers.types, seed, 0));

        CallWorld world = new CallWorld(row, callers.types, seed, 0);
        List<Run> runs = new ArrayList<>();
        List<BadAccess> reports =
                CallWorld.SANITIZER
                        .reporter()
                        .collect(() -> runs.add(run(callers.rewritten, world)));
        assertThat(runs.get(0).isAs(original)).as("%s: %s, %s", call, original, runs).isTrue();

        boolean exact =
                (row.owner() + "." + row.name()).matches(EXACT) && !row.parameters().contains("[Z");
        Run other = run(callers.original, new CallWorld(row, callers.types, seed, 1));
        Run before = new Run("", new CallWorld(row, callers.types, seed, 0).contents());
        Run otherBefore = new Run("", new CallWorld(row, callers.types, seed, 1).contents());
        for (int m = 0; m < world.memories.size(); m++) {
            CallMemory memory = world.memories.get(m);
            boolean[] written = new boolean[memory.count()];
            boolean[] read = new boolean[memory.count()];
            for (int e = 0; e < memory.count(); e++) {
                boolean changes =
                        changed(before, original, m, e) || changed(otherBefore, other, m, e);
                touch(memory, written, e, changes);
                boolean tells = isChecked(row, world, e);
                touch(memory, read, e, tells && isRead(row, callers, seed, original, m, e));
            }
            check(
                    call + ": " + original.outcome,
                    memory,
                    reports,
                    read,
                    written,
                    exact,
                    original.refused());
        }
    }

    /** Of a binary search only the element that it looks at first. */
    private static boolean isChecked(InterceptedCall row, CallWorld world, int element) {
        if (!row.name().equals("binarySearch")) {
            return true;
        }
        boolean range = world.arguments.length > 2;
        int from = range ? (int) world.arguments[1] : 0;
        int to = range ? (int) world.arguments[2] : world.memories.get(0).count();
        return element == from + to - 1 >>> 1;
    }

    /** Notes that the element, and all that is accessed with it as one, was touched, if it was. */
    private static void touch(CallMemory memory, boolean[] touched, int element, boolean is) {
        if (is) {
            int first = element - element % memory.group;
            Arrays.fill(touched, first, Math.min(first + memory.group, touched.length), true);
        }
    }

    private static Run run(Method method, CallWorld world) {
        String outcome = InterceptedCallTest.plain(Variant.outcome(method, world.arguments));
        outcome = OFTEN_THROWN.matcher(outcome).replaceFirst("$1");
        List<Object[]> contents = world.contents();
        world.close();
        return new Run(outcome, contents);
    }

    private static boolean changed(Run before, Run after, int memory, int element) {
        return !before.contents.get(memory)[element].equals(after.contents.get(memory)[element]);
    }

    /** Whether a change of an element changes the outcome, or any other element. */
    private static boolean isRead(
            InterceptedCall row, Callers callers, long seed, Run original, int m, int e) {
        CallWorld world = new CallWorld(row, callers.types, seed, 0);
        world.memories.get(m).change(e);
        Run run = run(callers.original, world);
        run.contents.get(m)[e] = original.contents.get(m)[e];
        return !run.isAs(original);
    }

    private static void check(
            String call,
            CallMemory memory,
            List<BadAccess> reports,
            boolean[] read,
            boolean[] written,
            boolean exact,
            boolean refused) {
        List<BadAccess> here =
                reports.stream()
                        .filter(each -> each.address() > memory.base - 4096)
                        .filter(each -> each.address() < memory.base + 4096)
                        .toList();
        for (int e = 0; e < read.length; e++) {
            long at = memory.base + (long) e * memory.unit;
            if (memory.isBad(e) && (read[e] || written[e])) {
                boolean writes = written[e];
                assertThat(here)
                        .as("%s: element %d is touched", call, e)
                        .anyMatch(
                                report ->
                                        (!writes || report.kind() == AccessKind.WRITE)
                                                && report.address() < at + memory.unit
                                                && at < report.address() + report.size());
            }
        }
        for (BadAccess report : here) {
            long end = report.address() + report.size();
            boolean leaves = report.address() < memory.base || end > memory.end();
            assertThat(end > memory.base + memory.good || report.address() < memory.base)
                    .as("%s: %s is bad", call, report)
                    .isTrue();
            if (!leaves && exact) {
                assertThat(refused).as("%s: %s is refused", call, report).isFalse();
                boolean[] touched = report.kind() == AccessKind.READ ? read : written;
                int first = (int) ((report.address() - memory.base) / memory.unit);
                for (int e = first; memory.base + (long) e * memory.unit < end; e++) {
                    assertThat(touched[e]).as("%s: %s touches %d", call, report, e).isTrue();
                }
            } else if (leaves) {
                assertThat(refused).as("%s: %s leaves the array", call, report).isTrue();
                assertThat(memory.array()).as("%s: %s", call, report).isNotNull();
            }
        }
    }
}
