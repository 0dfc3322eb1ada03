package dev.millrace.compose.tail;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.compose.console.EventJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the query API answers.
 *
 * @param events each as it stands in the answer, byte for byte
 * @param nextCursor where this walk goes on; null on its last page
 * @param tailCursor where the next walk begins
 */
record EventPage(
        List<byte[]> events,
        @Nullable String nextCursor,
        @Nullable String tailCursor) {
    /** @throws IOException if this is no such answer */
    static EventPage parse(byte[] body) throws IOException {
        List<byte[]> events = new ArrayList<>();
        String next = null;
        String tail = null;
        try (JsonParser parser = EventJson.FACTORY.createParser(body)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "events" -> readEvents(parser, body, events);
                    case "next_cursor" -> next = parser.getText();
                    case "tail_cursor" -> tail = parser.getText();
                    default -> require(value != null && parser.skipChildren() != null);
                }
            }
        }
        require(tail != null);
        return new EventPage(events, next, tail);
    }

    /** Where to ask next. */
    @Nullable
    String cursor() {
        return isLast() ? tailCursor : nextCursor;
    }

    /** Whether the events after it, if any, are newer than the walk. */
    boolean isLast() {
        return nextCursor == null;
    }

    /** Cuts them out, because writing what was parsed would not give the same numbers. */
    private static void readEvents(JsonParser parser, byte[] body, List<byte[]> events) throws IOException {
        require(parser.currentToken() == JsonToken.START_ARRAY);
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            int until = (int) parser.currentLocation().getByteOffset();
            events.add(Arrays.copyOfRange(body, from, until));
        }
    }

    private static void require(boolean asExpected) throws IOException {
        if (!asExpected) {
            throw new IOException("not a page of events");
        }
    }
}
