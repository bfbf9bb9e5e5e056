package org.jkasan.host;

/** How far the addresses of this host's user space reach. */
public final class HostAddresses {

    /**
     * Bits of a user address: 48 on Linux aarch64, 47 on x86-64 and on macOS. More, where the
     * processor has them, the host hands out only to who asks for an address up there.
     */
    public static final int BITS = of(System.getProperty("os.name"), System.getProperty("os.arch"));

    /** The end of user space. */
    public static final long LIMIT = 1L << BITS;

    private HostAddresses() {}

    static int of(String osName, String arch) {
        return osName.equals("Linux") && arch.equals("aarch64") ? 48 : 47;
    }
}
