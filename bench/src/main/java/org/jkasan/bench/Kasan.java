package org.jkasan.bench;

import java.util.List;

/** What watches the kernel of a measurement. */
enum Kasan {
    /** No agent: a kernel without KASAN. */
    ABSENT {
        @Override
        List<String> options(Bed bed) {
            return List.of();
        }
    },
    /** The agent, and vmalloc space without real shadow: CONFIG_KASAN_VMALLOC=n. */
    VMALLOC_OFF {
        @Override
        List<String> options(Bed bed) {
            return List.of(bed.agentOption() + "=kasan.vmalloc=off");
        }
    },
    /** The agent as it comes. */
    ON {
        @Override
        List<String> options(Bed bed) {
            return List.of(bed.agentOption());
        }
    },
    /** The agent that keeps of stacks who called, as the kernel does for vmalloc. */
    CALLER {
        @Override
        List<String> options(Bed bed) {
            return List.of(bed.agentOption() + "=kasan.stacks=caller");
        }
    },
    /** The agent, and no shadow that outlives what it describes. */
    STRICT {
        @Override
        List<String> options(Bed bed) {
            return List.of(bed.agentOption() + "=kasan.vmalloc_strict=on");
        }
    };

    /** The options of a JVM with it. */
    abstract List<String> options(Bed bed);
}
