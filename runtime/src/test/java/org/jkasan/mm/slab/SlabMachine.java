package org.jkasan.mm.slab;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.host.HostMemories;
import org.jkasan.host.HostMemory;
import org.jkasan.mm.Architecture;
import org.jkasan.mm.Invariants;
import org.jkasan.mm.MemoryConfig;
import org.jkasan.mm.MemoryManager;
import org.jkasan.mm.RecordedLog;

/** Slab memory without KASAN for one test: its log and, at the end, its invariants. */
final class SlabMachine implements AutoCloseable {

    static final HostMemory HOST = HostMemories.fromClassPath();

    private static final long RAM = 64L << 20;
    private static final long SPACE = 1L << 20;

    private final RecordedLog recorder = new RecordedLog();
    final List<String> log = recorder.lines();
    final MemoryManager mm;
    final SlabMemory memory;

    SlabMachine(int cpus) {
        MemoryConfig config =
                new MemoryConfig(Architecture.X86_64.layout(), RAM, cpus, SPACE, true);
        mm = MemoryManager.withoutKasan(HOST, config, recorder);
        memory = new SlabMemory(mm, HOST, null, recorder);
    }

    void check() {
        Invariants.check(mm);
        List<String> violations = new ArrayList<>();
        SlabCheck.check(memory, null, violations::add);
        if (!violations.isEmpty()) {
            throw new IllegalStateException(String.join("; ", violations));
        }
    }

    @Override
    public void close() {
        check();
        memory.close();
        mm.close();
    }
}
