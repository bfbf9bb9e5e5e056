package org.jkasan.report;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * A report as one line of JSON: all of a {@link ReportInfo}, under the names that
 * src/docs/report.schema.json says.
 */
final class ReportJson {

    private final JsonWriter json = new JsonWriter();

    private ReportJson() {}

    /** The line, with a line feed at its end. */
    static String line(ReportInfo info) {
        ReportJson report = new ReportJson();
        report.report(info);
        return report.json + "\n";
    }

    private void report(ReportInfo info) {
        json.beginObject().name("jkasan").value(Version.CURRENT);
        json.name("title").value(info.type().title());
        json.name("kind").value(word(info.kind()));
        json.name("address").address(info.address());
        json.name("size").unsigned(info.size());
        json.name("first_bad").address(info.firstBad());
        task(info.task());
        frames(info.frames());
        list(
                "regions",
                info.regions(),
                (writer, region) -> new RegionJson(this, writer).of(region));
        list("rows", info.rows(), ReportJson::row);
        list("notes", info.notes(), JsonWriter::value);
        json.name("tainted").value(info.tainted());
        json.name("release").value(info.machine().release());
        json.name("hardware").value(info.machine().hardware()).endObject();
    }

    /** An enum's constant as a word. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void row(JsonWriter json, ShadowRow row) {
        StringBuilder bytes = new StringBuilder();
        row.shadow().forEach(shadow -> Text.appendHex(bytes, shadow));
        json.beginObject().name("address").address(row.address());
        json.name("shadow").value(bytes.toString()).endObject();
    }

    void task(Task task) {
        json.name("task").beginObject().name("comm").value(task.comm());
        json.name("pid").value(task.pid()).endObject();
    }

    /** A member that is a track, or null. */
    void track(String name, Track track) {
        json.name(name);
        if (track == null) {
            json.value(null);
        } else {
            track(track);
        }
    }

    void track(Track track) {
        json.beginObject();
        task(track.task());
        frames(track.frames());
        json.endObject();
    }

    private void frames(List<StackTraceElement> frames) {
        list("frames", frames, ReportJson::frame);
    }

    private static void frame(JsonWriter json, StackTraceElement frame) {
        json.beginObject().name("class").value(frame.getClassName());
        json.name("method").value(frame.getMethodName());
        json.name("file").value(frame.getFileName());
        json.name("line").value(frame.getLineNumber()).endObject();
    }

    <T> void list(String name, List<T> elements, BiConsumer<JsonWriter, T> writer) {
        json.name(name).beginArray();
        elements.forEach(element -> writer.accept(json, element));
        json.endArray();
    }
}
