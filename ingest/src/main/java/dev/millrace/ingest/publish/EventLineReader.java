package dev.millrace.ingest.publish;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event from one line of JSON: {@code event_type} and {@code payload}, and if wanted {@code
 * event_id}, {@code occurred_at}, {@code key} and {@code metadata}. Payload and metadata are passed on
 * character by character; whether they are within the limits is for the publisher to say.
 * Thread-safe.
 */
public final class EventLineReader {
    /**
     * The parser's own limits are off: the line's length bounds them all, and the event's limits are
     * checked later, with better words. Names are not collected, since senders choose them.
     */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Clock clock;

    /**
     * @param clock says when an event happened that does not say so itself
     */
    public EventLineReader(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param line UTF-8 without the line end
     * @throws InvalidLineException if it does not state an event; names the member and what is expected
     */
    public OutgoingEvent read(byte[] line) {
        String text = decode(line);
        try (JsonParser parser = JSON.createParser(text)) {
            EventMembers members = new EventMembers(text, parser);
            members.read();
            return members.toEvent(clock);
        } catch (JacksonException invalid) {
            throw new InvalidLineException("not JSON: "
                    + invalid.getOriginalMessage().replaceAll("\\p{Cntrl}", "?") + at(invalid.getLocation()));
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : ", at character " + location.getCharOffset();
    }

    /** Java's own conversion would replace what is not UTF-8, and publish something else. */
    private static String decode(byte[] line) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            if (text.startsWith("\uFEFF")) {
                throw new InvalidLineException("begins with a byte order mark, which JSON does not have");
            }
            return text;
        } catch (CharacterCodingException malformed) {
            throw new InvalidLineException("not UTF-8");
        }
    }
}
