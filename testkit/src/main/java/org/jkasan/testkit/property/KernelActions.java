package org.jkasan.testkit.property;

import org.jkasan.kernel.Kernel;
import org.jkasan.kernel.KernelTask;
import org.jkasan.kernel.StackFrame;
import org.jkasan.mm.PageFrames;
import org.jkasan.testkit.property.Block.Kind;

/** What programs do to a kernel: allocate, resize, free, touch, and all of that wrongly as well. */
public final class KernelActions {

    private static final int PAGE = 4096;
    private static final int MOST_LIVE = 16;
    private static final int LARGEST_SLAB = 8192;
    private static final int LARGEST_AREA = 0xffff;
    private static final int LARGEST_LOCAL = 2048;

    /** So far behind an object all memory is its redzone. */
    private static final int REDZONE = 8;

    private KernelActions() {}

    /** All of them. */
    public static ActionTable<KernelSubject> table() {
        return ActionTable.<KernelSubject>empty()
                .with(4, "kmalloc", KernelActions::kmalloc)
                .with(4, "vmalloc", KernelActions::vmalloc)
                .with(2, "vmap", KernelActions::vmap)
                .with(3, "resize", KernelActions::resize)
                .with(5, "free", KernelActions::free)
                .with(4, "store", KernelActions::store)
                .with(2, "task", KernelActions::task)
                .with(1, "access behind", KernelActions::accessBehind)
                .with(1, "use after free", KernelActions::useAfterFree)
                .with(1, "free again", KernelActions::freeAgain)
                .with(1, "purge", KernelActions::purge)
                .with(1, "fail", KernelActions::fail);
    }

    private static boolean isFull(KernelSubject subject) {
        return subject.live().size() >= MOST_LIVE;
    }

    private static void kmalloc(KernelSubject subject, Arguments arguments) {
        if (!isFull(subject)) {
            String name = subject.nextName();
            int size = arguments.size(LARGEST_SLAB);
            arguments.java("long %s = kernel.kmalloc().kmalloc(%d);", name, size);
            long addr = subject.kernel().kmalloc().kmalloc(size);
            subject.allocated(Kind.KMALLOC, name, addr, size);
        }
    }

    private static void vmalloc(KernelSubject subject, Arguments arguments) {
        if (!isFull(subject)) {
            String name = subject.nextName();
            int size = arguments.size(LARGEST_AREA);
            arguments.java("long %s = kernel.vmalloc().vmalloc(%d);", name, size);
            long addr = subject.kernel().vmalloc().vmalloc(size);
            subject.allocated(Kind.VMALLOC, name, addr, size);
        }
    }

    private static void vmap(KernelSubject subject, Arguments arguments) {
        if (isFull(subject)) {
            return;
        }
        String name = subject.nextName();
        PageFrames frames = subject.kernel().frames();
        arguments.java("long %sPage = kernel.frames().alloc();", name);
        long pfn = frames.alloc();
        if (pfn != PageFrames.NO_PAGE) {
            arguments.java("long %s = kernel.vmap().vmap(%1$sPage);", name);
            long addr = subject.kernel().vmap().vmap(pfn);
            subject.allocated(Kind.VMAP, name, addr, PAGE);
            if (addr == 0) {
                arguments.java("kernel.frames().free(%sPage);", name);
                frames.free(pfn);
            }
        }
    }

    private static void resize(KernelSubject subject, Arguments arguments) {
        if (subject.live().isEmpty()) {
            return;
        }
        Block block = arguments.pick(subject.live());
        if (block.kind == Kind.VMAP) {
            return;
        }
        String name = subject.nextName();
        boolean slab = block.kind == Kind.KMALLOC;
        int size = arguments.size(slab ? LARGEST_SLAB : LARGEST_AREA);
        String call = slab ? "kmalloc().krealloc" : "vmalloc().vrealloc";
        arguments.java("long %s = kernel.%s(%s, %d);", name, call, block.name, size);
        Kernel kernel = subject.kernel();
        long addr =
                slab
                        ? kernel.kmalloc().krealloc(block.addr, size)
                        : kernel.vmalloc().vrealloc(block.addr, size);
        subject.resized(block, name, addr, size);
    }

