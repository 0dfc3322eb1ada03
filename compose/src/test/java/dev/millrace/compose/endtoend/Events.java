package dev.millrace.compose.endtoend;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The events that end-to-end tests publish: real ones from the file in {@code -Dmillrace.events}, or
 * generated ones where there is no such file. Which it is, is printed.
 */
final class Events {
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final long SEED = 20_261_122;
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
        return Files.write(directory.resolve("events.ndjson"), generate(GENERATED));
    }

    /** Lines as {@code publish} reads them; the same ones every time. */
    static List<String> generate(int count) {
        Random random = new Random(SEED);
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            lines.add(("{\"event_id\":\"%s\",\"event_type\":\"%s\",\"occurred_at\":\"2021-07-21T06:%02d:%02d.%06dZ\","
                            + "%s\"payload\":{\"action\":\"%s\",\"number\":%d,\"ratio\":%s,\"text\":\"%s\"},"
                            + "\"metadata\":{\"source\":\"generated\"}}")
                    .formatted(
                            new UUID(random.nextLong(), random.nextLong()),
                            random.nextBoolean() ? "PushEvent" : "PullRequestEvent",
                            number / 60 % 60,
                            number % 60,
                            random.nextInt(1_000_000),
                            random.nextInt(10) == 0 ? "" : "\"key\":\"key-" + random.nextInt(50) + "\",",
                            random.nextBoolean() ? "opened" : "closed",
                            number,
                            random.nextInt(1_000) + ".50",
                            "Grüße \\u0416 \\\"quoted\\\" " + "x".repeat(random.nextInt(400))));
        }
        return lines;
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException failure) {
            throw new AssertionError(json, failure);
        }
    }
}
