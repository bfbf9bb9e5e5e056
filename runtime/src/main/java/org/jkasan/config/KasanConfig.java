package org.jkasan.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one JVM, immutable; made from what the user gave by {@link OptionParser}.
 *
 * @param fault what happens after a report: {@code kasan.fault}
 * @param report which bad accesses are reported: {@code kasan.report}, {@code kasan_multi_shot}
 * @param panicOnWarn whether the JVM halts after a report, unless all are reported: {@code
 *     kasan.panic_on_warn}
 * @param log where reports go, standard error if empty: {@code kasan.log}
 * @param reportJson where reports go as lines of JSON as well: {@code kasan.report_json}
 * @param linuxTitles whether titles are the kernel's own words only: {@code kasan.titles}
 * @param stacks what is kept of the stack of an allocation or a free: {@code kasan.stacks}
 * @param stackDepth how many frames of such a stack are kept, 1 to 1024: {@code kasan.stack_depth}
 * @param vmalloc whether vmalloc space has real shadow: {@code kasan.vmalloc}
 * @param vmallocStrict whether freed areas keep nothing, shadow least of all: {@code
 *     kasan.vmalloc_strict}
 * @param pageOwner whether is kept who allocated and freed each page of RAM: {@code
 *     kasan.page_owner}
 * @param include globs over binary names of the classes to rewrite: {@code kasan.include}
 * @param exclude globs over binary names of the classes to leave: {@code kasan.exclude}
 * @param dump the directory for rewritten and failed classes: {@code kasan.dump}
 */
public record KasanConfig(
        FaultMode fault,
        ReportMode report,
        boolean panicOnWarn,
        Optional<Path> log,
        Optional<Path> reportJson,
        boolean linuxTitles,
        StackMode stacks,
        int stackDepth,
        boolean vmalloc,
        boolean vmallocStrict,
        boolean pageOwner,
        List<String> include,
        List<String> exclude,
        Optional<Path> dump) {

    public KasanConfig {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** What holds where the user says nothing. */
    public static KasanConfig defaults() {
        return new OptionValues().toConfig();
    }
}
