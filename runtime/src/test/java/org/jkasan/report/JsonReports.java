package org.jkasan.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads reports back from JSON, with a parser and a schema validator of others. */
final class JsonReports {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchema SCHEMA = schema();

    private JsonReports() {}

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(
                            Files.readString(Path.of("..", "src", "docs", "report.schema.json")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Parses a line as a reader of the file gets it, which has to fit the schema. */
    static ReportInfo read(String line) throws IOException {
        if (line.indexOf('\n') != line.length() - 1) {
            throw new AssertionError("not one line: " + line);
        }
        JsonNode json = MAPPER.readTree(line.getBytes(StandardCharsets.UTF_8));
        if (!SCHEMA.validate(json).isEmpty()) {
            throw new AssertionError(SCHEMA.validate(json) + " in " + line);
        }
        return report(json);
    }

    private static ReportInfo report(JsonNode json) {
        return new ReportInfo(
                Arrays.stream(BugType.values())
                        .filter(type -> type.title().equals(json.get("title").textValue()))
                        .findFirst()
                        .orElseThrow(),
                constant(AccessKind.class, json.get("kind")),
                address(json.get("address")),
                json.get("size").bigIntegerValue().longValue(),
                address(json.get("first_bad")),
                task(json.get("task")),
                frames(json.get("frames")),
                list(json.get("regions"), JsonReports::region),
                list(json.get("rows"), JsonReports::row),
                list(json.get("notes"), JsonNode::textValue),
                json.get("tainted").booleanValue(),
                new Machine(json.get("release").textValue(), json.get("hardware").textValue()));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode word) {
        return Enum.valueOf(type, word.textValue().toUpperCase(Locale.ROOT));
    }

    private static long address(JsonNode text) {
        return Long.parseUnsignedLong(text.textValue().substring(2), 16);
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
        List<T> elements = new ArrayList<>();
        array.forEach(element -> elements.add(reader.apply(element)));
        return elements;
    }

    private static Task task(JsonNode json) {
        return new Task(json.get("comm").textValue(), json.get("pid").longValue());
    }

    private static List<StackTraceElement> frames(JsonNode json) {
        return list(
                json,
                frame ->
                        new StackTraceElement(
                                frame.get("class").textValue(),
                                frame.get("method").textValue(),
                                frame.get("file").textValue(),
                                frame.get("line").intValue()));
    }

    private static Track track(JsonNode json) {
        return json.isNull() ? null : Track.of(task(json.get("task")), frames(json.get("frames")));
    }

    private static ShadowRow row(JsonNode json) {
        List<Byte> shadow = new ArrayList<>();
        for (byte each : HexFormat.of().parseHex(json.get("shadow").textValue())) {
            shadow.add(each);
        }
        return new ShadowRow(address(json.get("address")), shadow);
    }

    private static Region region(JsonNode json) {
        return switch (json.get("kind").textValue()) {
            case "vmalloc" ->
                    new VmallocRegion(
                            address(json.get("start")),
                            json.get("requested_size").longValue(),
                            json.get("pages").longValue(),
                            track(json.get("allocated")),
                            track(json.get("freed")));
            case "stack" ->
                    new StackRegion(
                            task(json.get("task")),
                            json.get("current").booleanValue(),
                            address(json.get("start")),
                            address(json.get("end")),
                            optional(json.get("frame"), JsonReports::frame));
            case "slab" ->
                    new SlabRegion(
                            address(json.get("start")),
                            json.get("cache").textValue(),
                            json.get("object_size").longValue(),
                            json.get("size").longValue(),
                            track(json.get("allocated")),
                            track(json.get("freed")),
                            list(json.get("works"), JsonReports::track));
            case "variable" ->
                    new VariableRegion(
                            json.get("name").textValue(),
                            address(json.get("start")),
                            json.get("size").longValue());
            case "page" -> page(json);
            default -> throw new AssertionError(json);
        };
    }

    private static <T> Optional<T> optional(JsonNode json, Function<JsonNode, T> reader) {
        return json.isNull() ? Optional.empty() : Optional.of(reader.apply(json));
    }

    private static FrameInfo frame(JsonNode json) {
        return new FrameInfo(
                json.get("function").textValue(),
                address(json.get("start")),
                address(json.get("marker")),
                list(
                        json.get("objects"),
                        object ->
                                new FrameInfo.FrameObject(
                                        object.get("name").textValue(),
                                        object.get("start").longValue(),
                                        object.get("end").longValue())));
    }

    private static PageRegion page(JsonNode json) {
        return new PageRegion(
                json.get("pfn").longValue(),
                json.get("refcount").intValue(),
                json.get("order").intValue(),
                json.get("compound").booleanValue(),
                json.get("zone").intValue(),
                constant(PageRegion.Use.class, json.get("use")),
                optional(
                        json.get("owner"),
                        owner ->
                                new PageOwner(
                                        owner.get("allocated").booleanValue(),
                                        owner.get("order").intValue(),
                                        track(owner.get("allocated_by")),
                                        track(owner.get("freed_by")))));
    }
}
