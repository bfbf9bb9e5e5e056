package org.jkasan.check;

import org.jkasan.Kasan;
import org.jkasan.report.AccessKind;
import org.junit.jupiter.api.Test;

/** What programs call where they look at what they must not. */
class SuppressedThreadTest {

    private static final int PAGE = 200;
    private static final int SIZE = 24;

    @Test
    void accessesOfADisabledThread_areNotReported() {
        long object = TestSanitizer.object(PAGE, SIZE);
        AccessChecker checker = TestSanitizer.sanitizer().checker();
        Kasan.disableCurrent();
        Kasan.disableCurrent();
        try {
            TestSanitizer.assertNoReport(() -> checker.access(AccessKind.WRITE, object + SIZE, 8));
        } finally {
            Kasan.enableCurrent();
        }
        TestSanitizer.assertNoReport(() -> checker.range(AccessKind.READ, object, SIZE + 1));
        Kasan.enableCurrent();
        TestSanitizer.assertReport(
                AccessKind.READ,
                object,
                SIZE + 1,
                () -> checker.range(AccessKind.READ, object, SIZE + 1));
    }
}
