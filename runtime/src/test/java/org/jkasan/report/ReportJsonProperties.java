package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written as JSON fits the schema, and comes back as it was. */
class ReportJsonProperties {

    private static final long START = 0xffffc90000000000L;

    private static void assertComesBack(ReportInfo info) throws IOException {
        assertThat(JsonReports.read(ReportJson.line(info)))
                .usingRecursiveComparison()
                .withEqualsForType(ReportJsonProperties::same, Track.class)
                .isEqualTo(info);
    }

    private static boolean same(Track one, Track other) {
        return one.task().equals(other.task()) && one.frames().equals(other.frames());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everyReport_comesBack(
            @ForAll BugType type,
            @ForAll AccessKind kind,
            @ForAll long address,
            @ForAll long size,
            @ForAll("words") String word,
            @ForAll("regions") List<Region> regions)
            throws IOException {
        StackTraceElement frame = new StackTraceElement("org.example.A" + word, word, word, -2);
        assertComesBack(
                Reports.sketch()
                        .type(type)
                        .access(kind, address, size)
                        .task(new Task(word, size))
                        .frames(List.of(frame, Reports.FRAMES.get(0)))
                        .region(regions.toArray(Region[]::new))
                        .rows(Reports.filled(address, (int) size))
                        .notes(word, "")
                        .info());
    }

    /** Control characters, quotes and halves of pairs among them. */
    @Provide
    Arbitrary<String> words() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(20),
                Arbitraries.strings()
                        .withChars("\"\\\0\n\r\t\u001f\u007f\u0085\u2028\ud83d\ude00/")
                        .ofMaxLength(8));
    }

    @Provide
    Arbitrary<List<Region>> regions() {
        Arbitrary<Long> counts = Arbitraries.longs().greaterOrEqual(0);
        return Combinators.combine(
                        Arbitraries.longs(), counts, words(), tracks(), tracks().injectNull(0.3))
                .as(ReportJsonProperties::regions);
    }

    private Arbitrary<Track> tracks() {
        return words().map(
                        word -> {
                            StackTraceElement frame =
                                    new StackTraceElement("org.example.B", word, null, -1);
                            return Track.of(new Task(word, word.length()), List.of(frame));
                        });
    }

    private static List<Region> regions(
            long address, long count, String word, Track done, Track maybe) {
        FrameInfo frame =
                new FrameInfo(
                        word,
                        address,
                        FrameInfo.MAGIC,
                        List.of(new FrameInfo.FrameObject(word, 32, count)));
        boolean odd = (count & 1) != 0;
        List<Track> works = maybe == null ? List.of() : List.of(maybe, done);
        return List.of(
                new VmallocRegion(address, count, count, maybe, null),
                new StackRegion(
                        new Task(word, count),
                        odd,
                        address,
                        ~address,
                        odd ? Optional.of(frame) : Optional.empty()),
                new SlabRegion(address, odd ? word : null, count, count, maybe, done, works),
                new VariableRegion(word, address, count),
                new PageRegion(
                        count,
                        (int) count & 1,
                        (int) count & 7,
                        odd,
                        odd ? 1 : 2,
                        PageRegion.Use.values()[(int) (count % 3)],
                        odd
                                ? Optional.of(new PageOwner(true, (int) count & 7, done, maybe))
                                : Optional.empty()));
    }

    @Example
    void line_ofASmallReport() {
        ReportInfo info =
                Reports.sketch()
                        .type(BugType.NULL_PTR_DEREF)
                        .access(AccessKind.WRITE, 8, -2)
                        .task(new Task("a\"b\ud800", 7))
                        .frames(List.of(new StackTraceElement("A", "run", null, -1)))
                        .region(new VariableRegion("table", START, 40))
                        .info();
        assertThat(ReportJson.line(info))
                .isEqualTo(
                        ("{'jkasan':'"
                                        + Version.CURRENT
                                        + "','title':'null-ptr-deref','kind':'write',"
                                        + "'address':'0x0000000000000008',"
                                        + "'size':18446744073709551614,"
                                        + "'first_bad':'0x0000000000000008',"
                                        + "'task':{'comm':'a\\'b\\ud800','pid':7},"
                                        + "'frames':[{'class':'A','method':'run','file':null,"
                                        + "'line':-1}],'regions':[{'kind':'variable',"
                                        + "'name':'table','start':'0xffffc90000000000',"
                                        + "'size':40}],'rows':[],'notes':[],'tainted':false,"
                                        + "'release':'17.0.15+6','hardware':"
                                        + "'OpenJDK 64-Bit Server VM, Linux amd64'}\n")
                                .replace('\'', '"'));
    }

    @Example
    void everyTitle_isInTheSchema() throws IOException {
        List<BugType> read = new ArrayList<>();
        for (BugType type : BugType.values()) {
            read.add(JsonReports.read(ReportJson.line(Reports.sketch().type(type).info())).type());
        }
        assertThat(read).containsExactly(BugType.values());
    }
}
