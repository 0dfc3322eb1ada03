package dev.millrace.ingest.publish;

import static dev.millrace.ingest.publish.OutgoingEvents.ID;
import static dev.millrace.ingest.publish.OutgoingEvents.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.millrace.ingest.publish.PublishException.Kind;
import dev.millrace.schemas.Position;
import dev.millrace.schemas.event.EventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventPublisherTest {
    private final HeldProducer producer = new HeldProducer();

    @Test
    void receiptHasTheEventsOwnIdAndPosition() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 10);
        CompletableFuture<Receipt> first = publisher.publish(keyed("a", UUID.randomUUID()));
        CompletableFuture<Receipt> second = publisher.publish(keyed("a", ID));
        // When
        producer.acknowledge(1);
        // Then
        assertThat(first).isNotDone();
        assertThat(second).isCompletedWithValue(new Receipt(ID, new Position(0, 1)));
    }

    @Test
    void publishWaitsWhileTooManyAreUnacknowledged() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 2);
        publisher.publish(keyed("a", ID));
        publisher.publish(keyed("a", ID));
        Thread third = start(() -> publisher.publish(keyed("a", ID)));
        await().until(() -> third.getState() == Thread.State.WAITING);
        assertThat(producer.records()).hasSize(2);
        // When
        producer.acknowledge(0);
        // Then
        await().untilAsserted(() -> assertThat(producer.records()).hasSize(3));
    }

    @Test
    void failedEventsMakeRoomToo() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 1);
        publisher.publish(keyed("a", ID));
        producer.fail(0, new TimeoutException("expired"));
        producer.failNextSend(new KafkaException("no"));
        publisher.publish(keyed("a", ID));
        // When
        publisher.publish(keyed("a", ID));
        // Then
        assertThat(producer.records()).hasSize(2);
    }

    @Test
    void cancelledReceiptStillMakesRoom() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 1);
        publisher.publish(keyed("a", ID)).cancel(true);
        // When
        producer.acknowledge(0);
        publisher.publish(keyed("a", ID));
        // Then
        assertThat(producer.records()).hasSize(2);
    }

    @Test
    void expiredDeliveryLeavesTheOutcomeOpen() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 10);
        CompletableFuture<Receipt> receipt = publisher.publish(keyed("a", ID));
        // When
        producer.fail(0, new TimeoutException("expired"));
        // Then
        PublishException failure = failureOf(receipt);
        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(failure).hasMessageContaining(ID.toString()).hasMessageContaining("expired");
    }

    @Test
    void refusedRecordIsACertainFailure() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 10);
        CompletableFuture<Receipt> receipt = publisher.publish(keyed("a", ID));
        // When
        producer.fail(0, new RecordTooLargeException("too large"));
        // Then
        assertThat(failureOf(receipt).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void eventTheProducerDoesNotTakeWasNotSent() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 10);
        producer.failNextSend(new KafkaException("no buffer"));
        // When
        CompletableFuture<Receipt> receipt = publisher.publish(keyed("a", ID));
        // Then
        assertThat(failureOf(receipt).kind()).isEqualTo(Kind.NOT_SENT);
    }

    @Test
    void interruptWhileWaitingMeansNotSentAndIsRemembered() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 1);
        publisher.publish(keyed("a", ID));
        Thread.currentThread().interrupt();
        // When
        CompletableFuture<Receipt> receipt = publisher.publish(keyed("a", ID));
        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failureOf(receipt).kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(producer.records()).hasSize(1);
    }

    @Test
    void closeWaitsForOutstandingAcknowledgements() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 10);
        CompletableFuture<Receipt> receipt = publisher.publish(keyed("a", ID));
        Thread closing = start(publisher::close);
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        assertThat(producer.closed()).isFalse();
        // When
        producer.acknowledge(0);
        // Then
        await().untilAsserted(() -> assertThat(producer.closed()).isTrue());
        assertThat(receipt).isCompleted();
    }

    @Test
    void closeGivesUpAtItsLimit() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 10);
        publisher.publish(keyed("a", ID));
        // When
        publisher.close(Duration.ofMillis(20));
        // Then
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void closedPublisherSendsNothing() {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 10);
        publisher.close();
        // When
        CompletableFuture<Receipt> receipt = publisher.publish(keyed("a", ID));
        // Then
        assertThat(failureOf(receipt).kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(producer.records()).isEmpty();
    }

    @Test
    void manyThreadsPublishWithoutDisturbingEachOther() throws InterruptedException {
        // Given
        EventPublisher publisher = new EventPublisher(producer, 10_000);
        List<Thread> threads = new ArrayList<>();
        // When
        for (int index = 0; index < 8; index++) {
            threads.add(start(() -> publishMany(publisher, 250)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        // Then
        EventCodec codec = new EventCodec();
        assertThat(producer.records())
                .hasSize(2_000)
                .allSatisfy(record -> assertThat(
                                codec.decode(record.value()).eventId().toString())
                        .isEqualTo(new String(record.key(), StandardCharsets.UTF_8)));
    }

    private static void publishMany(EventPublisher publisher, int count) {
        for (int index = 0; index < count; index++) {
            UUID id = UUID.randomUUID();
            publisher.publish(keyed(id.toString(), id));
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static PublishException failureOf(CompletableFuture<Receipt> receipt) {
        CompletionException thrown = catchThrowableOfType(CompletionException.class, receipt::join);
        return (PublishException) thrown.getCause();
    }
}
