package dev.millrace.compose.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.compose.tail.TailException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowerTest {
    private static final EventFilter ALL = new EventFilter(List.of(), List.of(), List.of());

    private final ScriptedApi server = new ScriptedApi();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<Duration> pauses = new ArrayList<>();
    private Optional<String> key = Optional.empty();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pagesAreFollowedFromTheBeginningAndThenTheTail() throws Exception {
        // Given
        server.answers(page("1,2", "next"), page("3", null), page("", null), page("4", null));
        // When
        follow(ALL, true);
        // Then
        assertThat(lines()).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}");
        assertThat(server.cursors()).containsExactly("none", "next", "tail", "tail");
        // No pause within a walk, for there is more already.
        assertThat(pauses).hasSize(3);
    }

    @Test
    void withoutFromBeginningWhatIsThereIsNotPrinted() throws Exception {
        // Given
        server.answers(page("1", "next"), page("2", null));
        // When
        follow(ALL, false);
        // Then
        assertThat(lines()).containsExactly("{\"n\":2}");
        assertThat(server.cursors()).containsExactly("none", "tail");
    }

    @Test
    void filterGoesWithEveryQuestionAndIsEncoded() throws Exception {
        // Given
        EventFilter filter = new EventFilter(List.of("a&b", "c"), List.of("k+1"), List.of("{\"x\": \"ü\"}"));
        server.answers(page("1", null), page("2", null));
        // When
        follow(filter, true);
        // Then
        assertThat(server.queries())
                .hasSize(2)
                .allSatisfy(query -> assertThat(query)
                        .contains("type=a%26b&type=c&key=k%2B1&match=%7B%22x%22%3A+%22%C3%BC%22%7D")
                        .contains("order=asc"));
    }

    @Test
    void keyGoesWithEveryQuestion() throws Exception {
        // Given
        server.answers(page("1", null), page("2", null));
        key = Optional.of("mr_secret");
        // When
        follow(ALL, true);
        // Then
        assertThat(server.keys()).containsExactly("Bearer mr_secret", "Bearer mr_secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void keyThatIsNotAcceptedIsSaid(int status) {
        // Given
        server.answers(problem(status, "no key"));
        // When
        TailException refused = catchThrowableOfType(TailException.class, () -> follow(ALL, true));
        // Then
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining("asks for an API key");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504, ScriptedApi.CUT})
    void outageInBetweenCostsNothingButTime(int status) throws Exception {
        // Given
        server.answers(page("1", null), problem(status, ""), problem(status, ""), page("2", null));
        // When
        follow(ALL, true);
        // Then
        assertThat(lines()).containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(pauses).startsWith(Duration.ofMillis(150), Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void outageAtTheStartIsToldAtOnce() {
        // Given
        server.answers(problem(503, "{\"title\":\"The database cannot answer now\",\"detail\":\"try again\"}"));
        // When
        TailException thrown = catchThrowableOfType(TailException.class, () -> follow(ALL, false));
        // Then
        assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(thrown).hasMessageContaining("The database cannot answer now: try again");
    }

    @Test
    void refusedFilterIsToldInTheWordsOfTheApi() {
        // Given
        server.answers(problem(
                400,
                "{\"title\":\"t\",\"detail\":\"see errors\",\"errors\":["
                        + "{\"parameter\":\"match\",\"message\":\"a JSON object\"},"
                        + "{\"parameter\":\"type\",\"message\":\"not empty\"}]}"));
        // When
        TailException thrown = catchThrowableOfType(TailException.class, () -> follow(ALL, true));
        // Then
        assertThat(thrown.kind()).isEqualTo(Kind.REFUSED);
        assertThat(thrown).hasMessage("match: a JSON object; type: not empty");
    }

    @Test
    void cursorThatLeadsNowhereEndsIt() {
        // Given
        server.answers(page("1", null), problem(410, "{\"title\":\"Gone\",\"detail\":\"made again\"}"));
        // When
        TailException thrown = catchThrowableOfType(TailException.class, () -> follow(ALL, true));
        // Then
        assertThat(thrown.kind()).isEqualTo(Kind.ENDED);
        assertThat(thrown).hasMessage("cannot go on: Gone: made again");
        assertThat(lines()).containsExactly("{\"n\":1}");
    }

    @Test
    void somethingElseThatAnswersIsNoQueryApi() {
        // Given
        server.answers(problem(200, "<html>hello</html>"));
        // When
        TailException thrown = catchThrowableOfType(TailException.class, () -> follow(ALL, true));
        // Then
        assertThat(thrown.kind()).isEqualTo(Kind.ENDED);
        assertThat(thrown).hasMessageContaining("is no query API");
    }

    @Test
    void readerThatLeftIsTheEndAndNoFailure() throws Exception {
        // Given
        server.answers(page("1", "next"), page("2", null));
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int next) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        // When
        follower(ALL, new EventOutput(closed, () -> false)).follow(true);
        // Then
        assertThat(server.queries()).hasSize(1);
    }

    /** Ends with the script, as if the reader had left then. */
    private void follow(EventFilter filter, boolean fromBeginning) throws Exception {
        follower(filter, new EventOutput(printed, server::isAtEnd)).follow(fromBeginning);
    }

    private Follower follower(EventFilter filter, EventOutput output) {
        return new Follower(new QueryApi(server.url() + "/", key), filter, output, pauses::add);
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static ScriptedApi.Answer page(String numbers, String next) {
        List<String> events = new ArrayList<>();
        for (String number : numbers.split(",")) {
            if (!number.isEmpty()) {
                events.add("{\"n\":" + number + "}");
            }
        }
        String cursor = next == null ? "" : "\"next_cursor\":\"" + next + "\",";
        return new ScriptedApi.Answer(
                200, "{\"events\":[" + String.join(",", events) + "]," + cursor + "\"tail_cursor\":\"tail\"}");
    }

    private static ScriptedApi.Answer problem(int status, String body) {
        return new ScriptedApi.Answer(status, body);
    }
}
