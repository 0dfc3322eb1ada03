package dev.millrace.query;

import java.sql.SQLException;

/**
 * Fills a store in a few statements. Event {@code n} lies in partition {@code n % 4} and has the type
 * {@code type-(n % 10)}, the key {@code key-(n % 100)} and some 400 bytes of payload with {@code "n"} in it.
 */
public final class ManyEvents {
    private ManyEvents() {}

    /**
     * @param count a multiple of 4
     * @param perMillisecond how many have the same time
     */
    public static void fill(EventStore store, int count, int perMillisecond) throws SQLException {
        store.execute("INSERT INTO event SELECT '" + EventStore.START + "'::timestamptz + (n / " + perMillisecond
                + ") * interval '1 ms', n % 4, n / 4, 'key-' || n % 100, gen_random_uuid(), 'type-' || n % 10,"
                + " '" + EventStore.START + "'::timestamptz + n * interval '1 us',"
                + " jsonb_build_object('n', n, 'tenth', n % 10, 'text', repeat('lorem ipsum ', 30)), '{\"source\": \"test\"}'"
                + " FROM generate_series(0, " + (count - 1) + ") AS n");
        store.execute(
                "INSERT INTO sink_offset (topic, kafka_partition, topic_id, next_offset, last_appended_at, stored)"
                        + " SELECT 'events.v1', p, 'topic-one', " + count / 4 + ", '" + EventStore.START
                        + "'::timestamptz + ("
                        + (count - 1) + " / " + perMillisecond + ") * interval '1 ms', " + count / 4
                        + " FROM generate_series(0, 3) AS p");
        store.execute("ANALYZE event");
        store.commit();
    }
}
