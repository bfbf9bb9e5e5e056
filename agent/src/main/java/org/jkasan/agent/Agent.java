package org.jkasan.agent;

import java.lang.instrument.Instrumentation;
import org.jkasan.config.ClassFilter;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionException;
import org.jkasan.config.OptionParser;
import org.jkasan.host.HostMemoryException;
import org.jkasan.report.ReportSink;

/**
 * The agent in its own layer: starts everything, in the order in which each part needs the others.
 *
 * <p>Called by name from the boot package, which the application's loader defines.
 */
public final class Agent {

    private Agent() {}

    /**
     * Starts checking.
     *
     * @param late whether the application runs already
     * @return null, or the sentence that says why the agent refuses to start
     */
    public static String start(String arguments, Instrumentation instrumentation, boolean late) {
        try {
            KasanConfig config = OptionParser.parse(arguments, System.getProperties());
            ReportSink log = ReportSink.of(config);
            NativeAccess.allow();
            install(config, log, instrumentation, late);
            return null;
        } catch (OptionException | HostMemoryException refusal) {
            return refusal.getMessage();
        }
    }

    private static void install(
            KasanConfig config, ReportSink log, Instrumentation instrumentation, boolean late) {
        Scope scope = new Scope(new ClassFilter(config.include(), config.exclude()));
        Tally tally = new Tally();
        LoadedClasses loaded = new LoadedClasses(instrumentation);
        KasanTransformer transformer =
                new KasanTransformer(scope, tally, loaded, config.dump().map(ClassDump::new), log);
        instrumentation.addTransformer(transformer, true);
        if (late) {
            loaded.retransform(scope, tally, transformer::refused);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> log.write(tally.text()), "jkasan"));
    }
}
