package dev.millrace.schemas.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.event.EncodedEvent;
import dev.millrace.schemas.event.EventCodec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventGeneratorTest {
    @Test
    void oneSeedGivesOneSequenceInWhateverPieces() {
        // Given
        EventGenerator pieces = new EventGenerator(7);
        // When
        List<EventBuilder> first = pieces.events(3).toList();
        List<EventBuilder> second = pieces.events(2).toList();
        // Then
        assertThat(new EventGenerator(7).events(5))
                .containsExactlyElementsOf(
                        Stream.concat(first.stream(), second.stream()).toList());
        assertThat(new EventGenerator(8).events(3)).doesNotContainAnyElementsOf(first);
    }

    @Test
    void everyGeneratedEventIsWithinTheLimits() {
        // Given
        EventCodec codec = new EventCodec();
        // When
        List<EncodedEvent> events = new EventGenerator(7)
                .events(500)
                .map(event -> codec.decode(event.value()))
                .toList();
        // Then
        assertThat(events).extracting(EncodedEvent::eventId).doesNotHaveDuplicates();
    }
}
