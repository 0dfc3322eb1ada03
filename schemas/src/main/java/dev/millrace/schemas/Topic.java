package dev.millrace.schemas;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The topics of Millrace and what they must be set to.
 *
 * <p>Time is the broker's ({@code LogAppendTime}), because the order of all events rests on it, and
 * nothing expires or is compacted away, because a database can be rebuilt from the topic.
 */
public enum Topic {
    /** Canonical events, the only topic the sink reads. */
    EVENTS("events.v1", 4, 2_097_152),
    /** What other producers send: JSON and CloudEvents. */
    RAW_EVENTS("events.raw.v1", 4, 2_097_152),
    /** Rejected records; larger, since a record gains headers on its way here. */
    REJECTED_EVENTS("events.dlq.v1", 1, 2_621_440);

    private final String topicName;
    private final int partitions;
    private final int maxMessageBytes;

    Topic(String topicName, int partitions, int maxMessageBytes) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** The name in Kafka. */
    public String topicName() {
        return topicName;
    }

    /** How many partitions it is made with. Not changed afterwards: keys would move. */
    public int partitions() {
        return partitions;
    }

    /** Largest record batch in bytes; a producer's {@code max.request.size} must match. */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    /** The topic's settings, as Kafka names them. */
    public Map<String, String> settings() {
        return Map.of(
                "message.timestamp.type", "LogAppendTime",
                "cleanup.policy", "delete",
                "retention.ms", "-1",
                "retention.bytes", "-1",
                "max.message.bytes", Integer.toString(maxMessageBytes));
    }

    /** All names, for messages to people. */
    public static String names() {
        return Stream.of(values()).map(Topic::topicName).collect(Collectors.joining(", "));
    }
}
