package dev.millrace.compose.dlq;

import dev.millrace.schemas.Position;
import dev.millrace.schemas.Topic;

/** Where a record lies in Kafka, written {@code topic:partition:offset}. */
public record Coordinate(String topic, int partition, long offset) {
    /**
     * Reads {@code topic:partition:offset}, or {@code partition:offset} of {@code events.v1}.
     *
     * @throws IllegalArgumentException if the text is anything else; the message quotes it
     */
    public static Coordinate parse(String text) {
        int offsetColon = text.lastIndexOf(':');
        int partitionColon = text.lastIndexOf(':', offsetColon - 1);
        Position position = Position.parse(text.substring(partitionColon + 1));
        String topic = partitionColon < 1 ? Topic.EVENTS.topicName() : text.substring(0, partitionColon);
        return new Coordinate(topic, position.partition(), position.offset());
    }

    @Override
    public String toString() {
        return topic + ":" + partition + ":" + offset;
    }
}
