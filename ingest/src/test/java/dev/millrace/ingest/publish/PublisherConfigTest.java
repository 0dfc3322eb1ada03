package dev.millrace.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublisherConfigTest {
    @Test
    void defaultsAreSafeAndQuick() {
        // When
        PublisherConfig config = PublisherConfig.defaults();
        // Then
        assertThat(config)
                .isEqualTo(new PublisherConfig(
                        "127.0.0.1:9092", 10_000, Duration.ofMillis(1), Duration.ofMinutes(2), Map.of()));
        assertThat(ProducerProperties.of(config))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("compression.type", "lz4")
                .containsEntry("linger.ms", "1")
                .containsEntry("delivery.timeout.ms", "120000")
                .containsEntry("max.request.size", "2097152");
    }

    @Test
    void everySettingReachesTheProducer() {
        // Given
        PublisherConfig config = new PublisherConfig(
                "a:1,b:2", 7, Duration.ofMillis(20), Duration.ofSeconds(3), Map.of("client.id", "me", "acks", "-1"));
        // When
        Map<String, Object> properties = ProducerProperties.of(config);
        // Then
        assertThat(properties)
                .containsEntry("bootstrap.servers", "a:1,b:2")
                .containsEntry("linger.ms", "20")
                .containsEntry("delivery.timeout.ms", "3000")
                .containsEntry("request.timeout.ms", "2980")
                .containsEntry("max.block.ms", "3000")
                .containsEntry("client.id", "me")
                .containsEntry("acks", "-1");
        assertThat(ProducerConfig.configNames()).containsAll(properties.keySet());
    }

    @Test
    void everyBadValueIsNamedInOneMessage() {
        // When
        Throwable thrown = catchThrowable(() -> new PublisherConfig(
                " ",
                0,
                Duration.ofMillis(-1),
                Duration.ofMillis(-2),
                Map.of("acks", "1", "enable.idempotence", "false")));
        // Then
        assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bootstrap-servers")
                .hasMessageContaining("max-in-flight=0")
                .hasMessageContaining("linger=PT-0.001S")
                .hasMessageContaining("delivery-timeout=PT-0.002S")
                .hasMessageContaining("acks=1")
                .hasMessageContaining("enable.idempotence=false");
    }

    @ParameterizedTest
    @CsvSource({
        "acks, 0",
        "acks, 1",
        "enable.idempotence, false",
        "transactional.id, t",
        "partitioner.class, org.apache.kafka.clients.producer.RoundRobinPartitioner",
        "partitioner.ignore.keys, true",
        "max.request.size, 1000",
        "key.serializer, x",
        "value.serializer, x"
    })
    void guaranteesCannotBeConfiguredAway(String name, String value) {
        // When
        Throwable thrown = catchThrowable(
                () -> new PublisherConfig("a:1", 1, Duration.ZERO, Duration.ofSeconds(1), Map.of(name, value)));
        // Then
        assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(name + "=" + value);
    }

    @Test
    void kafkaAcceptsTheProperties() {
        // Given
        PublisherConfig config = PublisherConfig.defaults();
        // When
        Throwable thrown = catchThrowable(() -> new EventPublisher(config).close());
        // Then
        assertThat(thrown).isNull();
    }

    @Test
    void serversThatCannotBeResolvedAreAPublishException() {
        // Given
        PublisherConfig config = PublisherConfig.defaults().withBootstrapServers("nowhere.invalid:9092");
        // When
        Throwable thrown = catchThrowable(() -> new EventPublisher(config));
        // Then
        assertThat(thrown).isInstanceOf(PublishException.class).hasMessageContaining("bootstrap");
    }
}
