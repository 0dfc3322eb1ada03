package dev.millrace.compose.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.compose.history.Send.Outcome;
import dev.millrace.compose.history.Send.Outcome.Acknowledged;
import dev.millrace.compose.history.Send.Outcome.Failed;
import dev.millrace.compose.history.Send.Outcome.Unknown;
import dev.millrace.schemas.Position;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts the entries of journals together to sends. Not thread-safe. */
final class JournalReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Outcome NOT_HEARD = new Unknown("the journal ends before the outcome");

    private final Map<Long, Send> sends = new LinkedHashMap<>();

    /** Few keys make many sends. */
    private final Map<String, String> keys = new HashMap<>();

    Collection<Send> sends() {
        return sends.values();
    }

    /** @throws IllegalStateException if an entry does not make sense */
    void read(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            long number = 0;
            String line = lines.readLine();
            boolean ended = endsWithLine(file);
            while (line != null) {
                number++;
                String next = lines.readLine();
                if (next != null || ended) {
                    take(file + " line " + number, line);
                }
                line = next;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(file.toString(), failure);
        }
    }

    private static boolean endsWithLine(Path file) throws IOException {
        try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
            if (bytes.size() == 0) {
                return true;
            }
            bytes.position(bytes.size() - 1);
            ByteBuffer last = ByteBuffer.allocate(1);
            return bytes.read(last) == 1 && last.get(0) == '\n';
        }
    }

    private void take(String where, String line) {
        try {
            Map<String, String> entry = members(line);
            long send = Long.parseLong(required(entry, "send"));
            String name = required(entry, "entry");
            if (name.equals("sending")) {
                begin(send, entry);
            } else {
                finish(send, outcome(name, entry));
            }
        } catch (IOException | IllegalArgumentException malformed) {
            throw new IllegalStateException(where + ": " + malformed.getMessage(), malformed);
        }
    }

    private void begin(long number, Map<String, String> entry) {
        String key = entry.get("key");
        Send send = new Send(
                number,
                Integer.parseInt(required(entry, "producer")),
                UUID.fromString(required(entry, "event_id")),
                key == null ? null : keys.computeIfAbsent(key, same -> same),
                key == null ? 0 : Long.parseLong(required(entry, "key_sequence")),
                Fate.valueOf(required(entry, "fate")),
                Digest.parse(required(entry, "content")),
                NOT_HEARD);
        if (sends.putIfAbsent(number, send) != null) {
            throw new IllegalArgumentException("send " + number + " is begun twice");
        }
    }

    /** An outcome that was unknown may be heard of later. */
    private void finish(long number, Outcome outcome) {
        Send send = sends.get(number);
        if (send == null || !(send.outcome() instanceof Unknown)) {
            throw new IllegalArgumentException(
                    "send " + number + (send == null ? " was not begun" : " has an outcome already"));
        }
        sends.put(number, send.with(outcome));
    }

    private static Outcome outcome(String name, Map<String, String> entry) {
        return switch (name) {
            case "acknowledged" ->
                new Acknowledged(new Position(
                        Integer.parseInt(required(entry, "partition")), Long.parseLong(required(entry, "offset"))));
            case "failed" -> new Failed(required(entry, "reason"));
            case "unknown" -> new Unknown(required(entry, "reason"));
            default -> throw new IllegalArgumentException("no such entry: " + name);
        };
    }

    private static Map<String, String> members(String line) throws IOException {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, parser.getText());
            }
        }
        return members;
    }

    private static String required(Map<String, String> entry, String name) {
        @Nullable String value = entry.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the entry has no " + name);
        }
        return value;
    }
}
