package dev.millrace.query.read;

import dev.millrace.schemas.Position;
import dev.millrace.schemas.Topic;
import java.util.UUID;

/**
 * The SQL that finds out what has become of a record. Each statement is a range of a primary key; the
 * time of a record is not known, so those of {@code event} look into every table partition's index.
 */
final class ReceiptQuery {
    private static final String TOPIC = Topic.EVENTS.topicName();

    private ReceiptQuery() {}

    /** The id of the event at a position. */
    static Sql event(Position position) {
        return new Sql()
                .add(
                        "SELECT event_id FROM event WHERE kafka_partition = ? AND kafka_offset = ?",
                        position.partition(),
                        position.offset());
    }

    /** Reason and bytes of a rejected record. */
    static Sql rejected(Position position) {
        return new Sql()
                .add(
                        "SELECT reason, value FROM rejected_event"
                                + " WHERE topic = ? AND kafka_partition = ? AND kafka_offset = ?",
                        TOPIC,
                        position.partition(),
                        position.offset());
    }

    /** The offset of the first copy of an id, before a position and in its partition. */
    static Sql kept(UUID eventId, Position before) {
        return new Sql()
                .add(
                        "SELECT kafka_offset FROM event_identity"
                                + " WHERE event_id = ? AND kafka_partition = ? AND kafka_offset < ?",
                        eventId,
                        before.partition(),
                        before.offset());
    }

    /** The reason of the gap around a position. */
    static Sql gap(Position position) {
        return new Sql()
                .add(
                        "SELECT reason FROM sink_gap WHERE topic = ? AND kafka_partition = ?"
                                + " AND from_offset <= ? AND until_offset > ? LIMIT 1",
                        TOPIC,
                        position.partition(),
                        position.offset(),
                        position.offset());
    }

    /** The first event of a partition if it is before a position. In order, so that an index has to answer. */
    static Sql earlier(Position position) {
        return new Sql()
                .add(
                        "SELECT kafka_offset FROM event WHERE kafka_partition = ? AND kafka_offset < ?"
                                + " ORDER BY kafka_offset LIMIT 1",
                        position.partition(),
                        position.offset());
    }
}
