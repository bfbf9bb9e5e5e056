package org.jkasan.agent;

import java.lang.instrument.Instrumentation;
import java.util.function.Supplier;
import org.jkasan.agent.rewrite.hook.CallSiteNumbers;
import org.jkasan.check.AttachedAgent;
import org.jkasan.check.Sanitizer;
import org.jkasan.config.ClassFilter;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionException;
import org.jkasan.config.OptionParser;
import org.jkasan.config.StackMode;
import org.jkasan.host.HostMemoryException;
import org.jkasan.host.HostSystem;
import org.jkasan.report.CallSites;
import org.jkasan.report.ReportSink;

/**
 * The agent in its own loader: starts everything, in the order in which each part needs the others,
 * and stays reachable for those who attach or detach later.
 *
 * <p>No lambdas and no reflection before {@code main}: the first one costs more than the rest of
 * this class.
 */
final class Agent implements AttachedAgent {

    private final Sanitizer sanitizer;
    private final ReportSink log;
    private final Instrumentation instrumentation;
    private final LoadedClasses loaded;
    private final HookForwarders forwarders = new HookForwarders();
    private final OwnCompilation compilation;

    /** Null while the agent is detached. */
    private Rewriting rewriting;

    private Agent(
            Sanitizer sanitizer,
            ReportSink log,
            Instrumentation instrumentation,
            LoadedClasses loaded) {
        this.sanitizer = sanitizer;
        this.log = log;
        this.instrumentation = instrumentation;
        this.loaded = loaded;
        compilation = new OwnCompilation(instrumentation);
    }

    /**
     * Starts checking.
     *
     * @param late whether the application runs already
     * @param jna JNA's module, defined when it is asked for
     * @return null, or the sentence that says why the agent refuses to start
     */
    static String start(
            String arguments, Instrumentation instrumentation, boolean late, Supplier<Module> jna) {
        Request request = Request.of(arguments, late);
        try {
            if (request.isDetach()) {
                throw notAttached();
            }
            LoadedClasses loaded = new LoadedClasses(instrumentation);
            RuntimeCopy.checkTheOne(loaded, late);
            KasanConfig config = OptionParser.parse(request.options(), System.getProperties());
            ReportSink log = ReportSink.of(config);
            HostSystem.running();
            Sanitizer sanitizer = new Sanitizer(config, new HostSource(jna), log);
            Sanitizer.install(sanitizer);
            Agent agent = new Agent(sanitizer, log, instrumentation, loaded);
            sanitizer.setAgent(agent);
            agent.rewrite(config);
            return request.done(Summary.attached(config));
        } catch (OptionException | HostMemoryException | RefusalException refusal) {
            return request.refused(refusal.getMessage());
        }
    }

    @Override
    public synchronized String again(String arguments, boolean late) {
        Request request = Request.of(arguments, late);
        try {
            return request.done(request.isDetach() ? detach() : attach(request.options()));
        } catch (OptionException | RefusalException refusal) {
            return request.refused(refusal.getMessage());
        }
    }

    private String attach(String options) {
        if (rewriting != null) {
            throw new RefusalException(
                    "The agent is attached to this JVM already; attach it once.");
        }
        KasanConfig config = OptionParser.parse(options, System.getProperties());
        LastingOptions.check(sanitizer.config(), config);
        rewrite(config);
        return Summary.attached(config);
    }

    private String detach() {
        if (rewriting == null) {
            throw notAttached();
        }
        sanitizer.reporter().turnOff();
        int restored = rewriting.end();
        String sentence = Summary.detached(restored);
        rewriting = null;
        sanitizer.classes().reset();
        return sentence;
    }

    private void rewrite(KasanConfig config) {
        sanitizer.reporter().turnOff();
        Scope scope = new Scope(new ClassFilter(config.include(), config.exclude()));
        ClassDump dump = config.dump().isPresent() ? new ClassDump(config.dump().get()) : null;
        KasanTransformer transformer =
                new KasanTransformer(
                        scope,
                        sanitizer.classes(),
                        loaded,
                        callSites(sanitizer),
                        forwarders,
                        compilation,
                        dump,
                        log);
        instrumentation.addTransformer(transformer, true);
        try {
            SelfTest.run(sanitizer);
        } catch (RefusalException refusal) {
            instrumentation.removeTransformer(transformer);
            throw refusal;
        }
        sanitizer.reporter().turnOn();
        loaded.rewrite(scope, transformer);
        rewriting = new Rewriting(scope, transformer, new Summary(log, config, sanitizer.shadow()));
    }

    private static RefusalException notAttached() {
        return new RefusalException(
                "The agent is not attached to this JVM, so there is nothing to detach.");
    }

    private static CallSiteNumbers callSites(Sanitizer sanitizer) {
        boolean wanted = sanitizer.config().stacks() != StackMode.FULL;
        return wanted ? new Places(sanitizer.callSites()) : null;
    }

    /** The rewriting from an attach to its detach. */
    private final class Rewriting {

        private final Scope scope;
        private final KasanTransformer transformer;
        private final Summary summary;

        Rewriting(Scope scope, KasanTransformer transformer, Summary summary) {
            this.scope = scope;
            this.transformer = transformer;
            this.summary = summary;
        }

        /** Undoes all of it; how many classes have their own bytes again. */
        int end() {
            instrumentation.removeTransformer(transformer);
            summary.cancel();
            return loaded.restore(
                    scope,
                    transformer,
                    (kept, why) ->
                            log.write(
                                    "jkasan: cannot restore "
                                            + kept.getName()
                                            + ", which goes on calling hooks that report nothing: "
                                            + why
                                            + "\n"));
        }
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
