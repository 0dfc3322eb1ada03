package dev.millrace.compose.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What readers met while events were written.
 *
 * @param micros from the moment at which a question was due to its answer; never changed
 * @param pendingListBytes of all GIN indexes together, at least one
 */
record QueryFigures(Histogram micros, List<Long> pendingListBytes) {
    QueryFigures {
        pendingListBytes = pendingListBytes.stream().sorted().toList();
    }

    /** Those of all rounds as if they were one. */
    static QueryFigures of(List<QueryFigures> rounds) {
        Histogram all = rounds.get(0).micros().copy();
        rounds.stream().skip(1).map(QueryFigures::micros).forEach(all::add);
        Stream<Long> bytes = rounds.stream().flatMap(round -> round.pendingListBytes().stream());
        return new QueryFigures(all, bytes.toList());
    }

    long count() {
        return micros.getTotalCount();
    }

    double millisAt(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    double maxMillis() {
        return micros.getMaxValue() / 1e3;
    }

    long medianPendingListBytes() {
        return pendingListBytes.get((pendingListBytes.size() - 1) / 2);
    }

    long maxPendingListBytes() {
        return pendingListBytes.get(pendingListBytes.size() - 1);
    }

    /** For a program. */
    Map<String, Object> members() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("count", count());
        query.put("p50", millisAt(50));
        query.put("p99", millisAt(99));
        query.put("max", maxMillis());
        Map<String, Object> pending = new LinkedHashMap<>();
        pending.put("p50", medianPendingListBytes());
        pending.put("max", maxPendingListBytes());
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("query_ms", query);
        members.put("pending_list_bytes", pending);
        return members;
    }
}
