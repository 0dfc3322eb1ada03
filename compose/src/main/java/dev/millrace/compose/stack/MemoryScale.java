package dev.millrace.compose.stack;

import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;

/**
 * Fits the sizes of a tuning file to a machine. The files state them for two servers with 10 GB
 * between them; here both share half of a machine with a broker, services and whoever works on it.
 *
 * @param factor by which sizes are multiplied, above 0 and at most 1
 */
record MemoryScale(double factor) {
    private static final Pattern SIZE = Pattern.compile("@([0-9]+)MB@");
    private static final double TUNED_FOR_BYTES = 10e9;
    private static final double SHARE = 0.5;

    /** Below this Postgres does not start, or sorts everything on disk. */
    private static final int LEAST_MEGABYTES = 8;

    MemoryScale {
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("factor=" + factor);
        }
    }

    /** For the machine that this runs on; in a container, for the container. */
    static MemoryScale ofThisMachine() {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return ofMachineWith(system.getTotalMemorySize());
    }

    static MemoryScale ofMachineWith(long bytes) {
        return new MemoryScale(Math.min(1, bytes * SHARE / TUNED_FOR_BYTES));
    }

    /** The text with every {@code @…MB@} scaled, without the signs. */
    String apply(String tuning) {
        return SIZE.matcher(tuning).replaceAll(size -> scaled(size.group(1)) + "MB");
    }

    private long scaled(String megabytes) {
        return Math.max(LEAST_MEGABYTES, Math.round(Integer.parseInt(megabytes) * factor));
    }
}
