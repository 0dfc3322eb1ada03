package dev.millrace.compose.history;

import dev.millrace.schemas.testing.EventBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A small run of one producer, with every fate and every outcome, in a real topic. What its journal says can
 * be told differently afterwards.
 */
final class RecordedRun implements AutoCloseable {
    /** Nothing of it reached the topic. */
    static final long FAILED_SEND = 9;

    private static final UUID[] IDS = new UUID[10];

    static {
        for (int number = 0; number < IDS.length; number++) {
            IDS[number] = EventBuilder.id(number);
        }
    }

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /** What is told of a send. */
    enum Told {
        ACKNOWLEDGED,
        FAILED,
        UNKNOWN
    }

    /** @param at null if it is not in the topic */
    record Step(Intent intent, Told told, @Nullable RecordMetadata at) {}

    RecordedRun(String bootstrapServers, String topic) {
        this.topic = topic;
        ByteArraySerializer bytes = new ByteArraySerializer();
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers), bytes, bytes);
    }

    /** Partition 0 ends at 7, partition 1 at 5. */
    void publish() {
        EventBuilder event = EventBuilder.EVENT.withPayload("{\"copies\":1.50,\"title\":\"Grüße\"}");
        event(0, "a", Fate.VALID, event.withId(IDS[1]), Told.ACKNOWLEDGED);
        event(0, "a", Fate.VALID, event.withId(IDS[2]), Told.ACKNOWLEDGED);
        event(0, "a", Fate.REPEAT, event.withId(IDS[1]), Told.ACKNOWLEDGED);
        event(0, "a", Fate.CONFLICT, event.withId(IDS[2]).withPayload("{\"copies\":2}"), Told.ACKNOWLEDGED);
        bytes(0, new byte[] {0, 1, (byte) 0xFF});
        event(1, "b", Fate.VALID, event.withId(IDS[3]), Told.ACKNOWLEDGED);
        event(1, "b", Fate.VALID, event.withId(IDS[4]), Told.UNKNOWN);
        absent("b", event.withId(IDS[5]), Told.UNKNOWN);
        absent(null, event.withId(IDS[6]), Told.FAILED);
        event(1, "b", Fate.REPEAT, event.withId(IDS[4]), Told.ACKNOWLEDGED);
        bytes(1, null);
        event(0, "a", Fate.VALID, event.withId(IDS[7]), Told.ACKNOWLEDGED);
        EventBuilder otherwise = event.withPayload("{ \"title\" : \"Gr\\u00fc\\u00dfe\", \"copies\" : 15e-1 }");
        event(0, "a", Fate.REPEAT, otherwise.withId(IDS[7]), Told.ACKNOWLEDGED);
        event(1, null, Fate.VALID, event.withId(IDS[8]), Told.ACKNOWLEDGED);
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Writes the journal of a run. */
    static History journal(Path directory, List<Step> told) {
        try (Journal journal = Journal.open(directory.resolve("producer-1"))) {
            for (Step step : told) {
                long send = step.intent().send();
                journal.sending(step.intent());
                RecordMetadata at = step.at();
                if (step.told() == Told.ACKNOWLEDGED && at != null) {
                    journal.acknowledged(send, at.partition(), at.offset());
                } else if (step.told() == Told.FAILED) {
                    journal.failed(send, "too large");
                } else {
                    journal.unknown(send, "no answer");
                }
            }
        }
        return History.read(directory);
    }

    @Override
    public void close() {
        producer.close();
    }

    private void event(int partition, @Nullable String key, Fate fate, EventBuilder event, Told told) {
        Intent intent = intent(key, fate, event.id(), event.value());
        steps.add(new Step(intent, told, append(partition, intent)));
    }

    private void bytes(int partition, byte @Nullable [] value) {
        Intent intent = intent(null, Fate.POISON, UUID.randomUUID(), value);
        steps.add(new Step(intent, Told.ACKNOWLEDGED, append(partition, intent)));
    }

    private void absent(@Nullable String key, EventBuilder event, Told told) {
        steps.add(new Step(intent(key, Fate.VALID, event.id(), event.value()), told, null));
    }

    private Intent intent(@Nullable String key, Fate fate, UUID id, byte @Nullable [] value) {
        return new Intent(
                steps.size() + 1L,
                1,
                id,
                key,
                key == null ? 0 : sequences.merge(key, 1L, Long::sum),
                fate,
                value,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8));
    }

    private RecordMetadata append(int partition, Intent intent) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", new byte[] {1, 2}).add("empty", null);
        try {
            return producer.send(
                            new ProducerRecord<>(topic, partition, null, intent.recordKey(), intent.value(), headers))
                    .get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
