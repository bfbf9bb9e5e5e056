package org.jkasan.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import org.jkasan.agent.rewrite.CallSiteNumbers;
import org.jkasan.check.Sanitizer;
import org.jkasan.config.ClassFilter;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionException;
import org.jkasan.config.OptionParser;
import org.jkasan.config.StackMode;
import org.jkasan.host.HostMemoryException;
import org.jkasan.report.CallSites;
import org.jkasan.report.ReportSink;

/**
 * The agent in its own layer: starts everything, in the order in which each part needs the others.
 *
 * <p>Called by name from the boot package, which the application's loader defines. No lambdas
 * before {@code main}: the first one costs more than the rest of this class.
 */
public final class Agent {

    private Agent() {}

    /**
     * Starts checking.
     *
     * @param late whether the application runs already
     * @param scratch a directory of the agent's own, which is deleted when this returns
     * @return null, or the sentence that says why the agent refuses to start
     */
    public static String start(
            String arguments, Instrumentation instrumentation, boolean late, Path scratch) {
        try {
            LoadedClasses loaded = new LoadedClasses(instrumentation);
            RuntimeCopy.checkTheOne(loaded, late);
            KasanConfig config = OptionParser.parse(arguments, System.getProperties());
            ReportSink log = ReportSink.of(config);
            NativeAccess.allow();
            Sanitizer sanitizer = new Sanitizer(config, JnaStart.hostMemory(scratch), log);
            Sanitizer.install(sanitizer);
            instrument(sanitizer, log, instrumentation, loaded, late);
            Summary.atExit(log);
            return null;
        } catch (OptionException | HostMemoryException | RefusalException refusal) {
            return refusal.getMessage();
        }
    }

    private static void instrument(
            Sanitizer sanitizer,
            ReportSink log,
            Instrumentation instrumentation,
            LoadedClasses loaded,
            boolean late) {
        KasanConfig config = sanitizer.config();
        Scope scope = new Scope(new ClassFilter(config.include(), config.exclude()));
        ClassDump dump = config.dump().isPresent() ? new ClassDump(config.dump().get()) : null;
        KasanTransformer transformer =
                new KasanTransformer(
                        scope, sanitizer.classes(), loaded, callSites(sanitizer), dump, log);
        instrumentation.addTransformer(transformer, true);
        try {
            SelfTest.run(sanitizer);
        } catch (RefusalException refusal) {
            instrumentation.removeTransformer(transformer);
            throw refusal;
        }
        if (late) {
            loaded.retransform(scope, transformer);
        }
    }

    private static CallSiteNumbers callSites(Sanitizer sanitizer) {
        boolean wanted = sanitizer.config().stacks() != StackMode.FULL;
        return wanted ? new Places(sanitizer.callSites()) : null;
    }

    /** Numbers places as the runtime knows them. */
    private static final class Places implements CallSiteNumbers {

        private final CallSites sites;

        Places(CallSites sites) {
            this.sites = sites;
        }

        @Override
        public int number(String className, String method, String file, int line) {
            return sites.number(new StackTraceElement(className, method, file, line));
        }
    }
}
