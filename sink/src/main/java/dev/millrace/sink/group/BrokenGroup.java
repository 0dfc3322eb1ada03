package dev.millrace.sink.group;

import dev.millrace.sink.loop.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes a group in which the coordinator gives out no partitions any more, before anybody joins it. */
public final class BrokenGroup {
    private static final Logger LOG = LoggerFactory.getLogger(BrokenGroup.class);

    /** The other sinks leave within seconds; one that died is counted as a member up to its session timeout. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long PAUSE_MILLIS = 500;

    private BrokenGroup() {}

    /**
     * Returns when the group is well, or when the coordinator does not say. Nothing is lost with a group:
     * how far the sink has come is in the database.
     *
     * @param client Kafka client properties
     * @throws IllegalStateException if it is broken and its members stay, or it may not be deleted
     */
    public static void mend(Properties client, String group, Ticker ticker) {
        try (Admin admin = Admin.create(client)) {
            long begin = ticker.nanoTime();
            GroupState state = GroupState.ask(admin, group);
            while (state.isBroken()) {
                if (ticker.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new IllegalStateException(problem(group, state)
                            + "; its members do not leave, or it may not be deleted. Stop them all,"
                            + " and delete the group: kafka-consumer-groups.sh --delete --group " + group);
                }
                if (state.isEmpty()) {
                    delete(admin, group, state);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                state = GroupState.ask(admin, group);
            }
        } catch (ExecutionException failure) {
            LOG.warn("consumer group not looked at: group={} reason={}", group, String.valueOf(failure.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("consumer group not looked at: interrupted", interrupted);
        }
    }

    static String problem(String group, GroupState state) {
        return "Kafka gives out no partitions in this consumer group any more, its epochs contradict each other:"
                + " group=" + group + " " + state;
    }

    private static void delete(Admin admin, String group, GroupState state) throws InterruptedException {
        try {
            admin.deleteConsumerGroups(List.of(group)).all().get();
            LOG.warn("{}; deleted it", problem(group, state));
        } catch (ExecutionException failure) {
            // Another sink was quicker, and is a member of a new group by now; or deleting is not allowed.
            LOG.warn("{}; not deleted: {}", problem(group, state), String.valueOf(failure.getCause()));
        }
    }
}
