package org.jkasan.samples.agent.program;

import java.nio.charset.StandardCharsets;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Strings;
import org.jkasan.mm.UserMemory;

/** Uses each family of the kernel's helper functions, first well and then badly. */
public final class Helpers {

    private static final long USER = 0x7f0000000000L;

    private Helpers() {}

    public static void main(String[] args) {
        try (Kernel kernel = Kernel.boot()) {
            KernelMemory memory = kernel.memory();
            long good = kernel.kmalloc().kzalloc(64);
            long bad = kernel.kmalloc().kzalloc(24);
            memory.memset(bad, 'x', 24);
            memory.memset(good, 'x', 63);
            atomics(kernel, good);
            atomics(kernel, bad + 24);
            bits(kernel, good);
            bits(kernel, bad);
            memory.storeByte(good + 8, (byte) 0);
            strings(kernel.strings(), good, good + 16);
            memory.memset(bad, 'x', 24);
            // Two bytes are left there of a counter, so who looks for the NUL reads two bad ones.
            strings(kernel.strings(), bad + 24, good + 16);
            ranges(memory, good, 9);
            ranges(memory, bad, 25);
            kernel.user().map(USER, 4096);
            user(kernel.user(), good, 64);
            user(kernel.user(), bad, 25);
            user(kernel.user(), bad, 24);
            globals(kernel);
            undone(memory, good, bad);
        }
    }

    private static void atomics(Kernel kernel, long v) {
        kernel.atomics().read(v);
        kernel.atomics().inc(v);
        kernel.atomics64().read(v);
        kernel.atomics64().fetchAdd(1, v);
    }

    private static void bits(Kernel kernel, long addr) {
        kernel.bitops().setBit(192, addr);
        kernel.bitops().testBit(200, addr);
        kernel.bitops().setBit(0, addr);
    }

    private static void strings(Strings strings, long s, long other) {
        strings.strlen(s);
        strings.strchr(s, 'y');
        strings.strcmp(s, other);
        strings.strscpy(other, s, 8);
    }

    private static void ranges(KernelMemory memory, long addr, int n) {
        memory.memchr(addr, 'y', n);
        memory.memcmp(addr, addr, n);
        memory.memmove(addr, addr + 1, n - 1);
        memory.memset(addr, 'x', n);
    }

    /** None of these is done, since some of it must not be. */
    private static void undone(KernelMemory memory, long good, long bad) {
        byte[] bytes = new byte[25];
        memory.memset(bad, 0, 24);
        memory.memset(bad, 'a', 25);
        memory.memcpy(bad, good, 25);
        memory.memmove(bad, good, -2);
        memory.copyIn(bad, "b".repeat(25).getBytes(StandardCharsets.US_ASCII), 0, 25);
        memory.storeByte(bad, (byte) 'c');
        memory.copyOut(bad, bytes, 0, 25);
        System.out.println(memory.loadByte(bad + 1) + " " + bytes[0]);
    }

    private static void user(UserMemory user, long addr, int n) {
        user.copyToUser(USER, addr, n);
        user.copyFromUser(addr, USER, n);
        user.strncpyFromUser(addr, USER, n);
        user.copyToUser(addr, addr, n);
    }

    private static void globals(Kernel kernel) {
        long table = kernel.globals().variable("table", 10);
        byte[] name = kernel.globals().array("name", 10, byte[]::new);
        kernel.memory().loadByte(table + 9);
        name[9] = 1;
        kernel.memory().loadByte(table + 13);
        try {
            name[10] = 1;
        } catch (ArrayIndexOutOfBoundsException asEver) {
            System.out.println("refused");
        }
    }
}
