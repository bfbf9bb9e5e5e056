package org.jkasan.bench.programs;

import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;

/** Lucene's own benchmark: indexes documents, merges and searches them. */
final class Lucene implements Workload {

    private final String algorithm;

    Lucene(Path scratch) {
        algorithm =
                String.join(
                        "\n",
                        "work.dir=" + scratch.resolve("lucene"),
                        "content.source=org.apache.lucene.benchmark.byTask.feeds.SingleDocSource",
                        "query.maker=org.apache.lucene.benchmark.byTask.feeds.SimpleQueryMaker",
                        "analyzer=org.apache.lucene.analysis.standard.StandardAnalyzer",
                        "directory=FSDirectory",
                        "ram.flush.mb=16",
                        "log.queries=false",
                        "ResetSystemErase",
                        "CreateIndex",
                        "{ \"docs\" AddDoc } : 12000",
                        "ForceMerge(1)",
                        "CloseIndex",
                        "OpenReader",
                        "{ \"searches\" Search > : 1000",
                        "CloseReader",
                        "");
    }

    @Override
    public void run() throws Exception {
        Class<?> benchmark = Class.forName("org.apache.lucene.benchmark.byTask.Benchmark");
        Object run =
                benchmark.getConstructor(Reader.class).newInstance(new StringReader(algorithm));
        benchmark.getMethod("execute").invoke(run);
    }
}
