package org.jkasan.agent.rewrite.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Type;

/** The catalogue as text: what {@code java -jar jkasan.jar intercepts} prints. */
public final class InterceptTable {

    private static final String HEAD =
            """
            What rewritten code checks before it happens, by the class that the code names.
            A call is checked for every byte that its arguments let it touch, whatever it then does.
            * may run code of yours: what is known about arrays is asked again behind it.

            """;

    private static final String LIMITS =
            """

            not checked
              what is called by a method reference, a MethodHandle or reflection
              what a class of yours inherits of these and is called by its own name
              what a cipher writes
              a CharsetEncoder or CharsetDecoder that is given both of its buffers
              a VarHandle that computes its coordinates, or is given a primitive value as an object
              accesses by Unsafe, and by a MemorySegment over an array or buffer
              what is done later with an array or buffer that was handed over to be kept
            """;

    private static final int NAME_WIDTH = 60;
    private static final int LINE_WIDTH = 100;

    private InterceptTable() {}

    /** The whole table. */
    public static String text() {
        StringBuilder text = new StringBuilder(HEAD).append("array instructions\n");
        for (ArrayAccess access : ArrayAccess.values()) {
            line(text, ' ', access.mnemonic(), access.words(), 0);
        }
        Map<String, List<InterceptedCall>> groups =
                Catalogue.rows().stream()
                        .collect(
                                Collectors.groupingBy(
                                        InterceptTable::heading,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        groups.forEach(
                (heading, rows) -> {
                    text.append('\n').append(heading);
                    merged(rows).forEach((call, row) -> line(text, call, row));
                });
        return text.append(LIMITS).toString();
    }

    /** The classes for which rows hold. */
    static String heading(InterceptedCall row) {
        StringBuilder heading = new StringBuilder();
        String line = className(row.owner());
        String and = " and ";
        for (String subtype : row.subtypes()) {
            String next = simpleName(subtype);
            if (line.length() + and.length() + next.length() >= LINE_WIDTH) {
                heading.append(line).append(and.stripTrailing()).append('\n');
                line = "    " + next;
            } else {
                line += and + next;
            }
            and = ", ";
        }
        return heading.append(line).append('\n').toString();
    }

    /** Rows by their calls; those that differ in nothing but what a VarHandle is given are one. */
    private static Map<String, InterceptedCall> merged(List<InterceptedCall> rows) {
        Map<String, List<InterceptedCall>> alike =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        row ->
                                                row.kind() == InterceptedCall.Kind.POLYMORPHIC
                                                        ? row.name() + words(row)
                                                        : call(row, parameters(row)),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        Map<String, InterceptedCall> merged = new LinkedHashMap<>();
        for (List<InterceptedCall> same : alike.values()) {
            InterceptedCall row = same.get(0);
            String parameters =
                    same.stream()
                            .map(InterceptTable::parameters)
                            .distinct()
                            .collect(Collectors.joining("|"));
            merged.put(call(row, parameters), row);
        }
        return merged;
    }

    private static void line(StringBuilder text, String call, InterceptedCall row) {
        line(text, row.isBarrier() ? '*' : ' ', call, words(row), row.since());
    }

    private static void line(StringBuilder text, char mark, String call, String words, int since) {
        text.append("  ").append(mark).append(' ').append(call);
        if (call.length() >= NAME_WIDTH) {
            text.append("\n    ").append(" ".repeat(NAME_WIDTH));
        } else {
            text.append(" ".repeat(NAME_WIDTH - call.length()));
        }
        text.append(words);
        if (since > 0) {
            text.append(", since ").append(since);
        }
        text.append('\n');
    }

    static String call(InterceptedCall row, String parameters) {
        String name = row.name().equals("<init>") ? "new" : row.name();
        String rest = row.kind() == InterceptedCall.Kind.POLYMORPHIC ? ", int, ..." : "";
        return name + "(" + parameters + rest + ")";
    }

    /** The types that a row names, without the index of a VarHandle. */
    static String parameters(InterceptedCall row) {
        String end = row.kind() == InterceptedCall.Kind.POLYMORPHIC ? ")V" : "V";
        return Stream.of(Type.getArgumentTypes(row.parameters() + end))
                .map(type -> simpleName(type.getClassName().replace('.', '/')))
                .collect(Collectors.joining(", "));
    }

    static String words(InterceptedCall row) {
        List<String> words = new ArrayList<>();
        row.effects().forEach(effect -> words.add(EffectWords.of(effect)));
        return String.join(", ", words);
    }

    private static String className(String internalName) {
        return internalName.startsWith("[")
                ? Type.getType(internalName).getClassName()
                : internalName.replace('/', '.').replace('$', '.');
    }

    private static String simpleName(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
    }
}
