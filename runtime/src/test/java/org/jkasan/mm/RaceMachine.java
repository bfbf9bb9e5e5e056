package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jkasan.shadow.ShadowByte;

/** The machines of races: all states of a race share one. */
public final class RaceMachine {

    /** Bytes of an object. */
    static final int SIZE = 3 * TestMachine.PAGE - 100;

    private static final long SPACE = 64L << 30;

    private static final List<TestMachine> OPEN = new CopyOnWriteArrayList<>();

    private static final AtomicLong REGIONS = new AtomicLong();

    private RaceMachine() {}

    /** A machine with plenty of addresses. */
    static TestMachine withCpus(int cpus) {
        TestMachine machine = TestMachine.withCpus(cpus, SPACE);
        OPEN.add(machine);
        return machine;
    }

    /** So many CPUs, for races of other packages. */
    public static Cpus cpus(int count) {
        return new Cpus(count);
    }

    /** The start of so many bytes that no other state uses, as long as states come and go. */
    static long region(long bytes) {
        return TestMachine.START + REGIONS.getAndIncrement() % (SPACE / bytes) * bytes;
    }

    /** Checks that the races so far left nothing behind, and ends their machines. */
    public static void closeAll() {
        for (TestMachine machine : OPEN) {
            machine.vmalloc().purge();
            assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
            assertThat(machine.log).isEmpty();
            machine.close();
        }
        OPEN.clear();
    }

    /**
     * Whether the shadow of an object, which does not fill its last granule, is as it should be.
     */
    static boolean isOpen(TestMachine machine, long addr, int size) {
        long host = machine.host(addr);
        int rest = size % 8;
        long last = addr + size - rest;
        return machine.shadow().isAccessible(host, size)
                && machine.shadow(last) == rest
                && machine.shadow(last + 8) == ShadowByte.VMALLOC_INVALID
                && machine.shadow(last + TestMachine.PAGE) == ShadowByte.VMALLOC_INVALID;
    }

    /** Whether an object may be used: open, mapped, and nothing behind it is either. */
    static boolean isUsable(TestMachine machine, long addr, int size) {
        return isOpen(machine, addr, size)
                && machine.mm.space().pages().isMapped(addr)
                && machine.mm.space().pages().isMapped(addr + size)
                && !machine.mm.space().pages().isMapped(addr + size + TestMachine.PAGE);
    }

    static boolean isUsable(TestMachine machine, long addr) {
        return isUsable(machine, addr, SIZE);
    }
}
