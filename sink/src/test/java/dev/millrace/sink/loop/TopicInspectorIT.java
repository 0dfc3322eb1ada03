package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.TestStack;
import dev.millrace.schemas.testing.TestTopic;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a real broker: what it says about a topic decides whether the sink starts. */
class TopicInspectorIT {
    private final Properties client = new Properties();

    TopicInspectorIT() {
        client.put("bootstrap.servers", TestStack.shared().bootstrapServers());
    }

    @Test
    void topicAsMillraceMakesItIsAcceptedAndNamedByItsId() {
        try (TestTopic topic = TestTopic.create(Topic.EVENTS);
                TestTopic other = TestTopic.create(Topic.EVENTS)) {
            // When
            String topicId = TopicInspector.topicId(client, topic.name());
            // Then
            assertThat(Uuid.fromString(topicId)).isNotEqualTo(Uuid.ZERO_UUID);
            assertThat(topicId).isNotEqualTo(TopicInspector.topicId(client, other.name()));
        }
    }

    @ParameterizedTest
    @CsvSource({"message.timestamp.type, CreateTime, LogAppendTime", "cleanup.policy, compact, compaction loses events"
    })
    void topicThatTheOrderCannotRestOnIsRefused(String setting, String value, String reason) {
        try (TestTopic topic = TestTopic.create(Topic.EVENTS, Map.of(setting, value))) {
            // When
            Throwable thrown = catchThrowable(() -> TopicInspector.topicId(client, topic.name()));
            // Then
            assertThat(thrown)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("refusing " + topic.name())
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void topicThatIsNotThereIsNamed() {
        // When
        Throwable thrown = catchThrowable(() -> TopicInspector.topicId(client, "no-such-topic"));
        // Then
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("topic=no-such-topic");
    }
}
