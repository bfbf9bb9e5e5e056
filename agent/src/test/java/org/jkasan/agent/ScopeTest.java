package org.jkasan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jkasan.config.ClassFilter;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private static final ClassLoader APPLICATION = new ClassLoader(null) {};
    private static final Module UNNAMED = APPLICATION.getUnnamedModule();

    private final Scope all = new Scope(new ClassFilter(List.of("*"), List.of()));

    @Test
    void includes_applicationClass() {
        assertThat(all.includes(UNNAMED, APPLICATION, "com/example/Main")).isTrue();
        assertThat(all.includes(null, APPLICATION, "Main")).isTrue();
    }

    @Test
    void includes_sampleOfThisProject() {
        assertThat(all.includes(UNNAMED, APPLICATION, "org/jkasan/samples/Samples")).isTrue();
    }

    @Test
    void includes_neverTheJdk() {
        Module base = Object.class.getModule();
        assertThat(all.includes(base, null, "java/util/ArrayList")).isFalse();
        assertThat(all.includes(UNNAMED, ClassLoader.getPlatformClassLoader(), "a/B")).isFalse();
        assertThat(all.includes(base, APPLICATION, "jdk/tool/Main")).isFalse();
        assertThat(all.includes(UNNAMED, APPLICATION, "jdk/internal/reflect/Generated1")).isFalse();
    }

    @Test
    void includes_neverTheAgent() {
        ClassLoader own = Scope.class.getClassLoader();
        assertThat(all.includes(UNNAMED, own, "org/objectweb/asm/ClassReader")).isFalse();
        assertThat(all.includes(UNNAMED, APPLICATION, "org/jkasan/agent/boot/Boot")).isFalse();
    }

    @Test
    void includes_neverASecondRuntime() {
        assertThat(all.includes(UNNAMED, APPLICATION, "org/jkasan/check/Hooks")).isFalse();
        assertThat(all.includes(UNNAMED, APPLICATION, "org/jkasan/Kasan")).isFalse();
        assertThat(all.includes(UNNAMED, APPLICATION, "org/jkasan/host/jna/LibC")).isFalse();
    }

    @Test
    void includes_classWithoutName_isLeft() {
        assertThat(all.includes(UNNAMED, APPLICATION, null)).isFalse();
    }

    @Test
    void includes_asksTheFilterForBinaryNames() {
        Scope some = new Scope(new ClassFilter(List.of("com.example.*"), List.of("*$Inner")));
        assertThat(some.includes(UNNAMED, APPLICATION, "com/example/Main")).isTrue();
        assertThat(some.includes(UNNAMED, APPLICATION, "com/example/Main$Inner")).isFalse();
        assertThat(some.includes(UNNAMED, APPLICATION, "org/example/Main")).isFalse();
    }

    /** A package that the runtime gets must get its place in the scope as well. */
    @Test
    void isRuntime_knowsEveryPackageOfIt() {
        new com.tngtech.archunit.core.importer.ClassFileImporter()
                .importPackages("org.jkasan").stream()
                        .filter(type -> !type.getPackageName().startsWith("org.jkasan.agent"))
                        .map(type -> type.getName().replace('.', '/'))
                        .forEach(name -> assertThat(Scope.isRuntime(name)).as(name).isTrue());
    }
}
