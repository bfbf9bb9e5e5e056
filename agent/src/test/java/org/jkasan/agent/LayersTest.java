package org.jkasan.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The layers of the agent. */
class LayersTest {

    /** Bottom up: a package uses only what stands before it. The last is the root package. */
    private static final List<String> LAYERS =
            List.of(
                    "org.jkasan.agent.rewrite.flow",
                    "org.jkasan.agent.rewrite.hook",
                    "org.jkasan.agent.rewrite.catalogue",
                    "org.jkasan.agent.rewrite.symbolic",
                    "org.jkasan.agent.rewrite.loop",
                    "org.jkasan.agent.rewrite",
                    "org.jkasan.agent");

    /** Beside the layers: what runs in the application's loader, and finds the rest by its name. */
    private static final String BOOT = "org.jkasan.agent.boot";

    private static final JavaClasses AGENT =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.jkasan.agent");

    @Test
    void everyClass_standsInALayer() {
        assertThat(AGENT.contain("org.jkasan.agent.rewrite.ClassRewriter")).isTrue();
        classes()
                .should()
                .resideInAnyPackage(LAYERS.toArray(new String[0]))
                .orShould()
                .resideInAPackage(BOOT)
                .because("a new package gets its place in the list of layers")
                .check(AGENT);
    }

    @Test
    void everyLayer_usesOnlyWhatStandsBelow() {
        for (int i = 0; i < LAYERS.size() - 1; i++) {
            String[] above = LAYERS.subList(i + 1, LAYERS.size()).toArray(new String[0]);
            noClasses()
                    .that()
                    .resideInAPackage(LAYERS.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .check(AGENT);
        }
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("org.jkasan.(**)").should().beFreeOfCycles().check(AGENT);
    }

    @Test
    void rewriting_knowsNothingButBytecode() {
        classes()
                .that()
                .resideInAPackage("org.jkasan.agent.rewrite..")
                .should()
                .onlyDependOnClassesThat(
                        Predicates.resideInAnyPackage(
                                "java..", "org.objectweb.asm..", "org.jkasan.agent.rewrite.."))
                .because("the runtime knows of KASAN and the agent of bytecode")
                .check(AGENT);
    }

    @Test
    void boot_isAlone() {
        noClasses()
                .that()
                .resideInAPackage(BOOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LAYERS.toArray(new String[0]))
                .check(AGENT);
    }
}
