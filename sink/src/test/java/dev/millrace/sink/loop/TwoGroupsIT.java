package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.TestTopic;
import dev.millrace.sink.LoggedLines;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a real broker: two sinks of two groups on one database. */
class TwoGroupsIT {
    private final TestTopic topic = TestTopic.create(Topic.EVENTS);
    private final TestDatabase database = TestDatabase.create();
    private final TopicWriter kafka = new TopicWriter(topic);
    private final Rows rows = new Rows(database);
    private final LoggedLines errors = LoggedLines.errorsOf(TwoGroupsIT.class.getPackage());

    @AfterEach
    void close() {
        errors.close();
        kafka.close();
        topic.close();
        database.close();
    }

    @Test
    void twoGroupsCallAPersonAndStoreEveryEventOnce() {
        try (RunningWorker one = RunningWorker.start(RunningWorker.Start.USUAL, topic, database);
                RunningWorker two =
                        RunningWorker.start(RunningWorker.Start.USUAL.inGroup("group-b"), topic, database)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> one.worker().isReady() && two.worker().isReady());
            // When
            int[] sent = {0};
            await().pollInSameThread()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        kafka.send(0, 1);
                        sent[0]++;
                        return !errors.lines().isEmpty();
                    });
            kafka.send(0, 100);
            // Then
            await().atMost(Duration.ofSeconds(30)).until(() -> rows.nextOffset(0) == sent[0] + 100);
            assertThat(one.moved() + two.moved()).isGreaterThanOrEqualTo(3);
            assertThat(one.end()).isNotDone();
            assertThat(two.end()).isNotDone();
            assertThat(rows.number("SELECT count(*) FROM event")).isEqualTo(sent[0] + 100);
            assertThat(rows.number("SELECT count(DISTINCT kafka_offset) FROM event"))
                    .isEqualTo(sent[0] + 100);
            assertThat(rows.number("SELECT sum(stored) FROM sink_offset")).isEqualTo(sent[0] + 100);
        }
        assertThat(errors.lines()).first().asString().contains("sink.group").contains("nothing is lost or doubled");
        // Each of the two says so once a minute at most.
        assertThat(errors.lines()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void oneRewindCallsNobody() {
        // Given
        kafka.send(0, 10);
        try (RunningWorker worker = RunningWorker.start(RunningWorker.Start.USUAL, topic, database)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> rows.nextOffset(0) == 10);
            // When
            rows.execute(
                    "DELETE FROM event WHERE kafka_offset >= 5; DELETE FROM event_identity WHERE kafka_offset >= 5;"
                            + " UPDATE sink_offset SET next_offset = 5 WHERE kafka_partition = 0");
            kafka.send(0, 10);
            // Then
            await().atMost(Duration.ofSeconds(30)).until(() -> rows.nextOffset(0) == 20);
            assertThat(worker.moved()).isEqualTo(1);
        }
        assertThat(rows.number("SELECT count(*) FROM event")).isEqualTo(20);
        assertThat(errors.lines()).isEmpty();
    }
}
