package dev.millrace.sink.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** How the upkeep of the tables is doing. */
public final class UpkeepMetrics {
    private UpkeepMetrics() {}

    /** Shows it. To be called once. */
    public static void show(
            MeterRegistry registry, DoubleSupplier pendingBytes, DoubleSupplier longLists, BooleanSupplier isLeading) {
        Gauge.builder("sink.gin.pending", pendingBytes::getAsDouble)
                .description("Waiting in the pending lists of the GIN indexes on event; NaN while not known")
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder("sink.gin.long", longLists, DoubleSupplier::getAsDouble)
                .description("Times that a pending list had grown to 16 MB before it was emptied")
                .register(registry);
        Gauge.builder("sink.upkeep.leading", () -> isLeading.getAsBoolean() ? 1 : 0)
                .description("Whether this sink does the upkeep for all of the database, 1 or 0")
                .register(registry);
    }
}
