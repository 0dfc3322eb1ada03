package dev.millrace.compose.endtoend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.EventGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The events that end-to-end tests publish: real ones from the file in {@code -Dmillrace.events}, or
 * generated ones where there is no such file. Which it is, is printed.
 */
final class Events {
    /** A name may be as long as a payload; by itself, Jackson takes 50,000 characters. */
    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final long SEED = 20_261_122;

    /** Another seed: what a test generates beside the file is not in the file. */
    private static final long FILE_SEED = 20_261_123;

    private static final int GENERATED = 600;

    private Events() {}

    /** A file of events, one a line, every line with an event_id. */
    static Path file(Path directory) throws IOException {
        Path real = Path.of(System.getProperty("millrace.events", ""));
        if (Files.isRegularFile(real)) {
            System.out.println("events: real ones, from " + real.getFileName());
            return real;
        }
        System.out.printf("events: %d generated ones, since there is no file %s%n", GENERATED, real);
        return Files.write(
                directory.resolve("events.ndjson"),
                new EventGenerator(FILE_SEED)
                        .events(GENERATED)
                        .map(EventBuilder::line)
                        .toList());
    }

    /** Lines as {@code publish} reads them; the same ones every time. */
    static List<String> generate(int count) {
        return new EventGenerator(SEED).events(count).map(EventBuilder::line).toList();
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException failure) {
            throw new AssertionError(json, failure);
        }
    }
}
