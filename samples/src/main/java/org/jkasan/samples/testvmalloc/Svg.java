package org.jkasan.samples.testvmalloc;

import java.util.Locale;

/** A picture in SVG, drawn piece by piece; all text is escaped. Coordinates are pixels. */
final class Svg {

    /** Where a text is put relative to its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private final StringBuilder body = new StringBuilder();

    /** A white picture of a size. */
    Svg(int width, int height, String title) {
        body.append(
                format(
                        """
                        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" \
                        viewBox="0 0 %d %d" font-family="sans-serif">
                        <title>%s</title>
                        """,
                        width, height, width, height, escape(title)));
        rect(0, 0, width, height, "#ffffff");
    }

    void rect(double x, double y, double width, double height, String fill) {
        body.append(
                format(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                        x, y, width, height, escape(fill)));
    }

    void line(double x1, double y1, double x2, double y2, String stroke) {
        body.append(
                format(
                        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                        x1, y1, x2, y2, escape(stroke)));
    }

    void text(double x, double y, int size, Anchor anchor, String text) {
        text(x, y, size, anchor, 0, text);
    }

    /** A text that is turned around its point by degrees, clockwise. */
    void text(double x, double y, int size, Anchor anchor, int degrees, String text) {
        String turn =
                degrees == 0 ? "" : format(" transform=\"rotate(%d %.1f %.1f)\"", degrees, x, y);
        body.append(
                format(
                        "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\"%s>%s</text>%n",
                        x, y, size, anchor.name().toLowerCase(Locale.ROOT), turn, escape(text)));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern.replace("%n", "\n"), values);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The whole document. */
    @Override
    public String toString() {
        return body + "</svg>\n";
    }
}
