package org.jkasan.samples.testvmalloc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The table, its CSV and its chart, of figures that are known. */
class TableTest {

    private final LinuxFigures linux = LinuxFigures.read();

    /** Rounds of 1, 3 and 2 times 100 us for the first test, and so on; KASAN takes 1.5 times. */
    private static Measurements measurements(List<Configuration> configurations) {
        Measurements measurements = new Measurements(configurations);
        for (TableRow row : TableRow.all()) {
            for (int round : List.of(1, 3, 2)) {
                for (int i = 0; !row.isTotal() && i < configurations.size(); i++) {
                    double base = 100.0 * round * (row.test().ordinal() + 1);
                    measurements.add(row, configurations.get(i), base * Math.pow(1.5, i));
                }
            }
        }
        return measurements;
    }

    private static Measurements three() {
        return measurements(
                List.of(Configuration.NO_KASAN, Configuration.KASAN, Configuration.KASAN_VMALLOC));
    }

    private static TableRow total(TableRun run, int cpu) {
        return new TableRow(run, cpu, null);
    }

    @Test
    void linux_hasTheRatiosOfTheCommit() {
        Ratio first = new Ratio(Configuration.KASAN, Configuration.NO_KASAN);
        Ratio second = new Ratio(Configuration.KASAN_VMALLOC, Configuration.KASAN);
        TableRow alone = total(TableRun.PERFORMANCE, 0);
        assertThat(linux.ratio(alone, first)).isCloseTo(6.40, within(0.005));
        assertThat(linux.ratio(alone, second)).isCloseTo(1.82, within(0.005));
        assertThat(linux.ratio(total(TableRun.SEQUENTIAL_2CPU, 1), first))
                .isCloseTo(5.72, within(0.005));
        TableRow shift = new TableRow(TableRun.PERFORMANCE, 0, VmallocTest.ALIGN_SHIFT);
        assertThat(linux.ratio(shift, second)).isCloseTo(6.86, within(0.005));
        TableRow cut = new TableRow(TableRun.SEQUENTIAL_2CPU, 0, VmallocTest.RANDOM_SIZE_ALIGN);
        assertThat(linux.ratio(cut, second)).isCloseTo(2.16, within(0.006));
    }

    @Test
    void ratios_areOfTheSameRoundAndTotalsOfAllTests() {
        Measurements measurements =
                new Measurements(List.of(Configuration.NO_KASAN, Configuration.KASAN));
        for (TableRow row : TableRow.of(TableRun.PERFORMANCE, 0)) {
            for (int round = 0; !row.isTotal() && round < 3; round++) {
                double load = 1 + 10 * round;
                measurements.add(row, Configuration.NO_KASAN, load);
                measurements.add(row, Configuration.KASAN, load * (4 - round));
            }
        }
        Ratio ratio = new Ratio(Configuration.KASAN, Configuration.NO_KASAN);
        TableRow row = total(TableRun.PERFORMANCE, 0);
        assertThat(measurements.time(row, Configuration.NO_KASAN))
                .isEqualTo(new Figure(88, 8, 168));
        assertThat(measurements.ratio(row, ratio)).isEqualTo(new Figure(3, 2, 4));
    }

    @Test
    void times_areForAMillionLoopsOrOnePassAndWhatIsOutsideOnce() {
        Measurements measurements = new Measurements(List.of(Configuration.KASAN));
        TestRun run = new TestRun(true, 5_000, 40_000);
        for (VmallocTest test : List.of(VmallocTest.FULL_FIT, VmallocTest.PCPU)) {
            TableRow row = new TableRow(TableRun.PERFORMANCE, 0, test);
            measurements.add(row, Configuration.KASAN, run, 1000);
            assertThat(measurements.time(row, Configuration.KASAN).median())
                    .isEqualTo(test.hasLoop() ? 40_005 : 0.045);
        }
    }

    @Test
    void figure_isTheMedian() {
        assertThat(Figure.of(List.of(5.0, 1.0, 3.0))).isEqualTo(new Figure(3, 1, 5));
        assertThat(Figure.of(List.of(5.0, 1.0, 3.0, 2.0))).isEqualTo(new Figure(2.5, 1, 5));
    }

