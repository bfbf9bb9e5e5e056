package org.jkasan.samples.modload;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A processor whose modules can be loaded. */
enum Machine {
    X86_64(62, "x86-64"),
    AARCH64(183, "aarch64");

    private final int code;
    private final String text;

    Machine(int code, String text) {
        this.code = code;
        this.text = text;
    }

    static Machine of(int code) throws BadModuleException {
        Optional<Machine> machine =
                Arrays.stream(values()).filter(each -> each.code == code).findFirst();
        return machine.orElseThrow(
                () ->
                        new BadModuleException(
                                "is for machine %d, expected %s".formatted(code, known())));
    }

    private static String known() {
        return Arrays.stream(values())
                .map(each -> each.code + " (" + each.text + ")")
                .collect(Collectors.joining(" or "));
    }

    @Override
    public String toString() {
        return text;
    }
}
