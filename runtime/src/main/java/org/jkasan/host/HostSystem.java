package org.jkasan.host;

/** The operating systems that JKASAN runs on, with the numbers in which their mmap differs. */
public enum HostSystem {
    /** madvise(MADV_DONTNEED) gives private memory back, and it reads as zero from then on. */
    LINUX(0x20, 0x4000),

    /** madvise may keep the old bytes, so memory is given back by mapping afresh over it. */
    MACOS(0x1000, 0x40);

    /** PROT_READ | PROT_WRITE, the same on both. */
    public static final int READ_WRITE = 1 | 2;

    /** MADV_DONTNEED of Linux. */
    public static final int DONT_NEED = 4;

    /** MADV_NOHUGEPAGE of Linux. */
    public static final int NO_HUGE_PAGES = 15;

    /** MAP_SHARED | MAP_FIXED, the same on both. */
    public static final int SHARE_OVER = 0x01 | 0x10;

    private static final int MAP_PRIVATE = 0x02;
    private static final int MAP_FIXED = 0x10;

    private final int reserve;

    HostSystem(int anonymous, int noReserve) {
        this.reserve = MAP_PRIVATE | anonymous | noReserve;
    }

    /** Flags that reserve memory which is zero and committed on first touch. */
    public int reserveFlags() {
        return reserve;
    }

    /** Flags that put fresh memory in the place of what is mapped there. */
    public int replaceFlags() {
        return reserve | MAP_FIXED;
    }

    /**
     * The system of this JVM.
     *
     * @throws HostMemoryException if JKASAN does not run there
     */
    public static HostSystem running() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /**
     * The system of a JVM.
     *
     * @param name of the system property os.name
     * @param architecture of the system property os.arch
     * @throws HostMemoryException if JKASAN does not run there
     */
    static HostSystem of(String name, String architecture) {
        boolean wide =
                switch (architecture) {
                    case "amd64", "x86_64", "aarch64" -> true;
                    default -> false;
                };
        if (wide && name.equals("Linux")) {
            return LINUX;
        }
        if (wide && name.startsWith("Mac")) {
            return MACOS;
        }
        throw new HostMemoryException(
                "JKASAN does not run on "
                        + name
                        + " "
                        + architecture
                        + ": its shadow needs a 64-bit JVM on Linux or macOS, on x86-64 or aarch64"
                        + "; run it there.");
    }
}
