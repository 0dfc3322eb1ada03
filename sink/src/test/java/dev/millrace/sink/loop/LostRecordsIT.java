package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.TestTopic;
import dev.millrace.sink.LoggedLines;
import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.metrics.StopReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a real broker: records that Kafka dropped before they were read. */
class LostRecordsIT {
    private static final String WAITING_WRITERS = "SELECT count(*) FROM pg_stat_activity WHERE datname ="
            + " current_database() AND usename = '" + TestDatabase.WRITER + "' AND wait_event_type = 'Lock'";

    private final TestTopic topic = TestTopic.create(Topic.EVENTS);
    private final TestDatabase database = TestDatabase.create();
    private final TopicWriter kafka = new TopicWriter(topic);
    private final Rows rows = new Rows(database);
    private final LoggedLines errors = LoggedLines.errorsOf(LostRecordsIT.class.getPackage());

    @AfterEach
    void close() {
        errors.close();
        kafka.close();
        topic.close();
        database.close();
    }

    @Test
    void partitionStopsAtTheGapAndGoesOnWhenAnotherSinkIsToldToAcceptIt() {
        // Given
        kafka.send(0, 10);
        kafka.send(1, 1);
        try (RunningWorker first = RunningWorker.start(RunningWorker.Start.USUAL, topic, database)) {
            waiting().until(() -> rows.nextOffset(0) == 10 && rows.nextOffset(1) == 1);
            assertThat(first.stopped()).isEmpty();
        }
        kafka.send(0, 20);
        // When
        kafka.deleteBefore(0, 25);
        try (RunningWorker worker = RunningWorker.start(RunningWorker.Start.USUAL, topic, database)) {
            waiting().until(() -> worker.stopped().get(0) == StopReason.GAP);
            // Then
            kafka.send(1, 5);
            waiting().until(() -> rows.nextOffset(1) == 6);
            assertThat(worker.stoppedGauge(StopReason.GAP)).isEqualTo(1);
            assertThat(rows.query(
                            "SELECT kafka_partition, from_offset, until_offset, reason, accepted_at FROM sink_gap"))
                    .containsExactly("0|10|25|retention|null");
            assertThat(rows.nextOffset(0)).isEqualTo(10);
            // When
            kafka.deleteBefore(0, 27);
            try (RunningWorker told = RunningWorker.start(
                    RunningWorker.Start.USUAL.inGroup("group-told").acceptingGaps(), topic, database)) {
                // Then what was recorded is passed, and what was lost since is a gap of its own.
                waiting().until(() -> rows.number("SELECT count(*) FROM sink_gap") == 2);
                assertThat(told.end()).isNotDone();
                waiting().until(() -> worker.stopped().get(0) == StopReason.GAP);
            }
            assertThat(rows.nextOffset(0)).isEqualTo(25);
            rows.execute("UPDATE sink_gap SET accepted_at = now() WHERE from_offset = 25");
            waiting().until(() -> rows.nextOffset(0) == 30);
            assertThat(worker.stopped()).isEmpty();
            assertThat(worker.stoppedGauge(StopReason.GAP)).isZero();
        }
        assertThat(rows.query("SELECT from_offset, until_offset, accepted_at IS NOT NULL FROM sink_gap ORDER BY 1"))
                .containsExactly("10|25|t", "25|27|t");
        assertThat(rows.number("SELECT count(*) FROM event WHERE kafka_partition = 0 AND kafka_offset < 10"))
                .isEqualTo(10);
        assertThat(rows.query("SELECT kafka_offset FROM event WHERE kafka_partition = 0 AND kafka_offset >= 10"
                        + " ORDER BY 1"))
                .containsExactly("27", "28", "29");
        assertThat(errors.lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("partition stopped: topic=" + topic.name() + " partition=0 reason=gap offset=10")
                        .contains("--accept-gap"));
    }

