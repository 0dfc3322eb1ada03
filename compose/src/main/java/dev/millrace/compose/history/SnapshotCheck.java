package dev.millrace.compose.history;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether rows and {@code sink_offset} agree at this moment, asked in one statement and with that of one
 * snapshot; on a primary or on a replica. One object for each database. Not thread-safe.
 *
 * <p>Counting every row each time would load the machine that is being watched. So most samples count only the
 * rows at and above the {@code next_offset} of the sample before, by the primary keys, each event together
 * with its identity, and add them to what was counted until then. Every {@value #FULL_EVERY}th sample, and the
 * first, counts everything: it alone finds a row that came or went below an offset seen earlier, and an
 * identity without an event.
 */
public final class SnapshotCheck {
    private static final int FULL_EVERY = 50;

    /**
     * In the order of {@link Sample}; the parameters are partitions and where to count from. The highest
     * offset of an identity has no index: only full samples look for it, by way of the whole table. The
     * identity is asked for event by event, so that no plan reads all of them.
     */
    private static final String COUNT_NEW = """
            SELECT stand.kafka_partition, stand.next_offset, stand.stored, stand.duplicates, stand.rejected,
                   fresh.events, fresh.identities,
                   (SELECT count(*) FROM rejected_event
                    WHERE topic = stand.topic AND kafka_partition = stand.kafka_partition
                      AND kafka_offset >= coalesce(since.from_offset, 0)),
                   (SELECT max(kafka_offset) FROM event WHERE kafka_partition = stand.kafka_partition),
                   NULL::bigint,
                   (SELECT max(kafka_offset) FROM rejected_event
                    WHERE topic = stand.topic AND kafka_partition = stand.kafka_partition)
            FROM sink_offset stand
            LEFT JOIN unnest(?::int[], ?::bigint[]) AS since (kafka_partition, from_offset) USING (kafka_partition)
            CROSS JOIN LATERAL (
                SELECT count(*) AS events,
                       count((SELECT kafka_offset FROM event_identity identity
                              WHERE identity.event_id = event.event_id
                                AND identity.kafka_partition = event.kafka_partition
                                AND identity.kafka_offset = event.kafka_offset
                                AND identity.appended_at = event.appended_at)) AS identities
                FROM event
                WHERE kafka_partition = stand.kafka_partition
                  AND kafka_offset >= coalesce(since.from_offset, 0)) fresh
            WHERE stand.topic = ?
            """;

    private static final String COUNT_ALL = """
            SELECT stand.kafka_partition, stand.next_offset, stand.stored, stand.duplicates, stand.rejected,
                   coalesce(events.rows, 0), coalesce(identities.rows, 0), coalesce(rejections.rows, 0),
                   events.highest, identities.highest, rejections.highest
            FROM sink_offset stand
            LEFT JOIN (SELECT kafka_partition, count(*) AS rows, max(kafka_offset) AS highest
                       FROM event GROUP BY 1) events USING (kafka_partition)
            LEFT JOIN (SELECT kafka_partition, count(*) AS rows, max(kafka_offset) AS highest
                       FROM event_identity GROUP BY 1) identities USING (kafka_partition)
            LEFT JOIN (SELECT topic, kafka_partition, count(*) AS rows, max(kafka_offset) AS highest
                       FROM rejected_event GROUP BY 1, 2) rejections USING (topic, kafka_partition)
            WHERE stand.topic = ?
            """;

    private final String topic;
    private final Map<Integer, Sample> last = new HashMap<>();
    private long taken;

    public SnapshotCheck(String topic) {
        this.topic = topic;
    }

    /** Takes a sample. The connection commits by itself, so that the statement has a snapshot of its own. */
    public List<Violation> sample(Connection database) throws SQLException {
        boolean full = taken % FULL_EVERY == 0;
        List<Sample> samples = full ? countAll(database) : countNew(database);
        taken++;
        Violations violations = new Violations();
        for (Sample sample : samples) {
            Sample before = last.get(sample.partition());
            if (before != null && sample.nextOffset() < before.nextOffset()) {
                violations.add(
                        Invariant.OFFSET_MONOTONY,
                        "next_offset of partition " + sample.partition() + " went from " + before.nextOffset()
                                + " back to " + sample.nextOffset());
            }
            sample.check(violations);
            last.put(sample.partition(), sample);
        }
        return violations.toList();
    }

    /** Says that a tail may have been lost, or another server asked: the next sample counts anew and compares with none. */
    public void failedOver() {
        last.clear();
        taken = 0;
    }

    /** How many samples were taken since the beginning or the last failover. */
    public long taken() {
        return taken;
    }

    private List<Sample> countAll(Connection database) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(COUNT_ALL)) {
            statement.setString(1, topic);
            return samples(statement, false);
        }
    }

    private List<Sample> countNew(Connection database) throws SQLException {
        List<Integer> partitions = new ArrayList<>(last.keySet());
        List<Long> from = partitions.stream()
                .map(partition -> last.getOrDefault(partition, Sample.NONE).nextOffset())
                .toList();
        Array partitionArray = database.createArrayOf("int4", partitions.toArray());
        Array fromArray = database.createArrayOf("int8", from.toArray());
        try (PreparedStatement statement = database.prepareStatement(COUNT_NEW)) {
            statement.setArray(1, partitionArray);
            statement.setArray(2, fromArray);
            statement.setString(3, topic);
            return samples(statement, true);
        }
    }

    private List<Sample> samples(PreparedStatement statement, boolean since) throws SQLException {
        List<Sample> samples = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Sample counted = Sample.of(row);
                samples.add(since ? counted.onTopOf(last.getOrDefault(counted.partition(), Sample.NONE)) : counted);
            }
        }
        return samples;
    }
}
