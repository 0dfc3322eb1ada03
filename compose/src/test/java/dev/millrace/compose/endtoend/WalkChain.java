package dev.millrace.compose.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What one reader was shown from its first page on, over walks that follow each other, held against what the API
 * promises. Every method throws an {@link AssertionError} that says what is wrong. For one thread.
 */
final class WalkChain {
    private static final Comparator<Place> ASCENDING = Comparator.comparing(Place::appendedAt)
            .thenComparing(Place::partition)
            .thenComparing(Place::offset);

    private final long seed;
    private final WalkFilter filter;
    private final int limit;
    private final boolean ascending;
    private final NumbersByPosition seen = new NumbersByPosition();
    private final Map<Integer, Long> lastOffsets = new HashMap<>();

    /** What the walks before this one included. */
    private Map<Integer, Long> below = Map.of();

    /** What this walk includes; empty before its first page. */
    private Map<Integer, Long> through = Map.of();

    private Place last;
    private String tail;
    private long events;

    private record Place(Instant appendedAt, int partition, long offset) {
        @Override
        public String toString() {
            return partition + ":" + offset + " of " + appendedAt;
        }
    }

    /** @param seed of the trial's events */
    WalkChain(long seed, WalkFilter filter, int limit, boolean ascending) {
        this.seed = seed;
        this.filter = filter;
        this.limit = limit;
        this.ascending = ascending;
    }

    /** Takes the next page of the walk; returns where to go on, or an empty text after its last page. */
    String next(JsonNode page) {
        takeBound(page);
        JsonNode shown = page.get("events");
        require(shown.size() <= limit, "%d events on a page of at most %d", shown.size(), limit);
        require(!shown.isEmpty() || !page.has("next_cursor"), "an empty page in the middle of a walk");
        shown.forEach(this::take);
        return page.path("next_cursor").asText("");
    }

    /** Ends a walk; returns where the next one begins. */
    String tail() {
        below = through;
        through = Map.of();
        last = null;
        return tail;
    }

    /** What all walks that have ended include. */
    Map<Integer, Long> included() {
        return below;
    }

    /** How many events were shown. */
    long events() {
        return events;
    }

    /** Looks for what was not shown, or is another event, in all walks that have ended. */
    void requireAll(NumbersByPosition acknowledged) {
        below.forEach((partition, end) -> {
            for (long offset = 0; offset <= end; offset++) {
                int number = acknowledged.at(partition, offset);
                boolean matches = filter.matches().test(WalkEvent.of(seed, number));
                int expected = matches ? number : NumbersByPosition.NOTHING;
                int shown = seen.at(partition, offset);
                require(
                        shown == expected,
                        "at %d:%d event %d should have been shown, and event %d was (-1 is none); complete_through was %s",
                        partition,
                        offset,
                        expected,
                        shown,
                        below);
            }
        });
    }

    private void takeBound(JsonNode page) {
        Map<Integer, Long> bound = new HashMap<>();
        page.get("complete_through")
                .properties()
                .forEach(field -> bound.put(
                        Integer.valueOf(field.getKey()), field.getValue().longValue()));
        String shownTail = page.path("tail_cursor").textValue();
        require(ascending == (shownTail != null), "tail_cursor is %s", shownTail);
        if (through.isEmpty()) {
            through = bound;
            tail = shownTail;
            below.forEach((partition, end) ->
                    require(bound.get(partition) >= end, "complete_through went from %s back to %s", below, bound));
        }
        require(bound.equals(through), "complete_through went from %s to %s inside a walk", through, bound);
        require(Objects.equals(shownTail, tail), "tail_cursor changed inside a walk");
    }

    private void take(JsonNode shown) {
        Place place = new Place(
                Instant.parse(shown.get("appended_at").textValue()),
                shown.get("partition").intValue(),
                shown.get("offset").longValue());
        WalkEvent event =
                WalkEvent.of(seed, shown.path("payload").path("number").intValue());
        int before = seen.put(place.partition(), place.offset(), event.number());
        require(before == NumbersByPosition.NOTHING, "%s was shown again", place);
        require(place.offset() <= through.get(place.partition()), "%s is above complete_through %s", place, through);
        require(
                place.offset() > below.getOrDefault(place.partition(), -1L),
                "%s belongs to a walk before this one, which included %s",
                place,
                below);
        requireOrder(place);
        require(event.id().toString().equals(shown.get("event_id").textValue()), "%s is another event", shown);
        require(filter.mayShow(event, place.appendedAt()), "%s does not match the filter", shown);
        events++;
    }

    private void requireOrder(Place place) {
        require(
                last == null || (ASCENDING.compare(last, place) < 0) == ascending,
                "%s comes after %s inside a walk",
                place,
                last);
        Long offset = lastOffsets.put(place.partition(), place.offset());
        require(
                offset == null || (offset < place.offset()) == ascending,
                "%s comes after offset %s of its partition",
                place,
                offset);
        last = place;
    }

    private static void require(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new AssertionError(message.formatted(arguments));
        }
    }
}
