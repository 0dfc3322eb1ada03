package dev.millrace.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.ingest.publish.PublishException.Kind;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final TopicPartition TARGET = new TopicPartition("events.v1", 2);
    private static final RecordMetadata NOWHERE = new RecordMetadata(TARGET, -1, -1, -1L, -1, -1);

    private final AtomicInteger afterwards = new AtomicInteger();
    private final Delivery delivery = new Delivery(UUID.randomUUID(), acknowledged -> afterwards.incrementAndGet());

    @Test
    void acknowledgementWithoutAnOffsetIsNoReceipt() {
        // Given
        delivery.handedOver();
        // When
        delivery.onCompletion(NOWHERE, null);
        // Then
        assertThat(failure().kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(afterwards).hasValue(1);
    }

    /** Kafka reports a full buffer or missing metadata by the callback, before send returns. */
    @Test
    void timeoutOfTheProducerItselfMeansNotSent() {
        // When
        delivery.onCompletion(NOWHERE, new TimeoutException("no metadata"));
        // Then
        assertThat(failure().kind()).isEqualTo(Kind.NOT_SENT);
    }

    @Test
    void timeoutFromKafkasThreadLeavesTheOutcomeOpenEvenIfSendHasNotReturned() throws InterruptedException {
        // Given
        Thread kafka = new Thread(() -> delivery.onCompletion(NOWHERE, new TimeoutException("expired")));
        // When
        kafka.start();
        kafka.join();
        // Then
        assertThat(failure().kind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void failureReportedTwiceMakesRoomOnce() {
        // Given
        delivery.onCompletion(NOWHERE, new TimeoutException("no metadata"));
        // When
        delivery.fail(new TimeoutException("no metadata"));
        // Then
        assertThat(afterwards).hasValue(1);
    }

    private PublishException failure() {
        return (PublishException) catchThrowable(delivery.receipt()::join).getCause();
    }
}
