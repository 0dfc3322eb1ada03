package dev.millrace.query.http;

import dev.millrace.query.read.StoredEvent;
import dev.millrace.query.tail.StreamEnd;
import dev.millrace.query.tail.StreamFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events. A block with an {@code id} and nothing else is no event for a client, but it is what
 * it will go on from: also after a long time in which nothing was for it.
 */
public final class SseFormat implements StreamFormat {
    private static final byte[] END_OF_BLOCK = bytes("\n\n");

    /** A second, in milliseconds: whoever is cut off, and wants to go on, comes soon and not all at once. */
    @Override
    public byte[] opening() {
        return bytes("retry: 1000\n\n");
    }

    @Override
    public byte[] head(String cursor) {
        return bytes("event: event\nid: " + cursor + "\ndata: ");
    }

    /** JSON has no line break but for those in it that Postgres prints, and it prints none. */
    @Override
    public byte[] body(StoredEvent event) {
        return joined(new byte[0], EventJson.event(event));
    }

    @Override
    public byte[] position(String cursor) {
        return bytes("id: " + cursor + "\n\n");
    }

    @Override
    public byte[] heartbeat(@Nullable String cursor) {
        return bytes(cursor == null ? ": heartbeat\n\n" : ": heartbeat\nid: " + cursor + "\n\n");
    }

    /** The problem that a new request with the same cursor would be answered with. */
    @Override
    public byte[] end(StreamEnd end) {
        ProblemType type = switch (end.kind()) {
            case GONE -> ProblemType.GONE;
            case TOO_EXPENSIVE -> ProblemType.QUERY_TOO_EXPENSIVE;
            case BROKEN -> ProblemType.INTERNAL;
        };
        byte[] problem = ProblemJson.write(new Problem(type, end.reason()), type.status());
        return joined(bytes("event: end\ndata: "), problem);
    }

    private static byte[] joined(byte[] begin, byte[] document) {
        ByteArrayOutputStream block = new ByteArrayOutputStream(begin.length + document.length + END_OF_BLOCK.length);
        block.writeBytes(begin);
        block.writeBytes(document);
        block.writeBytes(END_OF_BLOCK);
        return block.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
