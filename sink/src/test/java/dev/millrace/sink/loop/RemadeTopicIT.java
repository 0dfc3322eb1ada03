package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.TestTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a real broker: a topic that becomes another one under a sink which reads it. */
class RemadeTopicIT {
    private final TestTopic topic = TestTopic.create(Topic.EVENTS);
    private final TestDatabase database = TestDatabase.create();
    private final TopicWriter kafka = new TopicWriter(topic);
    private final Rows rows = new Rows(database);

    @AfterEach
    void close() {
        kafka.close();
        topic.close();
        database.close();
    }

    @Test
    void sinkStopsAndNothingOfTheNewTopicIsWritten() {
        // Given
        kafka.send(0, 3);
        try (RunningWorker worker = RunningWorker.start(RunningWorker.Start.USUAL, topic, database)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> rows.nextOffset(0) == 3);
            // When
            remake();
            try (TopicWriter anew = new TopicWriter(topic)) {
                anew.send(0, 200);
            }
            Throwable thrown = catchThrowable(() -> worker.end().get(30, TimeUnit.SECONDS));
            // Then
            assertThat(thrown)
                    .hasCauseInstanceOf(TopicRefusedException.class)
                    .hasMessageContaining("deleted and made again while the sink ran")
                    .hasMessageContaining("an empty one");
        }
        assertThat(rows.number("SELECT count(*) FROM event")).isEqualTo(3);
        assertThat(rows.nextOffset(0)).isEqualTo(3);
    }

    @Test
    void sinkStopsWhenTheTopicIsCompactedFromNowOn() {
        // Given
        kafka.send(0, 3);
        try (RunningWorker worker = RunningWorker.start(RunningWorker.Start.USUAL, topic, database)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> rows.nextOffset(0) == 3);
            // When
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
            TopicWriter.await(kafka.admin()
                    .incrementalAlterConfigs(Map.of(
                            resource,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET))))
                    .all());
            Throwable thrown = catchThrowable(() -> worker.end().get(30, TimeUnit.SECONDS));
            // Then
            assertThat(thrown).hasCauseInstanceOf(TopicRefusedException.class).hasMessageContaining("compaction");
        }
    }

    private void remake() {
        Uuid old = id();
        TopicWriter.await(kafka.admin().deleteTopics(List.of(topic.name())).all());
        await().ignoreException(AssertionError.class).until(() -> {
            TopicWriter.await(kafka.admin()
                    .createTopics(List.of(new NewTopic(topic.name(), Topic.EVENTS.partitions(), (short) 1)
                            .configs(Topic.EVENTS.settings())))
                    .all());
            return true;
        });
        // The broker hears of it later than the controller has answered; whoever writes before that writes to
        // the old topic, and its producer tries for two minutes to go on in the new one.
        await().ignoreException(AssertionError.class).until(() -> !id().equals(old));
    }

    /** As the broker knows it. */
    private Uuid id() {
        String name = topic.name();
        return TopicWriter.await(kafka.admin().describeTopics(List.of(name)).allTopicNames())
                .get(name)
                .topicId();
    }
}
