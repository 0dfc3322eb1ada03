package dev.millrace.ingest.publish;

import static dev.millrace.ingest.publish.OutgoingEvents.ID;
import static dev.millrace.ingest.publish.OutgoingEvents.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.schemas.event.Event;
import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.InvalidEventException;
import dev.millrace.schemas.event.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reaches Kafka, and what does not. */
@Timeout(30)
class PublishedRecordTest {
    private final HeldProducer producer = new HeldProducer();

    @Test
    void recordHasTheEncodedEventAndLeavesAKeyToKafkasPartitioner() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 10);
        // When
        publisher.publish(keyed("schlüssel", ID));
        // Then
        ProducerRecord<byte[], byte[]> record = producer.records().get(0);
        assertThat(record.topic()).isEqualTo("events.v1");
        assertThat(record.partition()).isNull();
        assertThat(record.key()).isEqualTo("schlüssel".getBytes(StandardCharsets.UTF_8));
        assertThat(record.timestamp()).isNull();
        assertThat(record.headers()).isEmpty();
        assertThat(new EventCodec().decode(record.value()).eventId()).isEqualTo(ID);
    }

    @Test
    void withoutKeyThePartitionIsTheOneKafkaWouldTakeForTheIdAsKey() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 100);
        List<Integer> expected = new ArrayList<>();
        // When
        for (int index = 0; index < 100; index++) {
            UUID id = UUID.randomUUID();
            publisher.publish(keyed(null, id));
            expected.add(BuiltInPartitioner.partitionForKey(id.toString().getBytes(StandardCharsets.UTF_8), 4));
        }
        // Then
        assertThat(producer.records()).extracting(ProducerRecord::partition).isEqualTo(expected);
        assertThat(producer.records()).extracting(ProducerRecord::key).containsOnlyNulls();
        assertThat(expected).contains(0, 1, 2, 3);
    }

    /** Computed with another implementation of murmur2: other clients have to arrive at the same. */
    @ParameterizedTest
    @CsvSource({
        "00000000-0000-0000-0000-000000000000, 1",
        "0190abcd-0000-7000-8000-00000000000a, 2",
        "0190ABCD-0000-7000-8000-00000000000A, 2",
        "ffffffff-ffff-ffff-ffff-ffffffffffff, 2"
    })
    void partitionOfAnIdNeverChanges(UUID id, int partition) {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 10);
        // When
        publisher.publish(keyed(null, id));
        // Then
        assertThat(producer.records().get(0).partition()).isEqualTo(partition);
    }

    @Test
    void eventOutsideTheLimitsIsRefusedAtOnceAndTakesNoPlace() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 1);
        Event bad = new Event(ID, "", Instant.EPOCH, "{}", "{}");
        // When
        InvalidEventException thrown = catchThrowableOfType(
                InvalidEventException.class, () -> publisher.publish(new OutgoingEvent(null, bad)));
        publisher.publish(keyed(null, ID));
        // Then
        assertThat(thrown.reason()).isEqualTo(RejectReason.INVALID_TYPE);
        assertThat(producer.records()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'\ud83d', INVALID_SURROGATE", "'a\u0000', NUL_CHARACTER"})
    void keyThatIsNoTextIsRefusedAtOnce(String key, RejectReason reason) {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 1);
        // When
        InvalidEventException thrown =
                catchThrowableOfType(InvalidEventException.class, () -> publisher.publish(keyed(key, ID)));
        // Then
        assertThat(thrown.reason()).isEqualTo(reason);
        assertThat(producer.records()).isEmpty();
    }

    @Test
    void keyMayHaveTwoHundredCharactersAndNoMore() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 10);
        // When
        publisher.publish(keyed("😀".repeat(200), ID));
        Throwable thrown = catchThrowable(() -> publisher.publish(keyed("k".repeat(201), ID)));
        // Then
        assertThat(producer.records()).hasSize(1);
        assertThat(thrown).isInstanceOf(InvalidEventException.class).hasMessageStartingWith("too_large");
    }
}
