package org.jkasan.samples.modload;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Spoils ELF files as a fuzzer does, mostly where it hurts: in the headers and tables. */
final class Mutator {

    private static final long[] WILD = {
        0,
        1,
        -1,
        7,
        24,
        0x7f,
        0xff,
        0xffff,
        0x7fffffff,
        0x80000000L,
        0xffffffffL,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        4095,
        4096,
        1 << 20,
        1L << 40
    };

    private final Random random;

    Mutator(long seed) {
        this.random = new Random(seed);
    }

    /** A copy of a file with one to four things wrong. */
    byte[] mutate(byte[] original) {
        byte[] file = original.clone();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            file = once(file);
        }
        return file;
    }

    private byte[] once(byte[] file) {
        if (file.length < Elf.HEADER_SIZE) {
            return file;
        }
        ByteBuffer view = SmallElf.view(file);
        switch (random.nextInt(12)) {
            case 0 -> {
                return Arrays.copyOf(file, random.nextInt(file.length));
            }
            case 1 -> {
                return Arrays.copyOf(file, file.length + random.nextInt(9000));
            }
            case 2 -> file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            case 3 -> copyBlock(file);
            case 4, 5 -> put(view, random.nextInt(Elf.HEADER_SIZE));
            case 6 -> put(view, Elf.HEADER_SIZE + random.nextInt(10 * Elf.PROGRAM_HEADER_SIZE));
            default -> spoilSection(view);
        }
        return file;
    }

    private void copyBlock(byte[] file) {
        int length = random.nextInt(Math.min(file.length, 512));
        int from = random.nextInt(file.length - length);
        int to = random.nextInt(file.length - length);
        System.arraycopy(file, from, file, to, length);
    }

    /** Spoils a section's header, or something within the section. */
    private void spoilSection(ByteBuffer view) {
        long table = view.getLong(40);
        int count = view.getShort(60) & 0xffff;
        if (count == 0 || !Range.fits(table, count * 64L, view.capacity())) {
            put(view, random.nextInt(view.capacity()));
            return;
        }
        int header = (int) table + random.nextInt(count) * 64;
        long offset = view.getLong(header + 24);
        long size = view.getLong(header + 32);
        if (random.nextInt(3) != 0 || size <= 0 || !Range.fits(offset, size, view.capacity())) {
            put(view, header + 4 * random.nextInt(16));
        } else {
            put(view, (int) (offset + 4 * (random.nextLong(size) / 4)));
        }
    }

    private void put(ByteBuffer view, int at) {
        long value =
                switch (random.nextInt(4)) {
                    case 0 -> random.nextLong();
                    case 1 -> view.capacity() + random.nextInt(17) - 8;
                    case 2 -> random.nextInt(64);
                    default -> WILD[random.nextInt(WILD.length)];
                };
        int width = 1 << random.nextInt(4);
        for (int i = 0; i < width && at + i < view.capacity(); i++) {
            view.put(at + i, (byte) (value >>> 8 * i));
        }
    }
}
