package dev.millrace.sink.upkeep;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How much append time a table partition covers; each begins at midnight UTC. */
public enum PartitionInterval {
    DAY,
    /** From Monday on. */
    WEEK,
    MONTH;

    /** The word in the settings. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of a {@link #label}. */
    public static PartitionInterval of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** Where the interval that holds a moment begins. */
    Instant start(Instant moment) {
        return midnight(startOf(moment));
    }

    /** Where the interval after it begins. */
    Instant end(Instant moment) {
        LocalDate start = startOf(moment);
        return midnight(
                switch (this) {
                    case DAY -> start.plusDays(1);
                    case WEEK -> start.plusWeeks(1);
                    case MONTH -> start.plusMonths(1);
                });
    }

    private LocalDate startOf(Instant moment) {
        LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
