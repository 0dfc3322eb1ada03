package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.compose.endtoend.WalkReader.Plan;
import dev.millrace.compose.history.WaitForCheck;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers with every kind of filter walk and follow while four workers write, and sink, query API and both databases
 * are killed or stand still: each is shown every matching event once. {@code -Dmillrace.walks.seconds} says for how
 * long events come, {@code -Dmillrace.walks.seed} repeats events and strikes, {@code -Dmillrace.walks.rate} is events
 * per second.
 */
@Tag("full")
class WalkUnderFireIT {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("millrace.walks.seconds", 120));
    private static final int PER_SECOND = Integer.getInteger("millrace.walks.rate", 5_000);

    /** After the last event, on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration WAIT_FOR = Duration.ofSeconds(2);
    private static final Duration WAIT_FOR_PAUSE = Duration.ofMillis(50);
    private static final int WAITERS = 2;

    private static final List<Plan> PLANS = List.of(
            new Plan(WalkFilter.NONE, true, 1_000, true, 1),
            new Plan(WalkFilter.TYPE, true, 100, true, 4),
            new Plan(WalkFilter.KEY, true, 37, true, 4),
            new Plan(WalkFilter.MATCH, true, 10, true, 4),
            new Plan(WalkFilter.METADATA, true, 250, true, 3),
            new Plan(WalkFilter.ANY_OF, true, 113, true, 4),
            new Plan(WalkFilter.TIME, true, 1_000, true, 3),
            new Plan(WalkFilter.TYPES, true, 500, false, 0),
            new Plan(WalkFilter.TYPE, false, 400, false, 0),
            new Plan(WalkFilter.ANY_OF, false, 250, false, 0),
            new Plan(WalkFilter.NONE, false, 1_000, false, 0));

    /** Begins and ends while events come. */
    private static final double RANGE_FROM = 0.25;

    private static final double RANGE_UNTIL = 0.6;

    @TempDir
    Path directory;

    private final long seed =
            Long.getLong("millrace.walks.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private final List<Plan> plans = new ArrayList<>(PLANS);
    private WalkTrial trial;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void everyReaderIsShownEachMatchingEventOnceWhateverHappens() throws Exception {
        System.out.printf("walks: seed %d, %d events/s for %d s%n", seed, PER_SECOND, LENGTH.toSeconds());
        Path data = directory.resolve("data");
        try (RunningMillrace millrace = RunningMillrace.start(data, Map.of("SINK_WORKERS", "4"))) {
            // Given
            trial = new WalkTrial(seed, LENGTH, PATIENCE, millrace.setting("QUERY_API_URL"));
            try (WalkWriter writer = new WalkWriter(trial, millrace.setting("KAFKA_BOOTSTRAP_SERVERS"), PER_SECOND)) {
                AppendedEvents appended = appended(millrace.setting("PRIMARY_URL"));
                plans.add(new Plan(appended.filter(), true, 200, true, 4));
                List<Thread> readers = new ArrayList<>();
                plans.forEach(plan -> readers.add(begin(() -> new WalkReader(trial, plan).read())));
                List<Thread> waiters = new ArrayList<>();
                for (int waiter = 0; waiter < WAITERS; waiter++) {
                    waiters.add(begin(() -> waitForOwnWrites(writer)));
                }
                // When
                Map<String, Integer> struck = new WalkFire(trial, data).burn();
                writer.stop();
                trial.stopWaiting();
                join(waiters);
                int published = writer.end();
                trial.end();
                System.out.printf("walks: %d events acknowledged, struck %s%n", published, struck);
                // Then
                assertThat(struck).as("there was a fire").isNotEmpty();
                join(readers);
                System.out.printf("walks: %d events were appended in the range%n", appended.count());
                assertThat(appended.count()).isPositive();
                requireSameCounts(millrace.setting("PRIMARY_URL"), published);
            } finally {
                trial.fail(new IllegalStateException("it is over"));
            }
        }
    }

    private static AppendedEvents appended(String primaryUrl) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new AppendedEvents(
                primaryUrl, now.plusMillis((long) (LENGTH.toMillis() * RANGE_FROM)), now.plusMillis((long)
                        (LENGTH.toMillis() * RANGE_UNTIL)));
    }

    /** Publishes, and asks for what was published: an answer has it, or there is none. In the end there is one. */
    private String waitForOwnWrites(WalkWriter writer) throws Exception {
        WaitForCheck check = new WaitForCheck(trial.queryApiUrl(), WAIT_FOR);
        Map<String, Integer> answers = new TreeMap<>();
        while (!trial.waitingIsOver() || !answers.containsKey("Complete")) {
            trial.requireTime();
            WalkWriter.Written written = writer.publish();
            WaitForCheck.Answer answer = check.check(
                    written.receipt().position(),
                    written.event().id(),
                    written.event().keyName());
            if (answer instanceof WaitForCheck.Answer.Wrong wrong) {
                throw new AssertionError("seed " + seed + ": " + wrong.violation());
            }
            answers.merge(answer.getClass().getSimpleName(), 1, Integer::sum);
            trial.pause(WAIT_FOR_PAUSE);
        }
        return "wait_for: " + answers;
    }

    /** Each filter's count by SQL, and by what was published. */
    private void requireSameCounts(String primaryUrl, int published) throws Exception {
        try (Connection primary = DriverManager.getConnection(primaryUrl);
                Statement statement = primary.createStatement()) {
            for (WalkFilter filter : Set.copyOf(plans.stream().map(Plan::filter).toList())) {
                long expected = 0;
                for (int number = 0; number < published; number++) {
                    expected += filter.matches().test(WalkEvent.of(seed, number)) ? 1 : 0;
                }
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM event WHERE " + filter.sql())) {
                    row.next();
                    assertThat(row.getLong(1)).as(filter.name()).isEqualTo(expected);
                }
            }
        }
    }

    private interface Work {
        String run() throws Exception;
    }

    private Thread begin(Work work) {
        Thread thread = new Thread(() -> {
            try {
                System.out.println(work.run());
            } catch (Throwable failure) {
                trial.fail(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        trial.requireGood();
    }
}
