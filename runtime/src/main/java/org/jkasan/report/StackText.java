package org.jkasan.report;

import java.util.List;

/** The part of a report that says where in the current task's stack the address lies. */
final class StackText {

    private StackText() {}

    static void append(StringBuilder out, StackRegion stack, long address) {
        out.append("\nThe buggy address belongs to stack of task ")
                .append(Text.clean(stack.task().comm()))
                .append('/')
                .append(stack.task().pid())
                .append('\n');
        stack.frame().ifPresent(frame -> appendFrame(out, frame, address));
    }

    private static void appendFrame(StringBuilder out, FrameInfo frame, long address) {
        if (!frame.isValid()) {
            out.append("KASAN internal error: frame has invalid marker: 0x")
                    .append(Text.address(frame.marker()))
                    .append('\n');
            return;
        }
        out.append(" and is located at offset ")
                .append(address - frame.start())
                .append(" in frame:\n ")
                .append(Text.clean(frame.function()))
                .append('\n');
        appendObjects(out, frame.objects());
    }

    private static void appendObjects(StringBuilder out, List<FrameInfo.FrameObject> objects) {
        out.append("\nThis frame has ")
                .append(objects.size())
                .append(objects.size() == 1 ? " object:\n" : " objects:\n");
        for (FrameInfo.FrameObject object : objects) {
            out.append(" [")
                    .append(object.start())
                    .append(", ")
                    .append(object.end())
                    .append(") '")
                    .append(Text.clean(object.name()))
                    .append("'\n");
        }
    }
}