    @Test
    void text_hasOurColumnsThenLinuxs() {
        List<String> lines = new TableText(three(), linux).text().lines().toList();
        assertThat(String.join("\n", lines.subList(0, 13)) + "\n")
                .isEqualTo(
                        """

                        performance: one CPU, sequential
                                                       No KASAN -  -------- KASAN ---------  ----------- KASAN vmalloc -----------  -- Linux --  ---- Linux vmalloc -----
                        test                                   us           us   x baseline           us   x baseline      x KASAN   x baseline   x baseline      x KASAN
                        fix_size_alloc_test                   200          300         1.50          450         2.25         1.50        17.23        28.92         1.68
                        full_fit_alloc_test                   400          600         1.50          900         2.25         1.50        16.92        18.55         1.10
                        long_busy_list_alloc_test             600          900         1.50         1350         2.25         1.50         4.66         8.80         1.89
                        random_size_alloc_test                800         1200         1.50         1800         2.25         1.50         4.58         9.37         2.04
                        fix_align_alloc_test                 1000         1500         1.50         2250         2.25         1.50        12.20        24.96         2.05
                        random_size_align_alloc_test         1200         1800         1.50         2700         2.25         1.50         8.84        15.51         1.75
                        align_shift_alloc_test               1400         2100         1.50         3150         2.25         1.50         5.65        38.72         6.86
                        pcpu_alloc_test                      1600         2400         1.50         3600         2.25         1.50         1.55         1.74         1.12
                        total                                7200        10800         1.50        16200         2.25         1.50         6.40        11.66         1.82
                        """);
        assertThat(lines).hasSize(3 * 13);
        assertThat(lines.get(27)).isEqualTo("sequential on two CPUs at once, CPU 1");
    }

    @Test
    void text_hasColumnsMoreForWholeStacksAndForChance() {
        String text = new TableText(measurements(List.of(Configuration.values())), linux).text();
        assertThat(text.lines().toList().get(2))
                .contains("KASAN vmalloc, stacks=full", "KASAN again")
                .containsOnlyOnce("Linux --")
                .containsOnlyOnce("Linux vmalloc");
    }

    @Test
    void csv_hasARowForEachRunCpuAndTest() {
        List<String> lines = new TableCsv(three(), linux).text().lines().toList();
        assertThat(lines).hasSize(1 + 3 * 9);
        List<String> headings = List.of(lines.get(0).split(","));
        assertThat(headings)
                .startsWith("run", "cpu", "test", "no_kasan", "no_kasan low", "no_kasan high")
                .endsWith(
                        "kasan_vmalloc/kasan",
                        "kasan_vmalloc/kasan low",
                        "kasan_vmalloc/kasan high",
                        "kasan_vmalloc/kasan linux")
                .hasSize(3 + 3 * 3 + 3 * 4);
        assertThat(lines.get(2))
                .isEqualTo(
                        "performance,0,full_fit_alloc_test,400.000,200.000,600.000,600.000,300.000,"
                                + "900.000,900.000,450.000,1350.000,1.500,1.500,1.500,16.921,2.250,"
                                + "2.250,2.250,18.545,1.500,1.500,1.500,1.096");
        assertThat(lines.get(27))
                .startsWith("sequential_2cpu,1,total,7200.000,3600.000,10800.000,10800");
    }

    @Test
    void chart_isWellFormedAndHasABarForEachRatio() throws Exception {
        String svg = new TableChart(three(), linux, "a <machine> & \"more\"").svg();
        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)));
        NodeList bars = document.getElementsByTagName("rect");
        int panels = 6;
        assertThat(bars.getLength()).isEqualTo(1 + 2 + panels * 9 * 2);
        assertThat(svg).contains(">a &lt;machine&gt; &amp; &quot;more&quot;</text>");
        NodeList texts = document.getElementsByTagName("text");
        assertThat(texts.getLength()).isEqualTo(4 + panels * (1 + 8 + 9 * 3));
        assertThat(svg).contains(">6.86</text>").contains(">1.50</text>").contains(">38.7</text>");
    }
}
