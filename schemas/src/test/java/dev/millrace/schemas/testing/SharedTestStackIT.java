package dev.millrace.schemas.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Topic;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class SharedTestStackIT {
    @Test
    void freshTopicIsLikeTheOneItStandsFor() throws Exception {
        try (TestTopic topic = TestTopic.create(Topic.EVENTS);
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", topic.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer());
                KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", topic.bootstrapServers(), "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            // When
            producer.send(new ProducerRecord<>(topic.name(), 3, "key", "value")).get();
            consumer.assign(List.of(new TopicPartition(topic.name(), 3)));
            // Then
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(consumer.poll(Duration.ofMillis(100)))
                            .extracting(ConsumerRecord::value, ConsumerRecord::offset, ConsumerRecord::timestampType)
                            .containsExactly(tuple("value", 0L, TimestampType.LOG_APPEND_TIME)));
            assertThat(consumer.partitionsFor(topic.name())).hasSize(Topic.EVENTS.partitions());
        }
    }

    @Test
    void databasesOfOneServerDoNotSeeEachOther() throws Exception {
        try (TestDatabase one = TestDatabase.create();
                TestDatabase other = TestDatabase.create()) {
            // When
            String url = one.url();
            // Then
            assertThat(url).isNotEqualTo(other.url());
            assertThat(one.server()).isSameAs(other.server());
        }
    }

    @Test
    void serverThatRunsAlreadyKeepsItsRoles() {
        // Given
        PostgresServer running = TestStack.shared().postgres();
        TestStack external =
                TestServices.EXTERNAL.stack(Map.of(ExternalTestStack.POSTGRES, running.host() + ":" + running.port()));
        // When
        PostgresServer found = external.postgres();
        Throwable thrown = catchThrowable(found::createRoles);
        // Then
        assertThat(found).isEqualTo(running);
        assertThat(thrown).isNull();
    }

    @Test
    void brokerEndsWithTheJvmThatStartedItAlsoWhenThatIsKilled() throws Exception {
        assumeThat(TestServices.chosenBy(System.getenv())).isEqualTo(TestServices.EMBEDDED);
        // Given
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerOwner.class.getName())
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle broker =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            assertThat(broker.isAlive()).isTrue();
            // When
            parent.destroyForcibly();
            // Then
            assertThat(broker.onExit()).succeedsWithin(Duration.ofSeconds(20));
        } finally {
            parent.destroyForcibly();
        }
    }

    /** Starts a broker, says which process it is, and waits to be killed. */
    static final class BrokerOwner {
        private BrokerOwner() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(EmbeddedBroker.start().process().pid());
            new CountDownLatch(1).await();
        }
    }
}
