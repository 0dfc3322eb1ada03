package dev.millrace.compose.torture;

import dev.millrace.compose.history.Journal;
import dev.millrace.compose.torture.ProducerThread.Delivering;
import dev.millrace.ingest.publish.ProducerProperties;
import dev.millrace.ingest.publish.PublisherConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Producers at work, with the publisher's own settings. There are more threads than Kafka producers,
 * since each send waits until its intent is on the disk. Thread-safe.
 */
final class Workload implements AutoCloseable {
    private static final int KAFKA_PRODUCERS = 3;
    private static final int THREADS = 24;
    private static final int KEYS = 50;

    /** Longer than the producers' own limit for an acknowledgement. */
    private static final Duration LAST_ANSWER = Duration.ofMinutes(3);

    private final List<Producer<byte[], byte[]>> producers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final SendCounts counts = new SendCounts();
    private final Journal journal;

    /**
     * Starts it.
     *
     * @param perSecond events per second on average, all producers together
     */
    Workload(Seeds seeds, String bootstrapServers, Path journalFile, int perSecond) {
        journal = Journal.open(journalFile);
        PublisherConfig config = PublisherConfig.defaults().withBootstrapServers(bootstrapServers);
        for (int i = 0; i < KAFKA_PRODUCERS; i++) {
            producers.add(new KafkaProducer<>(
                    ProducerProperties.of(config), new ByteArraySerializer(), new ByteArraySerializer()));
        }
        AtomicLong sends = new AtomicLong();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            List<String> keys = IntStream.range(0, KEYS)
                    .filter(key -> key % THREADS == number)
                    .mapToObj(key -> "key-" + key)
                    .toList();
            EventMaker events = new EventMaker(seeds.random("producer " + i), i, keys, sends::incrementAndGet);
            Delivering delivering = new Delivering(producers.get(i % KAFKA_PRODUCERS), journal, counts);
            Thread thread = new Thread(
                    new ProducerThread(
                            events, seeds.random("bursts " + i), delivering, stop, (double) perSecond / THREADS),
                    "producer-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    SendCounts counts() {
        return counts;
    }

    /**
     * Ends sending and returns when every send has its answer. May be called again.
     *
     * @throws InterruptedException if the thread is interrupted; then nothing is known of the last sends
     */
    void finish() throws InterruptedException {
        stop.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        producers.forEach(producer -> producer.close(LAST_ANSWER));
        journal.close();
    }

    /** Ends sending at once; what has no answer by now gets none. */
    @Override
    public void close() {
        stop.countDown();
        producers.forEach(producer -> producer.close(Duration.ZERO));
    }
}
