package dev.millrace.sink.group;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether the coordinator still gives out partitions. Where it does not, every sink
 * has to leave the group, so that {@link BrokenGroup} can delete it at the next start: this one ends
 * with an exception. One thread runs it, others may stop it.
 */
public final class GroupWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Properties client;
    private final String group;
    private final CountDownLatch stop = new CountDownLatch(1);

    /** @param client Kafka client properties */
    public GroupWatch(Properties client, String group) {
        this.client = client;
        this.group = group;
    }

    /**
     * Returns when it was stopped.
     *
     * @throws IllegalStateException if the group was broken twice in a row
     */
    @Override
    public void run() {
        try (Admin admin = Admin.create(client)) {
            boolean wasBroken = false;
            while (!stop.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                wasBroken = look(admin, wasBroken);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the run soon. */
    public void stop() {
        stop.countDown();
    }

    private boolean look(Admin admin, boolean wasBroken) throws InterruptedException {
        try {
            GroupState state = GroupState.ask(admin, group);
            if (wasBroken && state.isBroken()) {
                throw new IllegalStateException(
                        BrokenGroup.problem(group, state)
                                + ". This sink leaves it. Start it again: when all have left, the group is deleted and made anew");
            }
            return state.isBroken();
        } catch (ExecutionException failure) {
            LOG.debug("consumer group not looked at: group={}", group, failure);
            return wasBroken;
        }
    }
}
