package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class CatalogueTest {

    @Test
    void rows_haveNamesOfTheirOwn() {
        List<String> names =
                Catalogue.rows().stream()
                        .map(row -> row.goal().area() + " " + row.goal().name())
                        .toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void rows_coverTheLoopsOverUntrackedArrays() {
        assertThat(Catalogue.rows())
                .filteredOn(row -> row.goal().target() == 1.05)
                .extracting(row -> row.goal().name().split(" ")[0])
                .contains(
                        "sum",
                        "xor",
                        "copy",
                        "insertion-sort",
                        "matrix-product",
                        "sha-256",
                        "crc-32",
                        "lz4-match",
                        "base64",
                        "histogram",
                        "stencil",
                        "string-builder");
    }

    @Test
    void rows_benchmarksAreKnownToJmh() {
        TreeSet<String> known = new TreeSet<>();
        for (BenchmarkListEntry entry :
                BenchmarkList.defaultList()
                        .getAll(
                                OutputFormatFactory.createFormatInstance(
                                        System.out, VerboseMode.SILENT),
                                List.of())) {
            known.add(entry.getUsername());
        }
        assertThat(Catalogue.rows().stream().flatMap(CatalogueTest::trials).toList())
                .hasSizeGreaterThan(20)
                .allSatisfy(trial -> assertThat(known).contains(trial.benchmark()));
    }

    private static Stream<Trial> trials(Row row) {
        if (row instanceof BenchmarkRatio ratio) {
            return Stream.of(ratio.base(), ratio.measured());
        }
        if (row instanceof Remembered remembered) {
            return trials(remembered.row());
        }
        if (row instanceof BenchmarkTime time) {
            return Stream.of(time.trial());
        }
        return row instanceof LiveRatio live ? Stream.of(live.trial()) : Stream.of();
    }
}
