package dev.millrace.compose.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.compose.endtoend.QueryClient.Answer;
import dev.millrace.schemas.event.Event;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the query API for single events in every way there is, and notes answers that are slow or large. */
final class CorpusReader {
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** A payload, a metadata, and what is around them. */
    private static final int EVENT_BYTES = (1 << 20) + (1 << 16) + (1 << 12);

    /** A page ends behind 8 Mi characters; a few of ours have more than a byte. */
    private static final int PAGE_BYTES = 10 << 20;

    /** What surely fits into the address of a request. */
    private static final int MATCH_BYTES = 8_000;

    private final QueryClient query;
    private final List<String> complaints = new ArrayList<>();

    CorpusReader(QueryClient query) {
        this.query = query;
    }

    /** A way to read one event; empty where it cannot be asked for so. Missing if the answer does not have it. */
    @FunctionalInterface
    interface ReadPath {
        Optional<JsonNode> read(Event event, Optional<String> key) throws Exception;
    }

    /** Every way by its name. */
    Map<String, ReadPath> paths(List<JsonNode> tail) throws Exception {
        Map<String, ReadPath> paths = new HashMap<>();
        paths.put("by id", (event, key) -> Optional.of(byId(event)));
        paths.put("by type", (event, key) -> Optional.of(find(event, "type", event.eventType())));
        paths.put(
                "by type, newest first",
                (event, key) -> Optional.of(find(event, "type", event.eventType(), "order", "desc")));
        paths.put("by key", (event, key) -> key.map(text -> find(event, "key", text)));
        paths.put("by match", (event, key) -> match(event).map(json -> find(event, "match", json, "limit", "1000")));
        paths.put(
                "by match and type",
                (event, key) -> match(event).map(json -> find(event, "match", json, "type", event.eventType())));
        paths.put("in a walk", among(walk("limit", "7")));
        paths.put("in a walk, newest first", among(walk("limit", "1000", "order", "desc")));
        paths.put("in the output of tail", among(tail));
        return paths;
    }

    /** What was slow, large, or no answer. */
    List<String> complaints() {
        return complaints;
    }

    private JsonNode byId(Event event) throws Exception {
        Answer answer = ask(1, "/v1/events/" + event.eventId());
        return answer.status() == 200 ? answer.body() : MissingNode.getInstance();
    }

    private JsonNode find(Event event, String... parameters) {
        try {
            return among(walk(parameters)).read(event, Optional.empty()).orElseThrow();
        } catch (Exception failure) {
            throw new AssertionError(String.join(" ", parameters), failure);
        }
    }

    private static ReadPath among(List<JsonNode> events) {
        Map<String, JsonNode> byId = new HashMap<>();
        events.forEach(event -> byId.put(event.get("event_id").textValue(), event));
        return (event, key) -> Optional.of(byId.getOrDefault(event.eventId().toString(), MissingNode.getInstance()));
    }

    private List<JsonNode> walk(String... parameters) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        List<String> next = List.of(parameters);
        while (!next.isEmpty()) {
            Answer page = ask(1_000, "/v1/events", next.toArray(String[]::new));
            page.body().path("events").forEach(events::add);
            next = new ArrayList<>();
            if (page.body().has("next_cursor")) {
                next.addAll(List.of(parameters));
                next.addAll(List.of("cursor", page.body().get("next_cursor").textValue()));
            }
        }
        return events;
    }

    private Answer ask(int events, String path, String... parameters) throws Exception {
        String request = path + " " + String.join(" ", parameters);
        long begin = System.nanoTime();
        Answer answer = query.get(path, parameters);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (answer.status() != 200) {
            complaints.add(request + ": " + answer.status() + " " + answer.body());
        }
        if (took.compareTo(LONGEST) > 0) {
            complaints.add(request + ": took " + took);
        }
        if (answer.bytes() > Math.min((long) events * EVENT_BYTES, PAGE_BYTES)) {
            complaints.add(request + ": " + answer.bytes() + " bytes");
        }
        return answer;
    }

    /** The payload, if it says anything and fits into an address; else its first member if that does. */
    private static Optional<String> match(Event event) {
        JsonNode payload = Events.parse(event.payload());
        if (payload.isEmpty()) {
            return Optional.empty();
        }
        if (fits(event.payload())) {
            return Optional.of(event.payload());
        }
        Map.Entry<String, JsonNode> first = payload.properties().iterator().next();
        String member = Events.JSON
                .createObjectNode()
                .set(first.getKey(), first.getValue())
                .toString();
        return Optional.of(member).filter(CorpusReader::fits);
    }

    private static boolean fits(String json) {
        return URLEncoder.encode(json, StandardCharsets.UTF_8).length() <= MATCH_BYTES;
    }
}
