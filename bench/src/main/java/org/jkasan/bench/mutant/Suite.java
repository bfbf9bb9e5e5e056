package org.jkasan.bench.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.bench.mutant.work.Arena;
import org.jkasan.bench.mutant.work.BlockCache;
import org.jkasan.bench.mutant.work.EventLog;
import org.jkasan.bench.mutant.work.Fifo;
import org.jkasan.bench.mutant.work.HashTable;
import org.jkasan.bench.mutant.work.ModuleLoad;
import org.jkasan.bench.mutant.work.PacketParser;
import org.jkasan.bench.mutant.work.PriorityQueue;
import org.jkasan.bench.mutant.work.Ring;
import org.jkasan.bench.mutant.work.StringPool;

/** The programs that are mutated, and which of their classes. */
final class Suite {

    private static final String MODLOAD = "org/jkasan/samples/modload/";
    private static final String RING = "org/jkasan/samples/ring/";

    /** Those of modload that read and write memory. */
    private static final List<String> LOADER =
            List.of(
                    "Devres",
                    "DynamicTable",
                    "Image",
                    "ModuleMemory",
                    "ProgramTable",
                    "Relocations",
                    "Relocator",
                    "SectionNames",
                    "SectionSort",
                    "SectionTable",
                    "StringTable",
                    "SymbolTable");

    /** Packages of which every mutant has classes of its own. */
    static final List<String> PACKAGES = List.of("org/jkasan/bench/mutant/work/", MODLOAD, RING);

    /**
     * One program.
     *
     * @param workload its entry point, by its internal name
     * @param mutated the classes to mutate
     */
    record Program(String workload, List<String> mutated) {}

    /** One mutant of a program. */
    record Mutant(Program program, Mutation mutation) {}

    private static final List<Program> PROGRAMS = programs();

    private Suite() {}

    private static List<Program> programs() {
        List<Program> programs = new ArrayList<>();
        for (Class<?> own :
                List.of(
                        HashTable.class,
                        BlockCache.class,
                        EventLog.class,
                        Arena.class,
                        Fifo.class,
                        PriorityQueue.class,
                        PacketParser.class,
                        StringPool.class)) {
            programs.add(new Program(internal(own), List.of(internal(own))));
        }
        programs.add(
                new Program(internal(Ring.class), List.of(RING + "RingBuffer", RING + "Header$1")));
        List<String> loader = LOADER.stream().map(name -> MODLOAD + name).toList();
        programs.add(new Program(internal(ModuleLoad.class), loader));
        return programs;
    }

    private static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    static List<Program> all() {
        return PROGRAMS;
    }

    /**
     * The mutants of all programs, in an order that is always the same.
     *
     * @param every takes the first of so many, and leaves the others out
     */
    static List<Mutant> mutants(int every) {
        List<Mutant> all = new ArrayList<>();
        for (Program program : PROGRAMS) {
            for (String name : program.mutated) {
                new Mutator(bytes(name))
                        .mutations()
                        .forEach(mutation -> all.add(new Mutant(program, mutation)));
            }
        }
        List<Mutant> chosen = new ArrayList<>();
        for (int i = 0; i < all.size(); i += every) {
            chosen.add(all.get(i));
        }
        return chosen;
    }

    /** The class file of a class, by its internal name. */
    static byte[] bytes(String name) {
        try (InputStream in = Suite.class.getClassLoader().getResourceAsStream(name + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
