package org.jkasan.kernel;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;
import org.jkasan.mm.Cpus;
import org.jkasan.mm.Gate;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.KernelOops;
import org.jkasan.mm.MemoryManager;
import org.jkasan.mm.Vmalloc;
import org.jkasan.report.Task;

/**
 * The tasks of a kernel. Each has a vmapped stack: an area of vmalloc space of THREAD_SIZE bytes,
 * aligned to as many, 32 KiB with KASAN and 16 KiB without, zeroed when a task gets it.
 *
 * <p>The stack of a task that ends goes into its CPU's cache of two as it is. The next task that
 * gets it finds all of it accessible, whatever redzones were left; a stack that no cache takes is
 * freed. Thread-safe.
 *
 * <p>Source: kernel/fork.c. The kernel delays that free until after a grace period of RCU, since
 * the dying task still runs on its stack; here nobody does.
 */
public final class Tasks {

    /** TASK_COMM_LEN without the NUL. */
    private static final int COMM_LENGTH = 15;

    private final HostMemory host;
    private final Gate gate;
    private final Vmalloc vmalloc;
    private final KernelMemory memory;
    private final StackKasan kasan;
    private final boolean vmapStack;
    private final Cpus cpus;
    private final StackCache cache;
    private final AtomicLong lastPid = new AtomicLong();
    private final Map<Long, KernelTask> live = new ConcurrentHashMap<>();

    Tasks(HostMemory host, MemoryManager mm, StackKasan kasan, boolean vmapStack) {
        this.host = host;
        this.gate = mm.gate();
        this.vmalloc = mm.vmalloc();
        this.memory = mm.memory();
        this.kasan = kasan;
        this.vmapStack = vmapStack;
        this.cpus = mm.cpus();
        this.cache = new StackCache(cpus);
    }

    /**
     * Creates a task.
     *
     * @param comm its name, of which the first 15 characters count
     * @return the task, or null after the kernel's warning if there is no memory for a stack
     * @throws IllegalStateException in a kernel with KASAN but not KASAN_VMALLOC, where vmalloc
     *     space has no shadow that could be written
     */
    public KernelTask create(String comm) {
        gate.pass();
        if (!vmapStack) {
            throw new IllegalStateException(
                    "This kernel has KASAN without KASAN_VMALLOC, and VMAP_STACK depends on !KASAN"
                            + " || KASAN_VMALLOC, so it has no stacks for tasks; boot it with"
                            + " kasan.vmalloc=on or without KASAN.");
        }
        long start = allocateStack();
        if (start == 0) {
            return null;
        }
        String name = comm.substring(0, Math.min(comm.length(), COMM_LENGTH));
        TaskStack stack = new TaskStack(host, memory, kasan, start);
        KernelTask task = new KernelTask(this, new Task(name, lastPid.incrementAndGet()), stack);
        live.put(task.pid(), task);
        return task;
    }

    /** alloc_thread_stack_node. */
    private long allocateStack() {
        int size = kasan.threadSize();
        long cached = cache.take();
        if (cached == 0) {
            // A frame's locals may be buffers, and its redzones are the stack's own to write.
            return vmalloc.vmallocNodeRange(
                    vmalloc.request(size).aligned(size).zeroed().exposedToHost());
        }
        kasan.unpoison(cached, size);
        RawMemory.fill(memory.hostAddress(cached), size, (byte) 0);
        return cached;
    }

    /** Takes a task that has ended out, and its stack back. */
    void exit(KernelTask task) {
        if (live.remove(task.pid()) != null && !cache.put(task.stackStart())) {
            vmalloc.vfree(task.stackStart());
        }
    }

    /**
     * Unplugs a CPU: the stacks that it caches are freed, and its threads go to another.
     *
     * @throws IllegalArgumentException for a CPU that is not online, or the last one that is
     */
    public void unplug(int cpu) {
        gate.pass();
        cpus.unplug(cpu);
        for (long stack = cache.takeOffline(cpu); stack != 0; stack = cache.takeOffline(cpu)) {
            vmalloc.vfree(stack);
        }
    }

    /**
     * Has the current thread run on a CPU from now on: set_cpus_allowed. Threads that are not bound
     * are spread over the CPUs in the order in which they come.
     *
     * @throws IllegalArgumentException for a CPU that is not online
     */
    public void bind(int cpu) {
        gate.pass();
        cpus.bind(cpu);
    }

    /** The task of this kernel that the current thread runs, or null. */
    public KernelTask current() {
        Task identity = Task.current();
        KernelTask task = live.get(identity.pid());
        return task != null && task.identity() == identity ? task : null;
    }

    /** The oops of the current task's access to its stack's guard page; null for any other. */
    KernelOops guardPageHit(long addr, boolean write) {
        KernelTask task = current();
        return task == null ? null : task.stack().guardPageHit(addr, write);
    }

    /** Fails where the kernel is closed. */
    void requireOpen() {
        gate.pass();
    }

    Collection<KernelTask> live() {
        return live.values();
    }

    /** Whether an address is in the stack of a live task or in a cached stack. */
    boolean isStack(long addr) {
        long start = addr & -kasan.threadSize();
        return cache.holds(start)
                || live.values().stream().anyMatch(task -> task.stackStart() == start);
    }

    /** Forgets all tasks, whose memory is about to go. */
    void close() {
        live.values().forEach(KernelTask::vanish);
        live.clear();
    }
}