    @Test
    void runningSinkThatIsOvertakenByRetentionStopsBehindWhatItStoredAndSkipsNothingElse() throws SQLException {
        // Given: one batch waits for a lock and a few more were read; the rest is still in Kafka only
        RunningWorker.Start small = RunningWorker.Start.USUAL.withLimits(new BatchLimits(100, 20_000, Duration.ZERO));
        try (RunningWorker worker = RunningWorker.start(small, topic, database)) {
            kafka.send(0, 1);
            waiting().until(() -> rows.nextOffset(0) == 1);
            try (Connection person = database.connect(TestDatabase.OWNER);
                    Statement statement = person.createStatement()) {
                person.setAutoCommit(false);
                statement.execute("LOCK TABLE event");
                kafka.send(0, 1_999);
                kafka.send(1, 50);
                waiting().until(() -> rows.number(WAITING_WRITERS) == 1);
                // When
                kafka.deleteBefore(0, 1_500);
                person.rollback();
            }
            // Then
            await().atMost(Duration.ofSeconds(10)).until(() -> worker.stopped().get(0) == StopReason.GAP);
            waiting().until(() -> rows.nextOffset(1) == 50);
            kafka.send(1, 50);
            waiting().until(() -> rows.nextOffset(1) == 100);
            long from = rows.nextOffset(0);
            assertThat(from).as("the batch that was held up is stored").isGreaterThan(1);
            assertThat(from).as("it was far behind").isLessThan(1_000);
            assertThat(rows.query("SELECT kafka_partition, from_offset, until_offset, accepted_at FROM sink_gap"))
                    .containsExactly("0|" + from + "|1500|null");
            assertThat(worker.stopped()).containsOnlyKeys(0);
            assertThat(worker.stoppedGauge(StopReason.GAP)).isEqualTo(1);
            assertThat(errors.lines()).hasSize(1);
            // When
            rows.execute("UPDATE sink_gap SET accepted_at = now()");
            waiting().until(() -> rows.nextOffset(0) == 2_000);
            // Then every offset is in a row or in the gap, and in one of them only.
            assertThat(worker.stopped()).isEmpty();
            assertThat(worker.stoppedGauge(StopReason.GAP)).isZero();
            assertThat(rows.number("SELECT count(*) FROM event WHERE kafka_partition = 0 AND (kafka_offset < " + from
                            + " OR kafka_offset >= 1500)"))
                    .isEqualTo(from + 500);
            assertThat(rows.number(
                            "SELECT count(*) + (SELECT sum(until_offset - from_offset) FROM sink_gap)" + " FROM event"))
                    .isEqualTo(2_100);
        }
    }

    @Test
    void freshDatabaseOnATopicThatNoLongerBeginsAtZeroStopsToo() {
        // Given
        kafka.send(2, 10);
        kafka.deleteBefore(2, 4);
        try (RunningWorker worker = RunningWorker.start(RunningWorker.Start.USUAL, topic, database)) {
            // When
            waiting().until(() -> worker.stopped().get(2) == StopReason.GAP);
            // Then
            assertThat(rows.query("SELECT kafka_partition, from_offset, until_offset FROM sink_gap"))
                    .containsExactly("2|0|4");
            assertThat(rows.number("SELECT count(*) FROM event")).isZero();
            assertThat(worker.worker().isReady()).isTrue();
        }
        // When
        try (RunningWorker told = RunningWorker.start(RunningWorker.Start.USUAL.acceptingGaps(), topic, database)) {
            waiting().until(() -> rows.nextOffset(2) == 10);
            assertThat(told.stopped()).isEmpty();
        }
        // Then
        assertThat(rows.number("SELECT min(kafka_offset) FROM event")).isEqualTo(4);
        assertThat(rows.number("SELECT count(*) FROM event")).isEqualTo(6);
        assertThat(errors.lines()).hasSize(1);
    }

    @Test
    void logThatEndsBelowWhatIsStoredStopsThePartitionUntilItIsBack() {
        // Given
        kafka.send(3, 5);
        try (RunningWorker first = RunningWorker.start(RunningWorker.Start.USUAL, topic, database)) {
            waiting().until(() -> rows.nextOffset(3) == 5);
            assertThat(first.stopped()).isEmpty();
        }
        rows.execute("UPDATE sink_offset SET next_offset = 8 WHERE kafka_partition = 3");
        try (RunningWorker worker = RunningWorker.start(RunningWorker.Start.USUAL, topic, database)) {
            // When
            waiting().until(() -> worker.stopped().get(3) == StopReason.TRUNCATED);
            // Then
            assertThat(rows.nextOffset(3)).isEqualTo(8);
            assertThat(rows.query("SELECT * FROM sink_gap")).isEmpty();
            kafka.send(3, 4);
            waiting().until(() -> rows.nextOffset(3) == 9);
            assertThat(worker.stopped()).isEmpty();
        }
        assertThat(errors.lines()).hasSize(1);
    }

    private static ConditionFactory waiting() {
        return await().atMost(Duration.ofSeconds(30));
    }
}
