package org.jkasan.host.jna;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import org.jkasan.host.HostMemoryException;

/** The C library's memory calls. Sizes and addresses are 64-bit; errors are left in errno. */
final class LibC implements MemoryCalls {

    private static final String NAME = "c";

    private LibC() {}

    /** Binds the calls, which loads JNA's native part. */
    static LibC bind() {
        try {
            Calls.register();
            return new LibC();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Error e) { // what JNA and the linker throw has no closer common type
            throw new HostMemoryException(JnaFailure.sentence(e));
        }
    }

    @Override
    public long map(long address, long length, int protection, int flags) {
        return Calls.mmap(address, length, protection, flags, -1, 0);
    }

    @Override
    public long mapFile(
            long address, long length, int protection, int flags, int descriptor, long offset) {
        return Calls.mmap(address, length, protection, flags, descriptor, offset);
    }

    @Override
    public int memoryFile(String name) {
        return FileCalls.memory(name);
    }

    @Override
    public int openFile(String path) {
        return FileCalls.open(path);
    }

    @Override
    public int truncateFile(int descriptor, long length) {
        return FileCalls.truncate(descriptor, length);
    }

    @Override
    public int closeFile(int descriptor) {
        return FileCalls.close(descriptor);
    }

    @Override
    public int unmap(long address, long length) {
        return Calls.munmap(address, length);
    }

    @Override
    public int advise(long address, long length, int advice) {
        return Calls.madvise(address, length, advice);
    }

    @Override
    public int inCore(long address, long length, byte[] pages) {
        return Calls.mincore(address, length, pages);
    }

    @Override
    public int pageSize() {
        return Calls.getpagesize();
    }

    @Override
    public int lastError() {
        return Native.getLastError();
    }

    /** Direct mapping: JNA's calls without a proxy or boxing. */
    private static final class Calls {

        private Calls() {}

        static void register() {
            Native.register(Calls.class, NativeLibrary.getInstance(NAME));
        }

        static native long mmap(
                long address, long length, int protection, int flags, int file, long offset);

        static native int munmap(long address, long length);

        static native int madvise(long address, long length, int advice);

        static native int mincore(long address, long length, byte[] pages);

        static native int getpagesize();
    }
}
