package dev.millrace.schemas.testing;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Collectors;

/** The meters of a module, as its {@code metrics.txt} names them for dashboards and alarms. */
public final class GoldenMeters {
    private GoldenMeters() {}

    /** Fails where a registry has other meters than the golden ones, whatever the JVM reports besides. */
    public static void assertHeldBy(MeterRegistry registry) {
        String meters = registry.getMeters().stream()
                .map(Meter::getId)
                .filter(GoldenMeters::isOurs)
                .map(GoldenMeters::line)
                .sorted()
                .collect(Collectors.joining());
        GoldenFile.named("metrics.txt").assertHolds(meters);
    }

    /** What the JVM reports differs from one garbage collector to the next. */
    private static boolean isOurs(Meter.Id id) {
        return !id.getName().matches("(jvm|process|system)\\..*");
    }

    private static String line(Meter.Id id) {
        return "%s %s %s {%s} %s\n"
                .formatted(
                        id.getName(),
                        id.getType(),
                        id.getBaseUnit() == null ? "-" : id.getBaseUnit(),
                        id.getTags().stream()
                                .map(tag -> tag.getKey() + "=" + tag.getValue())
                                .collect(Collectors.joining(",")),
                        id.getDescription());
    }
}
