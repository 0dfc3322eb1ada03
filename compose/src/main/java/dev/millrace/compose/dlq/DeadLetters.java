package dev.millrace.compose.dlq;

import dev.millrace.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rejected records of {@code events.dlq.v1}, each once. The topic may hold one several times: it is
 * published at least once, and again after each retry that failed; the latest attempt stands for all.
 * So it is read twice, first for which those are, and memory does not grow with their content. Not
 * thread-safe.
 */
public final class DeadLetters implements AutoCloseable {
    private final TopicReader reader;
    private final Runnable progress;

    /**
     * Fixes what is read to what is there now.
     *
     * @param progress runs with each record that was read
     * @throws DlqException UNAVAILABLE if Kafka or the topic is not there
     */
    public DeadLetters(Map<String, String> kafkaProperties, Duration limit, Runnable progress) {
        this.reader = new TopicReader(Topic.REJECTED_EVENTS.topicName(), kafkaProperties, limit);
        this.progress = progress;
    }

    /** How many records are going to be read at most. */
    public long toRead() {
        return 2 * reader.records();
    }

    /**
     * Hands over those that match, in the order of the topic, until one is answered with false.
     *
     * @return how many records of the topic do not say where they come from
     */
    public long forEach(DeadLetterFilter filter, Predicate<DeadLetter> receiver) {
        Index index = index(null);
        reader.read(record -> {
            progress.run();
            Optional<DeadLetter> letter = index.ifLatest(record).filter(filter::matches);
            return letter.isEmpty() || receiver.test(letter.get());
        });
        return index.foreign;
    }

    /** The one that was rejected there, in its latest attempt. */
    public Optional<DeadLetter> find(Coordinate origin) {
        Index index = index(origin);
        DeadLetter[] found = new DeadLetter[1];
        if (index.wanted != null) {
            reader.read(record -> {
                progress.run();
                index.ifLatest(record)
                        .filter(letter -> letter.first().equals(index.wanted))
                        .ifPresent(letter -> found[0] = letter);
                return found[0] == null;
            });
        }
        return Optional.ofNullable(found[0]);
    }

    @Override
    public void close() {
        reader.close();
    }

    private Index index(@Nullable Coordinate origin) {
        Index index = new Index(origin);
        reader.read(record -> {
            progress.run();
            index.add(record);
            return true;
        });
        return index;
    }

    /** By the first rejection of each: which record is the latest attempt. */
    private static final class Index {
        private final Map<Coordinate, Latest> byFirst = new HashMap<>();
        private final @Nullable Coordinate origin;
        private @Nullable Coordinate wanted;
        private long foreign;

        Index(@Nullable Coordinate origin) {
            this.origin = origin;
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            Optional<DeadLetter> letter = DeadLetter.of(record);
            if (letter.isEmpty()) {
                foreign++;
                return;
            }
            Coordinate first = letter.get().first();
            if (letter.get().origin().equals(origin)) {
                wanted = first;
            }
            Latest latest = new Latest(letter.get().attempts(), record.partition(), record.offset());
            byFirst.merge(first, latest, (old, fresh) -> fresh.attempts >= old.attempts ? fresh : old);
        }

        Optional<DeadLetter> ifLatest(ConsumerRecord<byte[], byte[]> record) {
            return DeadLetter.of(record).filter(letter -> {
                Latest latest = byFirst.get(letter.first());
                return latest != null && latest.partition() == record.partition() && latest.offset() == record.offset();
            });
        }
    }

    private record Latest(int attempts, int partition, long offset) {}
}
