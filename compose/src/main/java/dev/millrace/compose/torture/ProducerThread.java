package dev.millrace.compose.torture;

import dev.millrace.compose.history.Fate;
import dev.millrace.compose.history.Intent;
import dev.millrace.compose.history.Journal;
import dev.millrace.compose.torture.SendCounts.AcknowledgedWrite;
import dev.millrace.schemas.Position;
import dev.millrace.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** One producer: sends in bursts, and writes down each send before and after. */
final class ProducerThread implements Runnable {
    private static final String TOPIC = Topic.EVENTS.topicName();
    private static final int MOST_IN_BURST = 40;

    private final EventMaker events;
    private final Random random;
    private final Producer<byte[], byte[]> producer;
    private final Journal journal;
    private final SendCounts counts;
    private final CountDownLatch stop;
    private final double perSecond;

    /**
     * @param random for the bursts alone
     * @param stop ends it when it reaches zero
     * @param perSecond how many it sends on average
     */
    ProducerThread(EventMaker events, Random random, Delivering delivering, CountDownLatch stop, double perSecond) {
        this.events = events;
        this.random = random;
        producer = delivering.producer();
        journal = delivering.journal();
        counts = delivering.counts();
        this.stop = stop;
        this.perSecond = perSecond;
    }

    /** Where sends go and what becomes of them, shared by several threads. */
    record Delivering(Producer<byte[], byte[]> producer, Journal journal, SendCounts counts) {}

    @Override
    public void run() {
        try {
            long due = System.nanoTime();
            long pause = 0;
            while (!stop.await(pause, TimeUnit.NANOSECONDS)) {
                int burst = 1 + random.nextInt(MOST_IN_BURST);
                for (int i = 0; i < burst && stop.getCount() > 0; i++) {
                    send(events.next());
                }
                due += (long) (burst / perSecond * 1e9);
                pause = Math.max(0, due - System.nanoTime());
                // What could not be sent while the broker was away is not made up for.
                due = Math.max(due, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            counts.broken(broken);
        }
    }

    private void send(Intent intent) {
        journal.sending(intent);
        counts.begun();
        try {
            producer.send(
                    new ProducerRecord<>(TOPIC, partition(intent), intent.recordKey(), intent.value()),
                    (metadata, failure) -> answered(intent, metadata, failure));
        } catch (KafkaException | IllegalStateException refused) {
            // The producer also throws what it has told the callback; twice unknown is once unknown.
            settle(intent.send(), refused);
        }
    }

    private void answered(Intent intent, @Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure == null && metadata != null && metadata.hasOffset()) {
            Position at = new Position(metadata.partition(), metadata.offset());
            journal.acknowledged(intent.send(), at.partition(), at.offset());
            boolean stored = intent.fate() == Fate.VALID;
            counts.acknowledged(stored ? new AcknowledgedWrite(at, intent.eventId(), intent.key()) : null);
        } else {
            settle(intent.send(), failure == null ? new KafkaException("stored, Kafka does not say where") : failure);
        }
    }

    private void settle(long send, Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            journal.failed(send, failure.toString());
            counts.failed();
        } else {
            journal.unknown(send, failure.toString());
            counts.unknown();
        }
    }

    /** As the publisher does: without a key the partition comes from the event id. */
    private @Nullable Integer partition(Intent intent) {
        if (intent.recordKey() != null) {
            return null;
        }
        byte[] hashed = intent.eventId().toString().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(hashed)) % Topic.EVENTS.partitions();
    }
}
