package org.jkasan.testkit.property;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.jkasan.testkit.KasanFailure;
import org.jkasan.testkit.Reports;
import org.jkasan.testkit.WithoutAgent;

/** Turns reports into falsifications: {@link FalsifiedByKasan}. */
final class KasanHook implements AroundTryHook, SkipExecutionHook {

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        Optional<String> parameter =
                Optional.ofNullable(System.getProperty(WithoutAgent.PARAMETER));
        return WithoutAgent.BY_PARAMETER.skips(parameter)
                ? SkipResult.skip(WithoutAgent.how())
                : SkipResult.doNotSkip();
    }

    @Override
    public TryExecutionResult aroundTry(
            TryLifecycleContext context, TryExecutor tried, List<Object> parameters) {
        WithoutAgent.requireAgent();
        try (Reports reports = Reports.watch()) {
            TryExecutionResult result = tried.execute(parameters);
            KasanFailure failure = reports.failure("");
            if (failure == null) {
                return result;
            }
            result.throwable().ifPresent(failure::addSuppressed);
            return TryExecutionResult.falsified(failure);
        }
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
