package org.jkasan.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reports made by hand, of the module loader that the goldens are about. */
final class Reports {

    static final Task MAIN = new Task("main", 1);
    static final Machine MACHINE =
            new Machine("17.0.15+6", "OpenJDK 64-Bit Server VM, Linux amd64");
    static final List<StackTraceElement> FRAMES =
            List.of(
                    new StackTraceElement(
                            "org.example.SectionTable", "parse", "SectionTable.java", 57),
                    new StackTraceElement("org.example.Loader", "load", "Loader.java", 102),
                    new StackTraceElement("org.example.Main", "main", "Main.java", 12));

    private Reports() {}

    static Track allocated() {
        return Track.of(
                MAIN,
                List.of(
                        new StackTraceElement("org.example.Image", "read", "Image.java", 31),
                        new StackTraceElement("org.example.Main", "main", "Main.java", 9)));
    }

    static Track freed() {
        return Track.of(
                new Task("worker", 23),
                List.of(
                        new StackTraceElement("org.example.Image", "close", "Image.java", 44),
                        new StackTraceElement("org.example.Main", "run", "Main.java", 20)));
    }

    /** Five rows around an address; a shadow byte for each granule from {@code start} on. */
    static List<ShadowRow> rows(long firstBad, long start, int... shadow) {
        long first = (firstBad & -ShadowRow.BYTES) - 2L * ShadowRow.BYTES;
        List<ShadowRow> rows = new ArrayList<>();
        for (int row = 0; row < 5; row++) {
            long address = first + (long) row * ShadowRow.BYTES;
            List<Byte> bytes = new ArrayList<>();
            for (int i = 0; i < ShadowRow.GRANULES; i++) {
                long granule = (address + 8L * i - start) >> 3;
                boolean known = granule >= 0 && granule < shadow.length;
                bytes.add((byte) (known ? shadow[(int) granule] : granule < 0 ? 0 : 0xf8));
            }
            rows.add(new ShadowRow(address, bytes));
        }
        return rows;
    }

    static List<ShadowRow> filled(long firstBad, int shadow) {
        long first = (firstBad & -ShadowRow.BYTES) - 2L * ShadowRow.BYTES;
        List<ShadowRow> rows = new ArrayList<>();
        for (int row = 0; row < 5; row++) {
            rows.add(
                    new ShadowRow(
                            first + (long) row * ShadowRow.BYTES,
                            Collections.nCopies(ShadowRow.GRANULES, (byte) shadow)));
        }
        return rows;
    }

    static Sketch sketch() {
        return new Sketch();
    }

    /** A report in the making: a read of four bytes behind an area, until told otherwise. */
    static final class Sketch {

        private BugType type = BugType.VMALLOC_OUT_OF_BOUNDS;
        private AccessKind kind = AccessKind.READ;
        private long address = 0xffffc90000002ee0L;
        private long size = 4;
        private Task task = MAIN;
        private List<StackTraceElement> frames = FRAMES;
        private List<Region> regions = List.of();
        private List<ShadowRow> rows = List.of();
        private List<String> notes = List.of();
        private boolean tainted;

        Sketch type(BugType value) {
            type = value;
            return this;
        }

        Sketch access(AccessKind value, long at, long bytes) {
            kind = value;
            address = at;
            size = bytes;
            return this;
        }

        Sketch task(Task value) {
            task = value;
            return this;
        }

        Sketch frames(List<StackTraceElement> value) {
            frames = value;
            return this;
        }

        Sketch region(Region... value) {
            regions = List.of(value);
            return this;
        }

        Sketch rows(List<ShadowRow> value) {
            rows = value;
            return this;
        }

        Sketch notes(String... value) {
            notes = List.of(value);
            return this;
        }

        Sketch tainted() {
            tainted = true;
            return this;
        }

        ReportInfo info() {
            return new ReportInfo(
                    type, kind, address, size, address, task, frames, regions, rows, notes, tainted,
                    MACHINE);
        }

        String text() {
            return ReportFormatter.format(info());
        }
    }
}
