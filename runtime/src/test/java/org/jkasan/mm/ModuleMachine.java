package org.jkasan.mm;

/** The machines that module memory is tested on, with a module area that a test can exhaust. */
enum ModuleMachine {
    /** KASAN and KASAN_VMALLOC. */
    BACKED(true, TestMachine.PAGE) {
        @Override
        TestMachine boot(MemoryConfig config) {
            return TestMachine.withKasan(config);
        }
    },

    /** KASAN without KASAN_VMALLOC: a module has shadow of its own. */
    OWN_SHADOW(false, 8 * TestMachine.PAGE) {
        @Override
        TestMachine boot(MemoryConfig config) {
            return TestMachine.withKasan(config);
        }
    },

    /** No KASAN. */
    PLAIN(true, TestMachine.PAGE) {
        @Override
        TestMachine boot(MemoryConfig config) {
            return TestMachine.withoutKasan(config);
        }
    };

    /** Where the module area of x86-64 begins. */
    static final long MODULES_VADDR = 0xffffffffa0000000L;

    private static final int VMALLOC_SIZE = 1 << 20;

    private static final long RAM = 16L << 20;

    private final boolean kasanVmalloc;

    /** What MODULE_ALIGN is on it. */
    final int alignment;

    ModuleMachine(boolean kasanVmalloc, int alignment) {
        this.kasanVmalloc = kasanVmalloc;
        this.alignment = alignment;
    }

    abstract TestMachine boot(MemoryConfig config);

    /** With 16 MiB of RAM and the module area that the architecture has. */
    TestMachine boot(Architecture architecture) {
        return boot(config(architecture.layout(), RAM, 1));
    }

    /** With a module area of so many bytes on x86-64. */
    TestMachine boot(int cpus, long modulesSize) {
        return boot(config(x86(modulesSize), RAM, cpus));
    }

    /** The same with so many pages of RAM. */
    TestMachine withRam(int pages) {
        return boot(config(x86(VMALLOC_SIZE), (long) pages * TestMachine.PAGE, 1));
    }

    private static MemoryLayout x86(long modulesSize) {
        return new LayoutBuilder(Architecture.X86_64.layout())
                .modules(MODULES_VADDR, MODULES_VADDR + modulesSize)
                .build();
    }

    private MemoryConfig config(MemoryLayout layout, long ram, int cpus) {
        return new MemoryConfig(layout, ram, cpus, VMALLOC_SIZE, kasanVmalloc);
    }
}
