package org.jkasan.agent.rewrite.catalogue;

import static org.jkasan.agent.rewrite.catalogue.Operand.constant;
import static org.jkasan.agent.rewrite.catalogue.Operand.span;
import static org.jkasan.agent.rewrite.catalogue.Rows.A0;
import static org.jkasan.agent.rewrite.catalogue.Rows.A1;
import static org.jkasan.agent.rewrite.catalogue.Rows.A2;
import static org.jkasan.agent.rewrite.catalogue.Rows.A3;
import static org.jkasan.agent.rewrite.catalogue.Rows.A4;
import static org.jkasan.agent.rewrite.catalogue.Rows.OBJECT;

import java.util.List;
import org.jkasan.agent.rewrite.hook.Hook;

/** The catalogue's rows for what goes through primitive arrays. */
final class ArrayRows {

    private static final Effect READ = Effect.of(Hook.ARRAY_READ, A0);
    private static final Effect WRITE = Effect.of(Hook.WRITE_ALL, A0);
    private static final Effect WRITE_RANGE = Effect.of(Hook.WRITE_RANGE, A0, A1, span(1, 2));

    private static final List<Element> UNSIGNED =
            List.of(Element.BYTE, Element.SHORT, Element.INT, Element.LONG);

    private ArrayRows() {}

    static void addTo(List<InterceptedCall> rows) {
        rows.addAll(
                Rows.of("java/lang/System")
                        .function(
                                "arraycopy",
                                "(" + OBJECT + "I" + OBJECT + "II)",
                                Effect.of(Hook.COPY, A0, A1, A2, A3, A4))
                        .list());
        Rows arrays = Rows.of("java/util/Arrays");
        for (Element element : Element.values()) {
            rows.addAll(Rows.of(element.array).method("clone", "()", READ).list());
            arrays(arrays, element);
        }
        arrays.barriers();
        setAll(arrays, Element.INT, "IntUnaryOperator");
        setAll(arrays, Element.LONG, "IntToLongFunction");
        setAll(arrays, Element.DOUBLE, "IntToDoubleFunction");
        parallelPrefix(arrays, Element.INT);
        parallelPrefix(arrays, Element.LONG);
        parallelPrefix(arrays, Element.DOUBLE);
        rows.addAll(arrays.list());
    }

    private static void arrays(Rows rows, Element element) {
        String type = element.type;
        String array = element.array;
        rows.function("fill", "(" + array + type + ")", WRITE)
                .function("fill", "(" + array + "II" + type + ")", WRITE_RANGE)
                .function(
                        "copyOf",
                        "(" + array + "I)",
                        Effect.of(Hook.READ_COPY, A0, constant(0), A1))
                .function("copyOfRange", "(" + array + "II)", Effect.of(Hook.READ_COPY, A0, A1, A2))
                .function("hashCode", "(" + array + ")", READ)
                .function("toString", "(" + array + ")", READ);
        compares(rows, "equals", array, Hook.ARRAYS_EQUAL, Hook.RANGES_EQUAL);
        compares(rows, "compare", array, Hook.ARRAYS_COMPARE, Hook.RANGES_COMPARE);
        compares(rows, "mismatch", array, Hook.ARRAYS_COMPARE, Hook.RANGES_COMPARE);
        if (UNSIGNED.contains(element)) {
            compares(rows, "compareUnsigned", array, Hook.ARRAYS_COMPARE, Hook.RANGES_COMPARE);
        }
        if (element != Element.BOOLEAN) {
            for (String sort : List.of("sort", "parallelSort")) {
                rows.function(sort, "(" + array + ")", WRITE)
                        .function(sort, "(" + array + "II)", WRITE_RANGE);
            }
            rows.function(
                            "binarySearch",
                            "(" + array + type + ")",
                            Effect.of(Hook.ARRAY_SEARCH, A0))
                    .function(
                            "binarySearch",
                            "(" + array + "II" + type + ")",
                            Effect.of(Hook.RANGE_SEARCH, A0, A1, A2));
        }
    }

    private static void compares(Rows rows, String name, String array, Hook whole, Hook ranges) {
        rows.function(name, "(" + array + array + ")", Effect.of(whole, A0, A1))
                .function(
                        name,
                        "(" + array + "II" + array + "II)",
                        Effect.of(ranges, A0, A1, span(1, 2), A3, A4, span(4, 5)));
    }

    private static void setAll(Rows rows, Element element, String function) {
        String parameters = "(" + element.array + "Ljava/util/function/" + function + ";)";
        Effect write = Effect.of(Hook.ARRAY_WRITE_NEEDING, A0, A1);
        rows.function("setAll", parameters, write).function("parallelSetAll", parameters, write);
    }

    private static void parallelPrefix(Rows rows, Element element) {
        String operator = "Ljava/util/function/" + element.word + "BinaryOperator;)";
        rows.function(
                        "parallelPrefix",
                        "(" + element.array + operator,
                        Effect.of(Hook.ARRAY_WRITE_NEEDING, A0, A1))
                .function(
                        "parallelPrefix",
                        "(" + element.array + "II" + operator,
                        Effect.of(Hook.RANGE_WRITE_NEEDING, A0, A1, span(1, 2), A3));
    }
}
