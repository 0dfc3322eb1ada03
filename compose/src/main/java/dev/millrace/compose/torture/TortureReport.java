package dev.millrace.compose.torture;

import dev.millrace.compose.history.Invariant;
import dev.millrace.compose.history.Violation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What came of a torture.
 *
 * @param faults how many struck, by name
 * @param sends what the producers heard
 * @param records in the topic
 * @param watches how often was looked during the run
 * @param violations what must not be; of one kind at most some hundred
 */
public record TortureReport(
        TortureSettings settings,
        Map<String, Long> faults,
        Sends sends,
        long records,
        StoredCounts stored,
        Watches watches,
        Recoveries recoveries,
        CatchUps catchUp,
        List<Violation> violations) {
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(60);
    private static final int SHOWN = 20;

    /**
     * @param primary from the last acknowledgement, after all was healed, until it had everything
     * @param replicated whether the replica had everything in the end
     */
    record CatchUps(Duration primary, boolean replicated) {
        boolean areGood() {
            return replicated && primary.compareTo(CATCH_UP_LIMIT) <= 0;
        }
    }

    record Sends(long acknowledged, long unknown, long failed) {}

    /** @param lineHits how often the line to the primary was really cut; a fault of it waits for its moment */
    record Watches(
            long lineHits,
            long primarySnapshots,
            long replicaSnapshots,
            long waitForComplete,
            long waitForUnavailable) {}

    /** Whether nothing was violated and the sink caught up in time. */
    public boolean isGood() {
        return violations.isEmpty() && catchUp.areGood();
    }

    /** For a program: numbers, times in milliseconds. */
    public Map<String, Object> members() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("good", isGood());
        all.put("seed", settings.seed());
        all.put("length_ms", settings.length().toMillis());
        all.put("faults", faults);
        all.put("line_cut", watches.lineHits());
        all.put("acknowledged", sends.acknowledged());
        all.put("unknown", sends.unknown());
        all.put("failed", sends.failed());
        all.put("records", records);
        all.put("stored", stored.stored());
        all.put("duplicates", stored.duplicates());
        all.put("rejected", stored.rejected());
        all.put("lost", count(Set.of(Invariant.COMPLETENESS, Invariant.REJECTION)));
        all.put("doubled", count(Set.of(Invariant.NOTHING_ELSE)));
        all.put("primary_snapshots", watches.primarySnapshots());
        all.put("replica_snapshots", watches.replicaSnapshots());
        all.put("wait_for_200", watches.waitForComplete());
        all.put("wait_for_503", watches.waitForUnavailable());
        all.put("recoveries", recoveries.count());
        all.put("recovery_median_ms", recoveries.median().toMillis());
        all.put("recovery_p95_ms", recoveries.p95().toMillis());
        all.put("recovery_max_ms", recoveries.max().toMillis());
        all.put("catch_up_ms", catchUp.primary().toMillis());
        all.put("replicated", catchUp.replicated());
        all.put("violations", violations.size());
        Map<String, String> first = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(SHOWN, violations.size()); i++) {
            first.put(Integer.toString(i + 1), violations.get(i).toString());
        }
        all.put("first_violations", first);
        return all;
    }

    /** For a person, without the end of the last line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        members().forEach((name, value) -> {
            if (value instanceof Map<?, ?> parts) {
                text.append(name.replace('_', ' ')).append(parts.isEmpty() ? " none\n" : "\n");
                parts.forEach((part, number) -> text.append("  %-45s %s%n".formatted(part, number)));
            } else {
                text.append("%-22s %s%n".formatted(name.replace('_', ' '), value));
            }
        });
        return text + (isGood() ? "GOOD: " : "BAD: ") + verdict();
    }

    private String verdict() {
        if (!violations.isEmpty()) {
            return violations.size() + " violations; seed " + settings.seed() + ", data in " + settings.directory();
        }
        String time = String.format(Locale.ROOT, "%.1f s", catchUp.primary().toMillis() / 1e3);
        if (isGood()) {
            return "nothing lost, nothing doubled, caught up after " + time;
        }
        return "nothing lost, nothing doubled, but "
                + (catchUp.replicated()
                        ? "it took " + time + " to catch up, more than " + CATCH_UP_LIMIT.toSeconds() + " s"
                        : "the replica does not catch up")
                + "; data in " + settings.directory();
    }

    private long count(Set<Invariant> invariants) {
        return violations.stream()
                .filter(violation -> invariants.contains(violation.invariant()))
                .count();
    }
}
