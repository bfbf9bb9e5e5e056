package org.jkasan.report;

/**
 * What a report calls the kernel and the hardware: here, the JVM.
 *
 * @param release the Java version with its build
 * @param hardware the virtual machine and what it runs on
 */
public record Machine(String release, String hardware) {

    /** The JVM that runs this. */
    static Machine running() {
        return new Machine(
                System.getProperty("java.runtime.version"),
                System.getProperty("java.vm.name")
                        + ", "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.arch"));
    }
}
