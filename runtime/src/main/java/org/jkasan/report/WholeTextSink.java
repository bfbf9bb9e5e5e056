package org.jkasan.report;

/** Keeps the texts of several threads apart: one is written after the other, each whole. */
final class WholeTextSink implements ReportSink {

    private final ReportSink sink;

    WholeTextSink(ReportSink sink) {
        this.sink = sink;
    }

    @Override
    public synchronized void write(String text) {
        sink.write(text);
    }

    @Override
    public synchronized void report(ReportInfo info, String text) {
        sink.report(info, text);
    }
}
