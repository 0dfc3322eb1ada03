package dev.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.event.EventLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {
    @ParameterizedTest
    @CsvSource({
        "EVENTS, events.v1, 4, 2097152",
        "RAW_EVENTS, events.raw.v1, 4, 2097152",
        "REJECTED_EVENTS, events.dlq.v1, 1, 2621440"
    })
    void namesAndSizesAreTheContract(Topic topic, String name, int partitions, int maxMessageBytes) {
        // When
        String actualName = topic.topicName();
        // Then
        assertThat(actualName).isEqualTo(name);
        assertThat(topic.partitions()).isEqualTo(partitions);
        assertThat(topic.maxMessageBytes()).isEqualTo(maxMessageBytes);
        assertThat(topic.settings()).containsEntry("max.message.bytes", Integer.toString(maxMessageBytes));
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void everyTopicKeepsEverythingInTheBrokersTime(Topic topic) {
        // When
        Map<String, String> settings = topic.settings();
        // Then
        assertThat(settings)
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1")
                .containsEntry("retention.bytes", "-1")
                .hasSize(5);
    }

    @Test
    void largestEventFitsAndItsRejectionHasRoomForHeaders() {
        // Given
        int largestEvent = EventLimits.PAYLOAD_BYTES + EventLimits.METADATA_BYTES;
        // When
        int room = Topic.EVENTS.maxMessageBytes() - largestEvent;
        // Then
        assertThat(room).isGreaterThan(4 * (EventLimits.TYPE_CHARACTERS + EventLimits.KEY_CHARACTERS) + 100);
        assertThat(Topic.REJECTED_EVENTS.maxMessageBytes()).isGreaterThan(Topic.EVENTS.maxMessageBytes());
    }

    @Test
    void namesAreListedForPeople() {
        // When
        String names = Topic.names();
        // Then
        assertThat(names).isEqualTo("events.v1, events.raw.v1, events.dlq.v1");
    }
}
