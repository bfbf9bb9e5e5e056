package org.jkasan.samples.modload;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The temporary copy: the file as it lies in vmalloc space. The buffer's capacity is the mapping,
 * whole pages, so the file's own size is kept beside it and every offset is checked against that
 * before it is used. All fields are little endian.
 */
final class Image {

    private static final int CHUNK = 64 << 10;

    private final ByteBuffer bytes;
    private final long size;

    private Image(ByteBuffer bytes, long size) {
        this.bytes = bytes;
        this.size = size;
    }

    /** Reads a file through a bounce buffer, as the kernel copies from user space in chunks. */
    static Image read(LoadContext context, ModuleFile file) throws BadModuleException {
        long size = file.size();
        if (size < Elf.HEADER_SIZE) {
            throw new BadModuleException(
                    "is %d bytes long, too short for the %d of an ELF header"
                            .formatted(size, Elf.HEADER_SIZE));
        }
        if (size > ModuleFile.LARGEST) {
            throw new BadModuleException(
                    "is %d bytes long, more than the %d that this loader takes"
                            .formatted(size, ModuleFile.LARGEST));
        }
        ByteBuffer bytes = context.devres().buffer(size);
        byte[] bounce = context.devres().bytes(CHUNK);
        try {
            int at = 0;
            while (at < size) {
                int wanted = (int) Math.min(CHUNK, size - at);
                int got = file.content().readNBytes(bounce, 0, wanted);
                bytes.put(at, bounce, 0, got);
                at += got;
                if (got < wanted) {
                    throw new BadModuleException(
                            "ended after %d of its %d bytes while it was read".formatted(at, size));
                }
            }
        } catch (IOException e) {
            throw ModuleFile.unreadable(e);
        }
        context.devres().free(bounce);
        return new Image(bytes, size);
    }

    long size() {
        return size;
    }

    /** The copy itself; only its first {@link #size} bytes are the file. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Demands that a range which the file claims is in the file. */
    void require(long offset, long length, String what) throws BadModuleException {
        if (!Range.fits(offset, length, size)) {
            throw new BadModuleException(
                    "%s lies at offset 0x%x with 0x%x bytes, past the end of the %d-byte file"
                            .formatted(what, offset, length, size));
        }
    }

    int u8(long at) {
        return bytes.get((int) at) & 0xff;
    }

    int u16(long at) {
        return bytes.getShort((int) at) & 0xffff;
    }

    /** Four bytes as they are, for values that are compared unsigned or are indexes. */
    int u32(long at) {
        return bytes.getInt((int) at);
    }

    long u64(long at) {
        return bytes.getLong((int) at);
    }
}
