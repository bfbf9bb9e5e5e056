package org.jkasan.report;

/** Writes reports as text to one place, and as lines of JSON to another. */
final class JsonSink implements ReportSink {

    private final ReportSink text;
    private final ReportSink json;

    JsonSink(ReportSink text, ReportSink json) {
        this.text = text;
        this.json = json;
    }

    @Override
    public void write(String words) {
        text.write(words);
    }

    @Override
    public void report(ReportInfo info, String words) {
        text.report(info, words);
        json.write(ReportJson.line(info));
    }
}
