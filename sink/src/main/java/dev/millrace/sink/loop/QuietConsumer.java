package dev.millrace.sink.loop;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A consumer that does not burn a processor while partitions are paused. Kafka's own waits for records in
 * a loop without a pause as soon as it holds some of a paused partition (KAFKA-21084, seen with 4.2.2): a
 * full batch then costs more processor time than writing it. So the wait for a paused partition is here.
 * {@link #poll} for one thread, {@link #wakeup} from any.
 */
public final class QuietConsumer extends KafkaConsumer<byte[], byte[]> implements RestingConsumer {
    /** How long what arrives for another partition waits while some are paused and some are not. */
    private static final Duration MIXED_WAIT = Duration.ofMillis(10);

    private final Semaphore wakeups = new Semaphore(0);

    /** As that of {@link KafkaConsumer}. */
    public QuietConsumer(
            Map<String, Object> properties, Deserializer<byte[]> keyDeserializer, Deserializer<byte[]> deserializer) {
        super(properties, keyDeserializer, deserializer);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        // Before the poll that throws for them: a later one ends the wait.
        wakeups.drainPermits();
        int paused = paused().size();
        if (paused == 0) {
            return super.poll(timeout);
        }
        ConsumerRecords<byte[], byte[]> records = super.poll(Duration.ZERO);
        // Without records it may still have passed what is no record, such as a transaction's end.
        if (!records.nextOffsets().isEmpty()) {
            return records;
        }
        boolean all = paused == assignment().size();
        await(all || timeout.compareTo(MIXED_WAIT) < 0 ? timeout : MIXED_WAIT);
        return super.poll(Duration.ZERO);
    }

    @Override
    public void rest(Duration duration) {
        await(duration);
    }

    @Override
    public void wakeup() {
        super.wakeup();
        wakeups.release();
    }

    private void await(Duration limit) {
        try {
            wakeups.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            // The next poll throws for it.
            Thread.currentThread().interrupt();
        }
    }
}