    private static void free(KernelSubject subject, Arguments arguments) {
        if (!subject.live().isEmpty()) {
            Block block = arguments.pick(subject.live());
            arguments.java("%s(%s);", block.kind.end, block.name);
            end(subject, block);
            if (block.kind == Kind.VMAP) {
                arguments.java("kernel.frames().free(%sPage);", block.name);
            }
        }
    }

    /** Frees a block, and the page that it maps. */
    static void end(KernelSubject subject, Block block) {
        Kernel kernel = subject.kernel();
        long pfn =
                block.kind == Kind.VMAP
                        ? kernel.vmap().vmallocToPage(block.addr)
                        : PageFrames.NO_PAGE;
        endOnce(kernel, block);
        subject.freed(block);
        if (block.kind == Kind.VMAP) {
            kernel.frames().free(pfn);
        }
    }

    private static void endOnce(Kernel kernel, Block block) {
        switch (block.kind) {
            case KMALLOC -> kernel.kmalloc().kfree(block.addr);
            case VMALLOC -> kernel.vmalloc().vfree(block.addr);
            case VMAP -> kernel.vmap().vunmap(block.addr);
        }
    }

    private static void store(KernelSubject subject, Arguments arguments) {
        if (!subject.live().isEmpty()) {
            Block block = arguments.pick(subject.live());
            int offset = arguments.rawSize() % block.size();
            byte value = (byte) arguments.value();
            arguments.java(
                    "kernel.memory().storeByte(%s + %d, (byte) %d);", block.name, offset, value);
            subject.kernel().memory().storeByte(block.addr + offset, value);
            block.content[offset] = value;
        }
    }

    /** A task that enters a function with one variable, stores to its last byte, and returns. */
    private static void task(KernelSubject subject, Arguments arguments) {
        int size = arguments.size(LARGEST_LOCAL);
        boolean bad = arguments.value(2) == 1 && subject.kernel().kasan();
        arguments.java("try (KernelTask task = kernel.tasks().create(\"task\");");
        arguments.java("        StackFrame frame = task.enter(\"work\")) {");
        arguments.java("    long local = frame.local(\"local\", %d);", size);
        arguments.java(
                "    kernel.memory().storeByte(local + %d, (byte) 1);", size - (bad ? 0 : 1));
        arguments.java("}");
        subject.forgetFreed();
        KernelTask created = subject.kernel().tasks().create("task");
        if (created == null) {
            return; // no memory
        }
        try (KernelTask task = created;
                StackFrame frame = task.enter("work")) {
            long local = frame.local("local", size);
            long last = local + size - 1;
            subject.kernel().memory().storeByte(last, (byte) 1);
            if (bad) {
                Runnable store = () -> subject.kernel().memory().storeByte(last + 1, (byte) 1);
                subject.bad(last + 1, store);
            }
        }
    }

    private static void accessBehind(KernelSubject subject, Arguments arguments) {
        if (!subject.live().isEmpty()) {
            Block block = arguments.pick(subject.live());
            long addr = block.addr + block.size() + arguments.value(REDZONE);
            arguments.java(
                    "kernel.memory().loadByte(%s + %d); // is reported",
                    block.name, addr - block.addr);
            subject.bad(addr, () -> subject.kernel().memory().loadByte(addr));
        }
    }

    private static void useAfterFree(KernelSubject subject, Arguments arguments) {
        Block block = subject.lastFreed();
        if (block != null) {
            long addr = block.addr + arguments.rawSize() % block.size();
            arguments.java(
                    "kernel.memory().loadByte(%s + %d); // is reported",
                    block.name, addr - block.addr);
            subject.bad(addr, () -> subject.kernel().memory().loadByte(addr));
        }
    }

    private static void freeAgain(KernelSubject subject, Arguments arguments) {
        Block block = subject.lastFreed();
        if (block != null) {
            arguments.java("%s(%s); // is reported", block.kind.end, block.name);
            subject.bad(block.addr, () -> endOnce(subject.kernel(), block));
        }
    }

    private static void purge(KernelSubject subject, Arguments arguments) {
        arguments.java("kernel.vmalloc().purge();");
        subject.kernel().vmalloc().purge();
        subject.forgetFreed();
    }

    private static void fail(KernelSubject subject, Arguments arguments) {
        int nth = 1 + arguments.value(4);
        arguments.java("int[] left = {%d};", nth);
        arguments.java(
                "kernel.ram().failWhen(pages -> --left[0] == 0); // until the next step is done");
        subject.inject(nth);
    }
}
