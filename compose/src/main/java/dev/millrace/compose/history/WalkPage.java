package dev.millrace.compose.history;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.compose.console.EventJson;
import dev.millrace.schemas.Position;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of a descending walk, as far as it tells what the answer includes.
 *
 * @param through {@code complete_through}
 * @param events event ids by position
 */
record WalkPage(
        Map<Integer, Long> through,
        Map<Position, UUID> events,
        @Nullable String nextCursor) {
    /** @throws IOException if the body is cut or no such page */
    static WalkPage parse(byte[] body) throws IOException {
        Map<Integer, Long> through = new HashMap<>();
        Map<Position, UUID> events = new HashMap<>();
        String nextCursor = null;
        try (JsonParser parser = EventJson.FACTORY.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "events" -> readEvents(parser, events);
                    case "next_cursor" -> nextCursor = parser.getText();
                    case "complete_through" -> readThrough(parser, through);
                    default -> parser.skipChildren();
                }
            }
        }
        return new WalkPage(through, events, nextCursor);
    }

    boolean holds(Position position, UUID id) {
        return id.equals(events.get(position));
    }

    /** What is wrong with this page; null if nothing is. */
    @Nullable
    String fault(Position receipt, @Nullable UUID stored) {
        if (through(receipt.partition()) < receipt.offset()) {
            return "complete_through is " + through;
        }
        for (Position position : events.keySet()) {
            if (position.offset() > through(position.partition())) {
                return "the answer holds " + position + ", but complete_through is " + through;
            }
        }
        if (stored != null
                && !holds(receipt, stored)
                && events.keySet().stream().anyMatch(at -> isPast(at, receipt))) {
            return "the answer went past without event " + stored;
        }
        return null;
    }

    private long through(int partition) {
        return through.getOrDefault(partition, -1L);
    }

    /** Inside a partition a descending walk meets higher offsets first. */
    private static boolean isPast(Position at, Position receipt) {
        return at.partition() == receipt.partition() && at.offset() <= receipt.offset();
    }

    private static void readThrough(JsonParser parser, Map<Integer, Long> through) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int partition = Integer.parseInt(parser.currentName());
            parser.nextToken();
            through.put(partition, parser.getLongValue());
        }
    }

    private static void readEvents(JsonParser parser, Map<Position, UUID> events) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String id = "";
            int partition = -1;
            long offset = -1;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "event_id" -> id = parser.getText();
                    case "partition" -> partition = parser.getIntValue();
                    case "offset" -> offset = parser.getLongValue();
                    default -> parser.skipChildren();
                }
            }
            events.put(new Position(partition, offset), UUID.fromString(id));
        }
    }
}
