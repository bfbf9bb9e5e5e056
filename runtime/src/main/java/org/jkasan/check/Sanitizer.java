package org.jkasan.check;

import java.util.function.Supplier;
import org.jkasan.config.KasanConfig;
import org.jkasan.host.HostMemory;
import org.jkasan.report.CallSites;
import org.jkasan.report.ReportSink;
import org.jkasan.report.Reporter;
import org.jkasan.report.TrackDepot;
import org.jkasan.shadow.Shadow;

/**
 * All that makes a JVM sanitized: the shadow, the checks and the reports, over one host.
 *
 * <p>The host's memory is asked for when somebody first needs some that is to be watched, for most
 * programs never do, and getting hold of it is a large part of what the start would cost them.
 */
public final class Sanitizer {

    private static Sanitizer installed;

    private final KasanConfig config;
    private final Supplier<HostMemory> source;
    private final LookMemo memo = new LookMemo();
    private final Shadow shadow = new Shadow(memo);
    private final Reporter reporter;
    private final HeapArrays arrays = new HeapArrays(shadow, memo, null);
    private final AccessChecker checker;
    private final ClassCounters classes = new ClassCounters();
    private final CallSites callSites = new CallSites();
    private final TrackDepot tracks;
    private AttachedAgent agent;

    /** Null until somebody needs it. */
    private HostMemory host;

    /**
     * One that reserves its shadow when memory is first needed.
     *
     * @param source of the host's memory, asked once unless it throws
     * @param sink where reports go
     */
    public Sanitizer(KasanConfig config, Supplier<HostMemory> source, ReportSink sink) {
        this.config = config;
        this.source = source;
        this.reporter = new Reporter(shadow, config, sink);
        this.checker = new AccessChecker(shadow, reporter);
        this.tracks = new TrackDepot(config, sink);
    }

    /**
     * One that reserves its shadow at once.
     *
     * @param sink where reports go
     * @throws org.jkasan.host.HostMemoryException where the host refuses
     */
    public Sanitizer(KasanConfig config, HostMemory host, ReportSink sink) {
        this(config, () -> host, sink);
        host();
    }

    /**
     * Makes this JVM a sanitized one, for good: the {@link Hooks} check from now on.
     *
     * @throws IllegalStateException if it is one, or if a hook was called before
     */
    public static synchronized void install(Sanitizer sanitizer) {
        if (installed != null) {
            throw new IllegalStateException("A sanitizer is installed; a JVM has at most one.");
        }
        installed = sanitizer;
        if (!Hooks.workFor(sanitizer)
                || !BufferHooks.workFor(sanitizer)
                || !KernelHooks.workFor(sanitizer)
                || !JdkHooks.workFor(sanitizer)
                || !CodecHooks.workFor(sanitizer)
                || !LoopHooks.workFor(sanitizer)) {
            installed = null;
            throw new IllegalStateException(
                    "A hook was called before the sanitizer was installed, so no check would ever"
                            + " work; install it before any class is rewritten.");
        }
    }

    /** The installed one, or null: no agent, no KASAN. */
    public static synchronized Sanitizer installed() {
        return installed;
    }

    public KasanConfig config() {
        return config;
    }

    /**
     * The host's memory, for what is to be watched: it has a shadow from now on. While somebody
     * holds the lock of this object, none appears.
     *
     * @throws org.jkasan.host.HostMemoryException where there is none, the host refuses the shadow,
     *     or the checks do not find it
     */
    public synchronized HostMemory host() {
        if (host == null) {
            HostMemory memory = source.get();
            if (!shadow.isReserved()) {
                memo.reserveOn(memory);
                shadow.reserveOn(memory);
            }
            if (installed() == this) {
                ShadowProof.run(this, memory);
            }
            host = memory;
        }
        return host;
    }

    /** The shadow: reserved if {@link #host} was called. */
    public Shadow shadow() {
        return shadow;
    }

    public Reporter reporter() {
        return reporter;
    }

    public HeapArrays arrays() {
        return arrays;
    }

    public AccessChecker checker() {
        return checker;
    }

    /** The places that allocate and free; the agent numbers them. */
    public CallSites callSites() {
        return callSites;
    }

    /** Who allocates and frees. */
    public TrackDepot tracks() {
        return tracks;
    }

    /** What became of the classes; the agent counts. */
    public ClassCounters classes() {
        return classes;
    }

    /** Names the agent that later attaches are to be handed to. */
    public synchronized void setAgent(AttachedAgent attached) {
        agent = attached;
    }

    /** The agent that rewrites, or once did; null where there was none. */
    public synchronized AttachedAgent agent() {
        return agent;
    }
}
