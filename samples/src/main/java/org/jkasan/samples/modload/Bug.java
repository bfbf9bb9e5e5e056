package org.jkasan.samples.modload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A mistake of the loader that can be switched on; each kind has happened in real loaders. */
enum Bug {
    /** No mistake. */
    NONE(""),
    SECTION_COUNT("the section loop runs one header past the end of the table"),
    UNTERMINATED_STRINGS("the string table is copied without its last NUL, and strlen() runs on"),
    OFFSET_WRAP("offset + size wraps in 32 bits, so a range past the end passes its check"),
    USE_AFTER_FREE("the ELF header is read from the temporary copy after its vfree()"),
    STALE_SYMBOLS("an address is taken from the symbol table's arrays after their vfree()"),
    DOUBLE_FREE("the temporary copy is freed by hand, and once more with all else at the end"),
    RELOCATION_PAST_END("where a relocation starts is checked, where it ends is not"),
    NAME_OVERFLOW("the NUL behind the module's name lands one byte past the module's memory");

    private final String description;

    Bug(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    /** The name on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The bugs that there are to switch on. */
    static List<Bug> all() {
        return Arrays.stream(values()).filter(bug -> bug != NONE).toList();
    }

    static Optional<Bug> of(String key) {
        return all().stream().filter(bug -> bug.key().equals(key)).findFirst();
    }
}
