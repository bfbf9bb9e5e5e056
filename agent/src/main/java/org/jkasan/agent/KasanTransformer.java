package org.jkasan.agent;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jkasan.agent.rewrite.ClassRewriter;
import org.jkasan.agent.rewrite.RewrittenClass;
import org.jkasan.agent.rewrite.hook.CallSiteNumbers;
import org.jkasan.check.ClassCounters;
import org.jkasan.report.ReportSink;

/**
 * The transformer: hands every class of the scope to the rewriting, and sees to it that a class
 * which cannot be rewritten keeps its bytes, is named once and counted.
 *
 * <p>Called by the JVM on whatever thread loads a class, with the locks that this thread holds. So
 * it waits for nobody, and loads no class of the application: the rewriting works on bytes alone.
 * All that a loader is asked is whether it finds the hooks, and the JVM remembers that it does.
 *
 * <p>Plain {@code java.lang.instrument}: what is asked of a class is its name, so a library that
 * describes types to its matchers would only add its own start-up time to every program's. That was
 * half a second for ByteBuddy's AgentBuilder, of the third of one that the whole start may take.
 */
final class KasanTransformer implements ClassFileTransformer {

    private final Scope scope;
    private final ClassRewriter rewriter;
    private final HookForwarders forwarders;
    private final OwnCompilation compilation;
    private final ClassCounters counters;
    private final ClassDump dump;
    private final ReportSink log;
    private final LoadedClasses loaded;
    private final Set<String> named = ConcurrentHashMap.newKeySet();
    private final Set<String> rewritten = ConcurrentHashMap.newKeySet();

    /**
     * A transformer.
     *
     * @param callSites the places that call the runtime, or null if nobody wants to know
     * @param forwarders for the loaders that do not find the hooks
     * @param compilation told of the classes of the scope
     * @param dump null where nothing is to be dumped
     */
    KasanTransformer(
            Scope scope,
            ClassCounters counters,
            LoadedClasses loaded,
            CallSiteNumbers callSites,
            HookForwarders forwarders,
            OwnCompilation compilation,
            ClassDump dump,
            ReportSink log) {
        this.rewriter = new ClassRewriter(callSites);
        this.forwarders = forwarders;
        this.compilation = compilation;
        this.loaded = loaded;
        this.scope = scope;
        this.counters = counters;
        this.dump = dump;
        this.log = log;
    }

    @Override
    public byte[] transform(
            Module module,
            ClassLoader loader,
            String given,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] classFile) {
        if (loader instanceof ProbeLoader probe) {
            return probe.rewrite(rewriter, classFile);
        }
        // A loader may define a class without saying a name.
        String name = given == null ? ClassRewriter.nameIn(classFile) : given;
        if (!scope.includes(module, loader, name)) {
            return null;
        }
        compilation.classLoaded(classFile.length);
        try {
            RewrittenClass result = rewriter.rewrite(classFile).orElse(null);
            if (result == null) {
                return null;
            }
            byte[] bytes = reachingHooks(loader, result.classFile());
            if (bytes == null) {
                usesOwnRuntime(name, classFile, loader);
                return null;
            }
            rewritten.add(name);
            if (redefined == null) {
                count(name, result);
            } else {
                loaded.rewritten(redefined, result);
            }
            dumpRewritten(name, classFile, bytes);
            return bytes;
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            failed(name, classFile, failure);
            return null;
        }
    }

    /** Whether a class of that internal name was rewritten, or may have been. */
    boolean hasRewritten(String name) {
        return rewritten.contains(name);
    }

    /** Counts a class that was rewritten; a method without checks is not passed over in silence. */
    void count(String name, RewrittenClass result) {
        counters.countInstrumented(result.checks());
        int unchecked = result.uncheckedMethods();
        if (unchecked > 0) {
            counters.countMethodsUnchecked(unchecked);
            logOnce(
                    name + " large",
                    "cannot check "
                            + unchecked
                            + (unchecked == 1 ? " method of " : " methods of ")
                            + name.replace('/', '.')
                            + ": no room is left below the class file format's limits");
        }
    }

    /** The class file as the loader can link it; null where it uses a runtime of its own. */
    private byte[] reachingHooks(ClassLoader loader, byte[] classFile) {
        return RuntimeCopy.isSeenBy(loader)
                ? classFile
                : HookRedirect.redirect(classFile, forwarders::of);
    }

    /** Counts each such class, but says it once: all that the loader defines share the cause. */
    private void usesOwnRuntime(String name, byte[] classFile, ClassLoader loader) {
        if (named.add(name)) {
            counters.countFailed();
        }
        logOnce(" " + loader.getClass().getName(), RuntimeCopy.ownRuntime(loader));
        dumpFailed(name, classFile);
    }

    private void failed(String name, byte[] classFile, Throwable why) {
        refused(name, why);
        dumpFailed(name, classFile);
    }

    /** Names and counts a class that keeps its bytes. */
    void refused(String name, Throwable why) {
        String reason = why.getMessage() == null ? why.toString() : why.getMessage();
        if (logOnce(name, "cannot instrument " + name.replace('/', '.') + ": " + reason)) {
            counters.countFailed();
        }
    }

    private void dumpRewritten(String name, byte[] original, byte[] rewritten) {
        if (dump == null) {
            return;
        }
        try {
            dump.rewritten(name, original, rewritten);
        } catch (IOException e) {
            cannotDump(name, e);
        }
    }

    private void dumpFailed(String name, byte[] classFile) {
        if (dump == null) {
            return;
        }
        try {
            dump.failed(name, classFile);
        } catch (IOException e) {
            cannotDump(name, e);
        }
    }

    private void cannotDump(String name, IOException why) {
        logOnce(
                " dump",
                "cannot dump " + name.replace('/', '.') + " (" + why + "), nor maybe more");
    }

    private boolean logOnce(String key, String sentence) {
        boolean first = named.add(key);
        if (first) {
            log.write("jkasan: " + sentence + "\n");
        }
        return first;
    }
}
