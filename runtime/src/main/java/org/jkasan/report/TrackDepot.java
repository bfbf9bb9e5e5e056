package org.jkasan.report;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.StackMode;

/**
 * Where tracks come from, and where each stack is kept once: the kernel's stack depot. What
 * allocates a million times at one place, by whatever task, has one stack. Thread-safe; nobody
 * waits.
 */
public final class TrackDepot {

    /*
     * A hash table of chains:
     *
     *   buckets[i] -> StackRecord -> StackRecord -> null
     *
     * A record enters at the front of its chain, by compare-and-set, and never leaves it nor is
     * changed, so a look-up is a walk along plain fields. Who loses the race for a front looks at
     * what has come before it, and takes that if it is the same stack: a stack has one record.
     *
     * As in the kernel nothing is evicted, and room is counted in chunks: those of 32 frames in
     * which the JVM keeps a stack. Invariant: the chunks of all records are at most the capacity.
     * When a stack finds no room the log says so, once; it and other new ones are dropped and
     * counted, those that are known are found as before.
     *
     * Two stacks are one if they are the same as deep as stacks are kept. The JVM cannot be told to
     * walk less than all of a stack (-XX:MaxJavaStackTraceDepth is for the whole process), so what
     * is below takes time, and memory in the one that is kept, but is neither compared nor printed.
     *
     * A whole stack costs more than all the rest of a vmalloc. So where the caller is known, only the
     * first events of each place have theirs kept, and of later ones one in a thousand or so: places
     * that are called from many others still show some of them. A track never has a stack that
     * another event had.
     */

    /** What a depot holds by default: 65,536 stacks of up to 32 frames, some 55 MB of heap. */
    static final int CHUNKS = 1 << 16;

    /**
     * The runtime's own frames above the caller's, which do not count: more than there ever are.
     */
    private static final int OWN_FRAMES = 32;

    private static final int BUCKETS = 1 << 14;

    private static final int MIX = 0x9e3779b9;

    private final AtomicReferenceArray<StackRecord> buckets = new AtomicReferenceArray<>(BUCKETS);
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean warned = new AtomicBoolean();
    private final StackMode mode;
    private final int depth;
    private final int capacity;
    private final ReportSink log;

    /**
     * A depot that keeps of stacks what {@code kasan.stacks} and {@code kasan.stack_depth} say.
     *
     * @param log where it says that it is full
     */
    public TrackDepot(KasanConfig config, ReportSink log) {
        this(config.stacks(), config.stackDepth(), CHUNKS, log);
    }

    TrackDepot(StackMode mode, int depth, int capacity, ReportSink log) {
        this.mode = mode;
        this.depth = depth;
        this.capacity = capacity;
        this.log = log;
    }

    /** The events that have no stack because the depot was full. */
    public long dropped() {
        return dropped.get();
    }

    /** The chunks of all stacks that are kept. */
    int used() {
        return used.get();
    }

    /**
     * The current task, and of its stack what is to be kept of this event.
     *
     * @param caller who allocates or frees; null if that is not known without the stack
     */
    public Track here(CallSite caller) {
        if (caller == null) {
            return here();
        }
        ThreadState thread = ThreadState.current();
        StackRecord stack = isWholeDue(caller, thread) ? save() : StackRecord.NONE;
        return stack == StackRecord.NONE ? caller.track(thread.task()) : stack.track(thread.task());
    }

    private boolean isWholeDue(CallSite caller, ThreadState thread) {
        return switch (mode) {
            case FULL -> true;
            case AUTO -> caller.isFresh() || thread.isStackDue();
            case CALLER -> false;
        };
    }

    /** The current task and stack: a track that says so, made now or before. */
    public Track here() {
        return save().track(Task.current());
    }

    /** The record of the current stack: stack_depot_save. */
    private StackRecord save() {
        Throwable stack = new StackRecord.Backtrace();
        int hash = RawBacktrace.hash(stack, depth + OWN_FRAMES) * MIX;
        int bucket = hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(BUCKETS);
        StackRecord front = buckets.get(bucket);
        StackRecord known = find(stack, hash, front, null);
        return known == null ? insert(stack, hash, bucket, front) : known;
    }

    /** Looks through a chain from its front to where it was seen before. */
    private StackRecord find(Throwable stack, int hash, StackRecord front, StackRecord seen) {
        for (StackRecord record = front; record != seen; record = record.next()) {
            if (record.isOf(stack, hash, depth + OWN_FRAMES)) {
                return record;
            }
        }
        return null;
    }

    private StackRecord insert(Throwable stack, int hash, int bucket, StackRecord seen) {
        int chunks = RawBacktrace.chunks(stack);
        if (!reserve(chunks)) {
            drop();
            return StackRecord.NONE;
        }
        StackRecord fresh = new StackRecord(stack, hash, depth);
        StackRecord front = seen;
        fresh.chain(front);
        while (!buckets.compareAndSet(bucket, front, fresh)) {
            StackRecord now = buckets.get(bucket);
            StackRecord known = find(stack, hash, now, front);
            if (known != null) {
                used.addAndGet(-chunks);
                return known;
            }
            front = now;
            fresh.chain(front);
        }
        return fresh;
    }

    private boolean reserve(int chunks) {
        int before;
        do {
            before = used.get();
            if (chunks > capacity - before) {
                return false;
            }
        } while (!used.compareAndSet(before, before + chunks));
        return true;
    }

    private void drop() {
        dropped.incrementAndGet();
        if (!warned.get() && warned.compareAndSet(false, true)) {
            log.write("Stack depot reached limit capacity\n");
        }
    }
}
