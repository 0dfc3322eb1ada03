package dev.millrace.compose.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects violations; a run that went wrong altogether shall not fill the memory with them. Not thread-safe. */
final class Violations {
    private static final int MOST = 100;

    private final List<Violation> found = new ArrayList<>();
    private final Map<Invariant, Long> counts = new EnumMap<>(Invariant.class);

    void add(Invariant invariant, String what) {
        if (counts.merge(invariant, 1L, Long::sum) <= MOST) {
            found.add(new Violation(invariant, what));
        }
    }

    List<Violation> toList() {
        List<Violation> all = new ArrayList<>(found);
        counts.forEach((invariant, count) -> {
            if (count > MOST) {
                all.add(new Violation(invariant, "and " + (count - MOST) + " more"));
            }
        });
        return List.copyOf(all);
    }
}
