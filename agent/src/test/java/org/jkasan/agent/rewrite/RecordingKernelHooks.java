package org.jkasan.agent.rewrite;

import org.jkasan.check.AddressSpace;
import org.jkasan.check.CheckedHelper;

/** A stand-in for the kernel's hooks: {@link RecordingHooks} has what is written down. */
public final class RecordingKernelHooks {

    private RecordingKernelHooks() {}

    public static void kernelLoad(AddressSpace space, long address, int size) {
        RecordingHooks.call("kernelLoad", space, address, size);
    }

    public static void kernelStore(AddressSpace space, long address, int size) {
        RecordingHooks.call("kernelStore", space, address, size);
    }

    public static int kernelCopyIn(
            AddressSpace space, long address, Object array, int from, int count) {
        RecordingHooks.call("kernelCopyIn", space, address, array, from, count);
        return count;
    }

    public static int kernelCopyOut(
            AddressSpace space, long address, Object array, int from, int count) {
        RecordingHooks.call("kernelCopyOut", space, address, array, from, count);
        return count;
    }

    public static long kernelRead(AddressSpace space, long address, long size) {
        RecordingHooks.call("kernelRead", space, address, size);
        return size;
    }

    public static long kernelWrite(AddressSpace space, long address, long size) {
        RecordingHooks.call("kernelWrite", space, address, size);
        return size;
    }

    public static void helperLoad(CheckedHelper helper, long address, int size) {
        RecordingHooks.call("helperLoad", helper, address, size);
    }

    public static void helperStore(CheckedHelper helper, long address, int size) {
        RecordingHooks.call("helperStore", helper, address, size);
    }

    public static void helperRead(CheckedHelper helper, long address, long size) {
        RecordingHooks.call("helperRead", helper, address, size);
    }

    public static void copyFromNofault(CheckedHelper helper, long to, long from, long n) {
        RecordingHooks.call("copyFromNofault", helper, to, from, n);
    }

    public static void copyToNofault(CheckedHelper helper, long to, long from, long n) {
        RecordingHooks.call("copyToNofault", helper, to, from, n);
    }

    public static void helperWrite(CheckedHelper helper, long address, long size) {
        RecordingHooks.call("helperWrite", helper, address, size);
    }

    public static void bitLoad(CheckedHelper helper, long nr, long address) {
        RecordingHooks.call("bitLoad", helper, nr, address);
    }

    public static void bitStore(CheckedHelper helper, long nr, long address) {
        RecordingHooks.call("bitStore", helper, nr, address);
    }

    public static void stringRead(CheckedHelper helper, long s) {
        RecordingHooks.call("stringRead", helper, s);
    }

    public static void stringRead(CheckedHelper helper, long s, long n) {
        RecordingHooks.call("stringRead", helper, s, n);
    }

    public static void stringFind(CheckedHelper helper, long s, int c) {
        RecordingHooks.call("stringFind", helper, s, c);
    }

    public static void stringCompare(CheckedHelper helper, long a, long b) {
        RecordingHooks.call("stringCompare", helper, a, b);
    }

    public static void stringCompare(CheckedHelper helper, long a, long b, long n) {
        RecordingHooks.call("stringCompare", helper, a, b, n);
    }

    public static void stringCopy(CheckedHelper helper, long to, long from) {
        RecordingHooks.call("stringCopy", helper, to, from);
    }

    public static void stringCopy(CheckedHelper helper, long to, long from, long count) {
        RecordingHooks.call("stringCopy", helper, to, from, count);
    }

    public static void userCopy(CheckedHelper helper, long to, long from, long n) {
        RecordingHooks.call("userCopy", helper, to, from, n);
    }

    public static void userString(CheckedHelper helper, long to, long from, long count) {
        RecordingHooks.call("userString", helper, to, from, count);
    }

    public static void memoryFind(AddressSpace space, long s, int c, long n) {
        RecordingHooks.call("memoryFind", space, s, c, n);
    }

    public static void memoryCompare(AddressSpace space, long a, long b, long n) {
        RecordingHooks.call("memoryCompare", space, a, b, n);
    }
}
