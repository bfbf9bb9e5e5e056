package org.jkasan.testkit;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jkasan.Kasan;
import org.jkasan.testkit.ReportScopes.Entered;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Fails the tests during which KASAN reports. {@link KasanTest} registers it; with JUnit's {@code
 * junit.jupiter.extensions.autodetection.enabled=true} it is there for all tests, and does nothing
 * in a JVM without the agent.
 *
 * <p>A report belongs to the test whose thread made it, or one that this thread started, directly
 * or not. Whatever belongs to no running test, such as a thread of a pool that an earlier test
 * started, counts for every test that runs at that moment; if none does, for its class, and if
 * there is none either, for the whole run, at whose end it is thrown.
 */
public final class KasanExtension
        implements ExecutionCondition,
                BeforeAllCallback,
                AfterAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                TestExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(KasanExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean skips =
                annotation(context)
                        .map(test -> test.agent().skips(parameter(context)))
                        .orElse(false);
        return skips
                ? ConditionEvaluationResult.disabled(WithoutAgent.how())
                : ConditionEvaluationResult.enabled("KASAN watches, or its absence is a failure");
    }

    private static Optional<String> parameter(ExtensionContext context) {
        return context.getConfigurationParameter(WithoutAgent.PARAMETER);
    }

    /** That of the method, or else of the class or one around it. */
    private static Optional<KasanTest> annotation(ExtensionContext context) {
        for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            Optional<AnnotatedElement> element = at.getElement();
            Optional<KasanTest> found = AnnotationSupport.findAnnotation(element, KasanTest.class);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (Kasan.enabled()) {
            context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(RunEnd.class, key -> new RunEnd(), RunEnd.class);
            begin(context, around(context).container(context.getDisplayName()));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (annotation(context).isPresent()) {
            WithoutAgent.requireAgent();
        }
        if (Kasan.enabled()) {
            begin(context, around(context).test(context.getDisplayName()));
        }
    }

    /** The report is the failure; what the test itself threw, often its consequence, goes along. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
            throws Throwable {
        Entered entered = context.getStore(NAMESPACE).get(key(context), Entered.class);
        KasanFailure failure = entered == null ? null : entered.scope().failure();
        if (failure == null) {
            throw thrown;
        }
        failure.addSuppressed(thrown);
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end(context);
    }

    /** The scope of the nearest class around that has one. */
    private static ReportScope around(ExtensionContext context) {
        for (Optional<ExtensionContext> at = context.getParent();
                at.isPresent();
                at = at.get().getParent()) {
            Entered entered = at.get().getStore(NAMESPACE).get(key(at.get()), Entered.class);
            if (entered != null) {
                return entered.scope();
            }
        }
        return ReportScopes.root();
    }

    private static void begin(ExtensionContext context, ReportScope scope) {
        // The extension may be registered twice, by annotation and automatically.
        if (context.getStore(NAMESPACE).get(key(context)) == null) {
            context.getStore(NAMESPACE).put(key(context), ReportScopes.enter(scope));
        } else {
            scope.close();
        }
    }

    private static void end(ExtensionContext context) {
        Entered entered = context.getStore(NAMESPACE).remove(key(context), Entered.class);
        if (entered != null) {
            entered.close();
            KasanFailure failure = entered.scope().failure();
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Unlike a class, found in the store of this context only. */
    private static Object key(ExtensionContext context) {
        return context.getUniqueId();
    }

    /** Throws at the end of the run what could not be laid at any test's door. */
    private static final class RunEnd implements AutoCloseable {

        @Override
        public void close() {
            KasanFailure failure = ReportScopes.root().failure();
            if (failure != null) {
                throw failure;
            }
        }
    }
}
