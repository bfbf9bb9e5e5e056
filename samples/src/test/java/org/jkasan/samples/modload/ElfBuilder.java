package org.jkasan.samples.modload;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes small ELF64 files by hand: the sections in the order they are added, then the section
 * names, then the section headers. A section with an address lies at that offset of the file.
 */
final class ElfBuilder {

    static final int X86_64 = 62;
    static final int AARCH64 = 183;

    /** A section; its bytes are null where it is NOBITS. */
    private record Section(
            String name,
            int type,
            long flags,
            long address,
            byte[] bytes,
            long size,
            int link,
            int info,
            long align,
            long entrySize) {}

    private record Segment(int type, long address, long fileSize, long memorySize) {}

    private final int type;
    private final int machine;
    private final List<Section> sections = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();

    ElfBuilder(int type, int machine) {
        this.type = type;
        this.machine = machine;
        sections.add(new Section("", 0, 0, 0, new byte[0], 0, 0, 0, 0, 0));
    }

    /** Adds a section; returns its index. */
    int section(String name, int type, long flags, long address, byte[] bytes, long align) {
        return table(name, type, flags, address, bytes, 0, 0, 0, align);
    }

    /** Adds a section of entries; returns its index. */
    int table(
            String name,
            int type,
            long flags,
            long address,
            byte[] bytes,
            int link,
            int info,
            long entrySize,
            long align) {
        sections.add(
                new Section(
                        name,
                        type,
                        flags,
                        address,
                        bytes,
                        bytes.length,
                        link,
                        info,
                        align,
                        entrySize));
        return sections.size() - 1;
    }

    /** Adds a section without bytes in the file; returns its index. */
    int zeroes(String name, long flags, long address, long size, long align) {
        sections.add(new Section(name, Elf.SHT_NOBITS, flags, address, null, size, 0, 0, align, 0));
        return sections.size() - 1;
    }

    ElfBuilder segment(int type, long address, long fileSize, long memorySize) {
        segments.add(new Segment(type, address, fileSize, memorySize));
        return this;
    }

    byte[] build() {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        List<Integer> nameOffsets = new ArrayList<>();
        int namesIndex = section(".shstrtab", Elf.SHT_STRTAB, 0, 0, new byte[0], 1);
        for (Section section : sections) {
            nameOffsets.add(names.size());
            names.writeBytes(strings(section.name()));
        }
        ByteBuffer file = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        int end = Elf.HEADER_SIZE + segments.size() * Elf.PROGRAM_HEADER_SIZE;
        long[] offsets = new long[sections.size()];
        for (int i = 1; i < sections.size(); i++) {
            Section section = sections.get(i);
            byte[] bytes = i == namesIndex ? names.toByteArray() : section.bytes();
            int offset = section.address() != 0 ? (int) section.address() : end;
            offsets[i] = offset;
            if (bytes != null) {
                file.put(offset, bytes);
                end = offset + bytes.length + 7 & -8;
            }
        }
        for (int i = 0; i < sections.size(); i++) {
            long size = i == namesIndex ? names.size() : sections.get(i).size();
            putSection(file, end + i * 64, sections.get(i), nameOffsets.get(i), offsets[i], size);
        }
        putHeader(file, end, namesIndex);
        byte[] built = new byte[end + sections.size() * Elf.SECTION_HEADER_SIZE];
        file.get(0, built);
        return built;
    }

    private void putHeader(ByteBuffer file, long sectionOffset, int namesIndex) {
        file.putInt(0, Elf.MAGIC).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1);
        file.putShort(16, (short) type).putShort(18, (short) machine).putInt(20, 1);
        file.putLong(32, segments.isEmpty() ? 0 : Elf.HEADER_SIZE).putLong(40, sectionOffset);
        file.putShort(52, (short) 64).putShort(54, (short) 56);
        file.putShort(56, (short) segments.size()).putShort(58, (short) 64);
        file.putShort(60, (short) sections.size()).putShort(62, (short) namesIndex);
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            int at = Elf.HEADER_SIZE + i * Elf.PROGRAM_HEADER_SIZE;
            file.putInt(at, segment.type()).putLong(at + 8, segment.address());
            file.putLong(at + 16, segment.address()).putLong(at + 24, segment.address());
            file.putLong(at + 32, segment.fileSize()).putLong(at + 40, segment.memorySize());
            file.putLong(at + 48, 8);
        }
    }

    private static void putSection(
            ByteBuffer file, int at, Section section, int name, long offset, long size) {
        if (section.type() == Elf.SHT_NULL) {
            return;
        }
        file.putInt(at, name).putInt(at + 4, section.type()).putLong(at + 8, section.flags());
        file.putLong(at + 16, section.address()).putLong(at + 24, offset).putLong(at + 32, size);
        file.putInt(at + 40, section.link()).putInt(at + 44, section.info());
        file.putLong(at + 48, section.align()).putLong(at + 56, section.entrySize());
    }

    /** Strings, each with its NUL. */
    static byte[] strings(String... strings) {
        return (String.join("\0", strings) + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    /** One symbol. */
    static byte[] symbol(int name, int binding, int type, int section, long value) {
        ByteBuffer entry = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        entry.putInt(name).put((byte) (binding << 4 | type)).put((byte) 0);
        return entry.putShort((short) section).putLong(value).putLong(8).array();
    }

    /** One relocation. */
    static byte[] rela(long offset, int symbol, int type, long addend) {
        return words(offset, (long) symbol << 32 | type, addend);
    }

    static byte[] words(long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : words) {
            bytes.putLong(word);
        }
        return bytes.array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
