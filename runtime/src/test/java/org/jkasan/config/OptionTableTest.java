package org.jkasan.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OptionTableTest {

    @Test
    void help_showsEachKeyWithValuesMeaningAndDefault() {
        String help = OptionTable.help();
        for (Option option : Option.values()) {
            assertThat(help)
                    .contains(
                            "  "
                                    + option.key()
                                    + "="
                                    + String.join("|", option.words())
                                    + "\n      "
                                    + option.help()
                                    + "\n      Default: "
                                    + option.defaultText()
                                    + "\n");
        }
        assertThat(help)
                .startsWith("Options:\n  kasan.fault=report|throw|panic|panic_on_write\n")
                .contains("Default: standard error\n")
                .contains("the first of these wins");
    }

    @Test
    void help_fitsATerminal() {
        assertThat(OptionTable.help().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void choices_haveADefaultThatIsKnown() {
        for (Option option : Option.values()) {
            if (option.kind() == Option.Kind.CHOICE || option.kind() == Option.Kind.SWITCH) {
                assertThat(option.words()).contains(option.defaultValue());
            }
        }
    }
}
