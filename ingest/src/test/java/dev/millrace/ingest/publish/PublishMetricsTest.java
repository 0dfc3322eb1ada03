package dev.millrace.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.ingest.metrics.PublisherMetrics;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class PublishMetricsTest {
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final HeldProducer producer = new HeldProducer();
    private final EventPublisher publisher = new EventPublisher(producer, 10, new PublisherMetrics(registry));

    @Test
    void timeIsFromHandingOverToKafkasAnswerAndFailuresAreApart() {
        // Given
        publisher.publish(OutgoingEvents.keyed("a", UUID.randomUUID()));
        publisher.publish(OutgoingEvents.keyed("b", UUID.randomUUID()));
        // When
        clock.add(Duration.ofMillis(30));
        producer.acknowledge(1);
        clock.add(Duration.ofMillis(70));
        producer.fail(0, new TimeoutException("expired"));
        // Then
        assertThat(timer("acknowledged").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(30);
        assertThat(timer("acknowledged").count()).isEqualTo(1);
        assertThat(timer("failed").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(100);
        assertThat(timer("failed").count()).isEqualTo(1);
    }

    private Timer timer(String outcome) {
        return registry.get("publish.ack").tag("outcome", outcome).timer();
    }
}
