package org.jkasan.testkit.program;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of the classes that the arguments name, those with a "=" being configuration
 * parameters. Prints a line for each test, and for each container that is not successful: how it
 * ended, its name, and the message, in one line.
 */
public final class RunTests {

    private RunTests() {}

    /** The program. */
    public static void main(String[] args) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (equals < 0) {
                request.selectors(selectClass(arg));
            } else {
                request.configurationParameter(arg.substring(0, equals), arg.substring(equals + 1));
            }
        }
        LauncherDiscoveryRequest built = request.build();
        LauncherFactory.create().execute(built, new Printer());
    }

    private static final class Printer implements TestExecutionListener {

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            print("SKIPPED", test, reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean successful = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
            if (test.isTest() || !successful) {
                Optional<Throwable> thrown = result.getThrowable();
                print(result.getStatus().toString(), test, thrown.map(RunTests::text).orElse(""));
            }
        }

        private static synchronized void print(String how, TestIdentifier test, String message) {
            System.out.println(how + " " + test.getDisplayName() + ": " + message);
        }
    }

    private static String text(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.getClass().getSimpleName() + ": ");
        text.append(String.valueOf(thrown.getMessage()).replace("\n", "\\n"));
        for (Throwable suppressed : thrown.getSuppressed()) {
            text.append(" [suppressed ").append(suppressed.getClass().getSimpleName()).append(']');
        }
        return text.toString();
    }
}
