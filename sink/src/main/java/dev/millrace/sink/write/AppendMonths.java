package dev.millrace.sink.write;

import dev.millrace.sink.batch.EventRow;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The months (UTC) that events were appended in; each has a table partition of its own. Thread-safe. */
final class AppendMonths {
    private AppendMonths() {}

    /**
     * Those that occur, not those between them. An event of the same month as the one before it, which is
     * nearly each, costs two comparisons.
     */
    static Set<YearMonth> of(List<EventRow> events) {
        Set<YearMonth> months = new TreeSet<>();
        long beginMillis = 0;
        long endMillis = 0;
        for (EventRow event : events) {
            long millis = event.appendedAtMillis();
            if (millis < beginMillis || millis >= endMillis) {
                YearMonth month = YearMonth.from(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
                beginMillis = begin(month);
                endMillis = begin(month.plusMonths(1));
                months.add(month);
            }
        }
        return months;
    }

    private static long begin(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
