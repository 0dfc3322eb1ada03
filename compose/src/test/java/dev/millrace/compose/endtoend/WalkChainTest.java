package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.schemas.Position;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WalkChainTest {
    private static final long SEED = 7;
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    private final NumbersByPosition acknowledged = new NumbersByPosition();
    private final WalkChain chain = new WalkChain(SEED, WalkFilter.NONE, 3, true);

    @Test
    void walksThatShowEverythingOnceAreGood() {
        // Given
        acknowledge("0:0", "0:1", "0:2", "1:0", "1:1");
        // When
        chain.next(page("more", "tail", "{\"0\":1,\"1\":0}", "0:0", "1:0"));
        chain.next(page("", "tail", "{\"0\":1,\"1\":0}", "0:1"));
        chain.tail();
        chain.next(page("", "second", "{\"0\":2,\"1\":1}", "1:1", "0:2"));
        chain.tail();
        // Then
        assertThatCode(() -> chain.requireAll(acknowledged)).doesNotThrowAnyException();
    }

    @Test
    void aMissedEventIsNamed() {
        // Given
        acknowledge("0:0", "0:1", "1:0");
        chain.next(page("", "tail", "{\"0\":1,\"1\":0}", "0:0", "0:1"));
        chain.tail();
        // When, then
        assertThatThrownBy(() -> chain.requireAll(acknowledged))
                .hasMessageStartingWith("at 1:0 event 100 should have been shown");
    }

    @Test
    void anEventThatIsElsewhereIsNamed() {
        // Given
        acknowledged.put(0, 0, 55);
        chain.next(page("", "tail", "{\"0\":0}", "0:0"));
        chain.tail();
        // When, then
        assertThatThrownBy(() -> chain.requireAll(acknowledged)).hasMessageStartingWith("at 0:0 event 55");
    }

    @Test
    void anEventThatIsShownAgainIsNamed() {
        // Given
        chain.next(page("more", "tail", "{\"0\":1}", "0:0"));
        JsonNode again = page("", "tail", "{\"0\":1}", "0:0", "0:1");
        // When, then
        assertThatThrownBy(() -> chain.next(again)).hasMessageContaining("0:0").hasMessageContaining("again");
    }

    @Test
    void anEventThatWasMissedAndComesInALaterWalkIsNamed() {
        // Given
        chain.next(page("", "tail", "{\"0\":1}", "0:0"));
        chain.tail();
        JsonNode late = page("", "second", "{\"0\":2}", "0:1", "0:2");
        // When, then
        assertThatThrownBy(() -> chain.next(late)).hasMessageContaining("belongs to a walk before");
    }

    @Test
    void anEventAboveTheBoundIsNamed() {
        // Given
        JsonNode page = page("", "tail", "{\"0\":0}", "0:0", "0:1");
        // When, then
        assertThatThrownBy(() -> chain.next(page)).hasMessageContaining("0:1").hasMessageContaining("is above");
    }

    @Test
    void aBoundThatMovesInsideAWalkIsNamed() {
        // Given
        chain.next(page("more", "tail", "{\"0\":1}", "0:0"));
        // When, then
        assertThatThrownBy(() -> chain.next(page("", "tail", "{\"0\":2}", "0:1")))
                .hasMessageContaining("inside a walk");
        assertThatThrownBy(() -> chain.next(page("", "other", "{\"0\":1}", "0:1")))
                .hasMessageContaining("tail_cursor");
    }

    @Test
    void aBoundThatGoesBackBetweenWalksIsNamed() {
        // Given
        chain.next(page("", "tail", "{\"0\":1}", "0:0", "0:1"));
        chain.tail();
        // When, then
        assertThatThrownBy(() -> chain.next(page("", "tail", "{\"0\":0}"))).hasMessageContaining("back to");
    }

    @Test
    void anotherOrderIsNamed() {
        // Given
        JsonNode page = page("", "tail", "{\"0\":1,\"1\":1}", "1:1", "0:0");
        // When, then
        assertThatThrownBy(() -> chain.next(page)).hasMessageContaining("0:0").hasMessageContaining("comes after");
    }

    @Test
    void eventsThatWereNotAskedForAreNamed() {
        // Given
        WalkFilter none = new WalkFilter("none", List.of(), "", event -> false, "false");
        WalkChain filtered = new WalkChain(SEED, none, 3, true);
        // When, then
        assertThatThrownBy(() -> filtered.next(page("", "tail", "{\"0\":0}", "0:0")))
                .hasMessageContaining("does not match");
        assertThatThrownBy(() -> chain.next(page("", "tail", "{\"0\":3}", "0:0", "0:1", "0:2", "0:3")))
                .hasMessageContaining("4 events on a page of at most 3");
    }

    @Test
    void eventsAreExpectedByWhenTheyWereAppended() {
        // Given
        AppendedEvents second = new AppendedEvents("", START.plusSeconds(1), START.plusSeconds(2));
        WalkChain chain = new WalkChain(SEED, second.filter(), 3, true);
        acknowledge("0:0", "0:1");
        // When
        chain.next(page("", "tail", "{\"0\":2}", "0:1"));
        // Then
        assertThatThrownBy(() -> chain.next(page("", "tail", "{\"0\":2}", "0:2")))
                .hasMessageContaining("does not match");
        // When
        chain.tail();
        // Then: nothing was read that should have been shown
        assertThatThrownBy(() -> chain.requireAll(acknowledged)).hasMessageStartingWith("at 0:1 event -1 should");
    }

    private void acknowledge(String... places) {
        Arrays.stream(places)
                .map(Position::parse)
                .forEach(at -> acknowledged.put(at.partition(), at.offset(), number(at)));
    }

    private static int number(Position at) {
        return at.partition() * 100 + (int) at.offset();
    }

    private static JsonNode page(String next, String tail, String through, String... places) {
        String events =
                Arrays.stream(places).map(WalkChainTest::event).collect(Collectors.joining(",", "{\"events\":[", "]"));
        String goesOn = next.isEmpty() ? "" : ",\"next_cursor\":\"" + next + "\"";
        return Events.parse(
                events + goesOn + ",\"tail_cursor\":\"" + tail + "\",\"complete_through\":" + through + "}");
    }

    /** Appended a second after the one before in its partition. */
    private static String event(String place) {
        Position at = Position.parse(place);
        return "{\"event_id\":\"%s\",\"appended_at\":\"%s\",\"partition\":%d,\"offset\":%d,\"payload\":{\"number\":%d}}"
                .formatted(
                        WalkEvent.of(SEED, number(at)).id(),
                        START.plusSeconds(at.offset()),
                        at.partition(),
                        at.offset(),
                        number(at));
    }
}
