package org.jkasan.testkit.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jkasan.testkit.KasanTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The crash files that a fuzzer has left, as tests, without the fuzzer. */
@KasanTest
class CrashReplay {

    static Stream<Path> crashes() throws IOException {
        return Files.list(Path.of("src/test/resources/crashes")).sorted();
    }

    @ParameterizedTest
    @MethodSource("crashes")
    void replay(Path crash) throws IOException {
        LockedSubject.actions().decode(Files.readAllBytes(crash)).run(LockedSubject::new);
    }
}
