package dev.millrace.compose.endtoend;

import dev.millrace.compose.endtoend.QueryClient.Answer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A filter said three ways: to the query API, in Java, and in SQL.
 *
 * @param parameters names and values in turn, for GET
 * @param anyOf for POST; empty to ask with GET
 * @param sql condition on {@code event}
 * @param appended where it depends on when an event was appended, and {@code matches} on what was read of that
 */
record WalkFilter(
        String name,
        List<String> parameters,
        String anyOf,
        Predicate<WalkEvent> matches,
        String sql,
        Optional<AppendedEvents> appended) {
    static final WalkFilter NONE = new WalkFilter("everything", List.of(), "", event -> true, "true");

    static final WalkFilter TYPE = get("type", event -> event.type() == 3, "event_type = 'type-3'", "type", "type-3");

    static final WalkFilter TYPES = get(
            "types",
            event -> event.type() == 1 || event.type() == 6,
            "event_type IN ('type-1', 'type-6')",
            "type",
            "type-1",
            "type",
            "type-6");

    static final WalkFilter KEY = get("key", event -> event.key() == 7, "event_key = 'key-7'", "key", "key-7");

    static final WalkFilter MATCH = get(
            "match",
            event -> event.shape() == 5 && event.tag() == 11,
            "payload->>'shape' = 'shape-5' AND payload->'tags'->>0 = 'tag-11'",
            "match",
            "{\"shape\":\"shape-5\",\"tags\":[\"tag-11\"]}",
            "match",
            "{\"shape\":\"shape-4\",\"tags\":[\"nowhere\"]}");

    static final WalkFilter METADATA = get(
            "match_metadata",
            event -> event.source() == 2,
            "metadata->>'source' = 'source-2'",
            "match_metadata",
            "{\"source\":\"source-2\"}");

    static final WalkFilter TIME = get(
            "time",
            event -> event.second() >= 200_000 && event.second() < 350_000,
            "occurred_at >= timestamptz '2021-07-21T06:00:00Z' + interval '200000 s'"
                    + " AND occurred_at < timestamptz '2021-07-21T06:00:00Z' + interval '350000 s'",
            "occurred_from",
            WalkEvent.START.plusSeconds(200_000).toString(),
            "occurred_until",
            WalkEvent.START.plusSeconds(350_000).toString());

    static final WalkFilter ANY_OF = new WalkFilter(
            "any_of",
            List.of(),
            """
            [{"types": ["type-0", "type-5"], "keys": ["key-1", "key-2", "key-3"]},
             {"match_all": [{"shape": "shape-9"}, {"tags": ["tag-1"]}], "match_metadata_any": [{"source": "source-4"}]},
             {"match_any": [{"tags": ["tag-19", "any"]}, {"tags": ["nowhere"]}], "types": ["type-7"]}]""",
            event -> (event.type() == 0 || event.type() == 5) && event.key() >= 1 && event.key() <= 3
                    || event.shape() == 9 && event.tag() == 1 && event.source() == 4
                    || event.tag() == 19 && event.type() == 7,
            "event_type IN ('type-0', 'type-5') AND event_key IN ('key-1', 'key-2', 'key-3')"
                    + " OR payload->>'shape' = 'shape-9' AND payload->'tags'->>0 = 'tag-1'"
                    + " AND metadata->>'source' = 'source-4'"
                    + " OR payload->'tags'->>0 = 'tag-19' AND event_type = 'type-7'");

    WalkFilter(String name, List<String> parameters, String anyOf, Predicate<WalkEvent> matches, String sql) {
        this(name, parameters, anyOf, matches, sql, Optional.empty());
    }

    private static WalkFilter get(String name, Predicate<WalkEvent> matches, String sql, String... parameters) {
        return new WalkFilter(name, List.of(parameters), "", matches, sql);
    }

    /** Whether an answer may show it, also before that was found out. */
    boolean mayShow(WalkEvent event, Instant appendedAt) {
        return appended.map(range -> range.include(appendedAt)).orElseGet(() -> matches.test(event));
    }

    /** Finds out which events match that were stored until now. */
    void findOut() throws SQLException {
        if (appended.isPresent()) {
            appended.get().read();
        }
    }

    /** Asks for a page; an empty cursor for the first one. */
    Answer ask(QueryClient query, String order, int limit, String cursor) throws IOException, InterruptedException {
        if (!anyOf.isEmpty()) {
            String goesOn = cursor.isEmpty() ? "" : ",\"cursor\":\"" + cursor + "\"";
            return query.post(
                    "/v1/events/query",
                    "{\"any_of\":%s,\"order\":\"%s\",\"limit\":%d%s}".formatted(anyOf, order, limit, goesOn));
        }
        List<String> all = new ArrayList<>(parameters);
        all.addAll(List.of("order", order, "limit", Integer.toString(limit)));
        if (!cursor.isEmpty()) {
            all.addAll(List.of("cursor", cursor));
        }
        return query.get("/v1/events", all.toArray(String[]::new));
    }
}
