package org.jkasan.agent.rewrite.catalogue;

import static org.jkasan.agent.rewrite.catalogue.Rows.A0;
import static org.jkasan.agent.rewrite.catalogue.Rows.A1;
import static org.jkasan.agent.rewrite.catalogue.Rows.A2;
import static org.jkasan.agent.rewrite.catalogue.Rows.A3;
import static org.jkasan.agent.rewrite.catalogue.Rows.A4;
import static org.jkasan.agent.rewrite.catalogue.Rows.BYTE_BUFFER;
import static org.jkasan.agent.rewrite.catalogue.Rows.CHAR_BUFFER;
import static org.jkasan.agent.rewrite.catalogue.Rows.STRING;

import java.util.List;
import org.jkasan.agent.rewrite.hook.Hook;

/** The catalogue's rows for what makes text of bytes and characters, or these of text. */
final class TextRows {

    private static final String CHARSET = "Ljava/nio/charset/Charset;";

    private static final Effect READ = Effect.of(Hook.ARRAY_READ, A0);
    private static final Effect READ_RANGE = Effect.of(Hook.ARRAY_READ_RANGE, A0, A1, A2);
    private static final Effect WRITE_CHARS = Effect.of(Hook.TEXT_WRITE, A0, A1, A2, A3, A4);

    private TextRows() {}

    static void addTo(List<InterceptedCall> rows) {
        rows.addAll(strings().list());
        rows.addAll(builder("java/lang/StringBuilder"));
        rows.addAll(builder("java/lang/StringBuffer"));
        rows.addAll(charset("java/nio/charset/Charset", "encode", CHAR_BUFFER));
        rows.addAll(charset("java/nio/charset/Charset", "decode", BYTE_BUFFER));
        rows.addAll(charset("java/nio/charset/CharsetEncoder", "encode", CHAR_BUFFER));
        rows.addAll(charset("java/nio/charset/CharsetDecoder", "decode", BYTE_BUFFER));
    }

    private static Rows strings() {
        Effect readAs = Effect.of(Hook.TEXT_READ, A0, A1);
        Effect readRangeAs = Effect.of(Hook.TEXT_READ_RANGE, A0, A1, A2, A3);
        return Rows.of("java/lang/String")
                .constructor("([C)", READ)
                .constructor("([CII)", READ_RANGE)
                .constructor("([III)", READ_RANGE)
                .constructor("([B)", READ)
                .constructor("([BII)", READ_RANGE)
                .constructor("([BI)", READ)
                .constructor("([BIII)", Effect.of(Hook.ARRAY_READ_RANGE, A0, A2, A3))
                .function("valueOf", "([C)", READ)
                .function("valueOf", "([CII)", READ_RANGE)
                .function("copyValueOf", "([C)", READ)
                .function("copyValueOf", "([CII)", READ_RANGE)
                .method("getChars", "(II[CI)", WRITE_CHARS)
                .method("getBytes", "(II[BI)", WRITE_CHARS)
                .barriers()
                .constructor("([B" + STRING + ")", readAs)
                .constructor("([B" + CHARSET + ")", readAs)
                .constructor("([BII" + STRING + ")", readRangeAs)
                .constructor("([BII" + CHARSET + ")", readRangeAs);
    }

    private static List<InterceptedCall> builder(String owner) {
        return Rows.of(owner)
                .method("append", "([C)", Effect.of(Hook.ARRAY_READ, A1))
                .method("append", "([CII)", Effect.of(Hook.ARRAY_READ_RANGE, A1, A2, A3))
                .method("getChars", "(II[CI)", WRITE_CHARS)
                .list();
    }

    private static List<InterceptedCall> charset(String owner, String name, String buffer) {
        return Rows.of(owner)
                .barriers()
                .method(name, "(" + buffer + ")", Effect.of(Hook.BUFFER_DRAIN, A1))
                .list();
    }
}
