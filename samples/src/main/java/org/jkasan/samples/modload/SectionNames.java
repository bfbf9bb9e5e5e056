package org.jkasan.samples.modload;

/** The sections' names, cut to what fits in a line. */
final class SectionNames {

    private static final int LONGEST = 255;

    private final String[] names;

    private SectionNames(String[] names) {
        this.names = names;
    }

    static SectionNames read(
            LoadContext context, Image image, SectionTable sections, int namesIndex)
            throws BadModuleException {
        String what = "the section of the section names";
        StringTable.requireTerminated(image, sections, namesIndex, what);
        long size = sections.size(namesIndex);
        // sh_size counts the NUL of the last string; who takes it for a strlen() drops that.
        long copied = context.bug() == Bug.UNTERMINATED_STRINGS ? size - 1 : size;
        StringTable strings = StringTable.copy(context, image, sections.offset(namesIndex), copied);
        String[] names = new String[sections.count()];
        for (int i = 0; i < names.length; i++) {
            int at = sections.nameOffset(i);
            if (Long.compareUnsigned(Integer.toUnsignedLong(at), size) >= 0) {
                throw new BadModuleException(
                        "section %d has its name at 0x%x, past the 0x%x bytes of section names"
                                .formatted(i, at, size));
            }
            names[i] = strings.text(at, LONGEST);
        }
        return new SectionNames(names);
    }

    String name(int i) {
        return names[i];
    }

    /** A section for an error message. */
    String describe(int i) {
        return "section %d (%s)".formatted(i, names[i]);
    }
}
