package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.TestTopic;
import dev.millrace.sink.LoggedLines;
import dev.millrace.sink.metrics.StopReason;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a real broker: a partition of which nearly everything is refused. */
class BreakerIT {
    private final TestTopic topic = TestTopic.create(Topic.EVENTS);
    private final TestDatabase database = TestDatabase.create();
    private final TopicWriter kafka = new TopicWriter(topic);
    private final Rows rows = new Rows(database);
    private final LoggedLines errors = LoggedLines.errorsOf(BreakerIT.class.getPackage());

    @AfterEach
    void close() {
        errors.close();
        kafka.close();
        topic.close();
        database.close();
    }

    @Test
    void partitionOfPoisonStopsWhileTheOthersGoOnUntilAPersonLetsItAllBeRejected() {
        try (RunningWorker worker = RunningWorker.start(RunningWorker.Start.USUAL, topic, database)) {
            // When
            kafka.sendPoison(0, 500);
            kafka.send(1, 50);
            await().atMost(Duration.ofSeconds(30)).until(() -> worker.stopped().get(0) == StopReason.BREAKER);
            // Then
            kafka.sendPoison(0, 10);
            kafka.send(1, 50);
            await().until(() -> rows.nextOffset(1) == 100);
            assertThat(rows.number("SELECT count(*) FROM rejected_event")).isLessThanOrEqualTo(100);
            assertThat(rows.nextOffset(0)).isLessThanOrEqualTo(100);
            assertThat(worker.stoppedGauge(StopReason.BREAKER)).isEqualTo(1);
        }
        assertThat(errors.lines())
                .singleElement()
                .asString()
                .contains("partition=0 reason=breaker")
                .contains("sink.breaker.percent=0");
        // When
        try (RunningWorker off = RunningWorker.start(RunningWorker.Start.USUAL.withBreaker(0), topic, database)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> rows.nextOffset(0) == 510);
            assertThat(off.stopped()).isEmpty();
        }
        // Then
        assertThat(rows.number("SELECT count(*) FROM rejected_event")).isEqualTo(510);
        assertThat(errors.lines()).hasSize(1);
    }

    @Test
    void partitionInWhichEverythingContradictsAnEarlierEventStopsToo() {
        try (RunningWorker worker = RunningWorker.start(RunningWorker.Start.USUAL, topic, database)) {
            // Given
            UUID id = UUID.randomUUID();
            kafka.send(
                    0, EventBuilder.EVENT.withId(id).withPayload("{\"n\": 0}").value());
            kafka.flush();
            await().atMost(Duration.ofSeconds(30)).until(() -> rows.nextOffset(0) == 1);
            // When
            for (int number = 1; number <= 300; number++) {
                kafka.send(
                        0,
                        EventBuilder.EVENT
                                .withId(id)
                                .withPayload("{\"n\": " + number + "}")
                                .value());
            }
            kafka.flush();
            // Then
            await().atMost(Duration.ofSeconds(30)).until(() -> worker.stopped().get(0) == StopReason.BREAKER);
            kafka.send(1, 50);
            await().until(() -> rows.nextOffset(1) == 50);
        }
        assertThat(errors.lines()).singleElement().asString().contains("the database refused nearly all");
        assertThat(rows.number("SELECT count(*) FROM event WHERE kafka_partition = 0"))
                .isEqualTo(1);
    }

    @Test
    void someBadRecordsAmongGoodOnesNeverStopAPartition() {
        try (RunningWorker worker = RunningWorker.start(RunningWorker.Start.USUAL, topic, database)) {
            // When
            for (int hundred = 0; hundred < 10; hundred++) {
                kafka.sendPoison(0, 30);
                kafka.send(0, 70);
            }
            // Then
            await().atMost(Duration.ofSeconds(30)).until(() -> rows.nextOffset(0) == 1_000);
            assertThat(worker.stopped()).isEmpty();
        }
        assertThat(rows.number("SELECT count(*) FROM rejected_event")).isEqualTo(300);
        assertThat(rows.number("SELECT count(*) FROM event")).isEqualTo(700);
        assertThat(errors.lines()).isEmpty();
    }
}
