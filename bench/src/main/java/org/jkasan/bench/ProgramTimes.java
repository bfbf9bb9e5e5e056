package org.jkasan.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What runs of a program in one JVM took, in nanoseconds; the first is what there was before: the
 * start of the JVM, and the making of the input.
 */
record ProgramTimes(double[] cpu, double[] wall) {

    /** What {@code ProgramMain} prints. */
    static ProgramTimes parse(List<String> lines) {
        double[] cpu = new double[lines.size()];
        double[] wall = new double[lines.size()];
        for (int i = 0; i < cpu.length; i++) {
            String[] times = lines.get(i).split(" ");
            cpu[i] = Double.parseDouble(times[0]);
            wall[i] = Double.parseDouble(times[1]);
        }
        return new ProgramTimes(cpu, wall);
    }

    /** The sum of all. */
    static double whole(double[] times) {
        return Arrays.stream(times).sum();
    }

    /** The quotients of the later half of the runs, when the program is warm. */
    static double[] steady(double[] base, double[] measured) {
        int from = (base.length + 1) / 2;
        double[] quotients = new double[base.length - from];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = measured[from + i] / base[from + i];
        }
        return quotients;
    }
}
