package org.jkasan;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The layers of the runtime and those house rules that a machine can check. */
class LayersTest {

    /** Bottom up: a package uses only what stands before it. The last is the root package. */
    private static final List<String> LAYERS =
            List.of(
                    "org.jkasan.config",
                    "org.jkasan.host",
                    "org.jkasan.shadow",
                    "org.jkasan.report",
                    "org.jkasan.check",
                    "org.jkasan.mm",
                    "org.jkasan.mm.slab",
                    "org.jkasan.kernel",
                    "org.jkasan");

    /** Beside the layers: the host over JNA, which the agent keeps in its own module layer. */
    private static final String HOST_JNA = "org.jkasan.host.jna";

    private static final JavaClasses RUNTIME =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.jkasan");

    @Test
    void runtime_isAllThere() {
        assertThat(RUNTIME.contain("org.jkasan.shadow.Shadow")).isTrue();
        assertThat(RUNTIME.contain("org.jkasan.host.jna.JnaHostMemory")).isTrue();
        assertThat(RUNTIME.contain("org.jkasan.LayersTest")).isFalse();
    }

    @Test
    void everyClass_standsInALayer() {
        String[] packages = LAYERS.toArray(new String[0]);
        classes()
                .should()
                .resideInAnyPackage(packages)
                .orShould()
                .resideInAPackage(HOST_JNA)
                .because("a new package gets its place in the list of layers")
                .check(RUNTIME);
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
                    .allowEmptyShould(true)
                    .check(RUNTIME);
        }
    }

    @Test
    void hostOverJna_isUsedByNobody() {
        noClasses()
                .that(not(resideInAPackage(HOST_JNA)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HOST_JNA)
                .check(RUNTIME);
    }

    @Test
    void hostOverJna_usesJnaAndTheHostOnly() {
        classes()
                .that()
                .resideInAPackage(HOST_JNA)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "com.sun.jna", HOST_JNA, "org.jkasan.host"))
                .check(RUNTIME);
    }

    @Test
    void runtime_dependsOnTheJdkAlone() {
        classes()
                .that(not(resideInAPackage(HOST_JNA)))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                "java..",
                                "javax.crypto",
                                "jdk.internal.misc",
                                "jdk.internal.vm.annotation",
                                "org.jkasan.."))
                .because("on the boot class path there is nothing else")
                .check(RUNTIME);
    }

    @Test
    void internalUnsafe_isUsedByTheHostOnly() {
        noClasses()
                .that(not(resideInAPackage("org.jkasan.host")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.internal.misc")
                .check(RUNTIME);
    }

    @Test
    void names_haveNoImplAndNoGetters() {
        noClasses().should().haveSimpleNameEndingWith("Impl").check(RUNTIME);
        noMethods()
                .that()
                .areDeclaredInClassesThat(not(overridesWhatItDidNotName()))
                .should()
                .haveNameMatching("get[A-Z].*")
                .check(RUNTIME);
    }

    private static DescribedPredicate<JavaClass> overridesWhatItDidNotName() {
        return JavaClass.Predicates.assignableTo(Throwable.class);
    }

    @Test
    void statics_thatArePublic_areConstants() {
        noFields()
                .that()
                .arePublic()
                .and()
                .areStatic()
                .should()
                .notBeFinal()
                .orShould()
                .haveRawType(DescribedPredicate.describe("an array", JavaClass::isArray))
                .check(RUNTIME);
    }

    @Test
    void checksOfTheShadow_callNothingButArithmetic() {
        Set<String> allowed =
                Set.of(
                        "org.jkasan.shadow.Shadow",
                        "org.jkasan.shadow.ShadowScan",
                        "org.jkasan.shadow.ShadowLines",
                        "org.jkasan.shadow.HostRange",
                        "org.jkasan.host.RawMemory",
                        "java.lang.Long",
                        "java.lang.Math");
        methods()
                .that()
                .areDeclaredIn("org.jkasan.shadow.ShadowScan")
                .or()
                .areDeclaredIn("org.jkasan.shadow.ShadowLines")
                .or()
                .areDeclaredIn("org.jkasan.shadow.Shadow")
                .and()
                .haveNameMatching("isValid.*|load|shadowAddress")
                .should(callOnly(allowed))
                .check(RUNTIME);
    }

    private static ArchCondition<JavaMethod> callOnly(Set<String> owners) {
        return new ArchCondition<>("call only methods of " + owners) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getCallsFromSelf()
                        .forEach(
                                call ->
                                        events.add(
                                                new SimpleConditionEvent(
                                                        method,
                                                        owners.contains(
                                                                call.getTargetOwner().getName()),
                                                        call.getDescription())));
            }
        };
    }
}
