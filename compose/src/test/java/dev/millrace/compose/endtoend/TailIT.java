package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace tail} beside a stack, as a user runs it. */
class TailIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int BEFORE = 300;
    private static final int NEW = 500;

    @TempDir
    static Path directory;

    private static RunningMillrace millrace;
    private static List<JsonNode> stored;

    @BeforeAll
    static void start() throws Exception {
        millrace = RunningMillrace.start(directory.resolve("data"));
        publish(Events.generate(BEFORE), "before");
        QueryClient query = new QueryClient(millrace.setting("QUERY_API_URL"));
        await().atMost(LIMIT).until(() -> query.walk().size() == BEFORE);
        stored = query.walk();
    }

    @AfterAll
    static void stop() {
        millrace.close();
    }

    @Test
    void fromTheBeginningEveryEventIsPrintedAsTheApiGivesIt() throws Exception {
        // When
        try (RunningTail tail = tail("--from-beginning")) {
            await().atMost(LIMIT).until(() -> tail.events().size() >= BEFORE);
            // Then
            assertThat(tail.events().subList(0, BEFORE)).isEqualTo(stored);
        }
    }

    @Test
    void filtersOfOneKindAreAlternativesAndDifferentOnesAllHold() throws Exception {
        // Given
        List<JsonNode> expected = stored.stream()
                .filter(event -> event.at("/event_type").textValue().equals("PushEvent"))
                .filter(event -> List.of(7, 8, 9, 10, 11)
                        .contains(event.at("/payload/number").intValue()))
                .toList();
        String[] options = {
            "--from-beginning",
            "--type",
            "PushEvent",
            "--type",
            "NoSuchEvent",
            "--match",
            "{\"number\":7}",
            "--match",
            "{\"number\":8}",
            "--match",
            "{\"number\":9}",
            "--match",
            "{\"number\":10}",
            "--match",
            "{\"number\":11}"
        };
        // When
        try (RunningTail tail = tail(options)) {
            await().atMost(LIMIT).until(() -> tail.events().size() >= expected.size());
            // Then
            assertThat(expected).isNotEmpty();
            assertThat(tail.events()).isEqualTo(expected);
        }
    }

    @Test
    void newEventsArePrintedOnceEachInOrderAlsoWhenTheApiIsKilled() throws Exception {
        // Given
        List<String> lines = Events.generate(BEFORE + NEW).subList(BEFORE, BEFORE + NEW);
        List<String> ids = lines.stream().map(TailIT::id).toList();
        try (RunningTail tail = tail()) {
            await().atMost(LIMIT).until(() -> tail.said("waiting for events") == 1);
            publish(lines.subList(0, NEW / 2), "first");
            await().atMost(LIMIT).until(() -> tail.events().size() >= NEW / 2);
            // When
            ProcessHandle.of(millrace.pid("query-api")).orElseThrow().destroyForcibly();
            publish(lines.subList(NEW / 2, NEW), "second");
            // Then
            await().atMost(LIMIT).until(() -> tail.events().size() >= NEW);
            assertThat(tail.events().stream().map(event -> event.get("event_id").textValue()))
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(offsetsRise(tail.events())).isTrue();
            assertThat(tail.said("query API does not answer")).isEqualTo(1);
            assertThat(tail.said("query API answers again")).isEqualTo(1);
        }
    }

    @Test
    void readerThatHasEnoughEndsIt() throws Exception {
        // Given
        Path out = directory.resolve("head.out");
        String tail = String.join("' '", millrace.command("tail", "--from-beginning"));
        // When
        Process pipeline = new ProcessBuilder("bash", "-c", "set -o pipefail; '" + tail + "' | head -3")
                .redirectOutput(out.toFile())
                .start();
        // Then
        assertThat(pipeline.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(pipeline.exitValue()).isZero();
        assertThat(Files.readAllLines(out).stream().map(Events::parse)).containsExactlyElementsOf(stored.subList(0, 3));
    }

    private static RunningTail tail(String... options) throws IOException {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "tail";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return RunningTail.start(directory, millrace.command(arguments));
    }

    private static void publish(List<String> lines, String name) throws Exception {
        Path file = Files.write(directory.resolve(name + ".ndjson"), lines);
        assertThat(millrace.run("publish", file).exitCode()).isZero();
    }

    private static String id(String line) {
        return Events.parse(line).get("event_id").textValue();
    }

    private static boolean offsetsRise(List<JsonNode> events) {
        Map<Integer, Long> last = new HashMap<>();
        boolean rising = true;
        for (JsonNode event : events) {
            long offset = event.get("offset").longValue();
            Long before = last.put(event.get("partition").intValue(), offset);
            rising &= before == null || before < offset;
        }
        return rising;
    }
}
