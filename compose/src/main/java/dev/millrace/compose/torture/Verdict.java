package dev.millrace.compose.torture;

import dev.millrace.compose.history.History;
import dev.millrace.compose.history.HistoryChecker;
import dev.millrace.compose.history.TopicDump;
import dev.millrace.compose.history.Violation;
import dev.millrace.compose.torture.TortureReport.Sends;
import dev.millrace.schemas.Topic;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Judges a run that is over: all that was sent, against the topic and both databases.
 *
 * @param journals directory of the producers' journals, which are closed
 * @param catchUp how long the primary took to have everything
 * @param replicated whether the replica has everything too
 */
record Verdict(TortureSettings settings, Addresses addresses, Path journals, Duration catchUp, boolean replicated) {
    private static final Duration DUMP_PATIENCE = Duration.ofSeconds(60);

    TortureReport reach(Observers observers, Map<String, Long> faults) throws SQLException {
        TopicDump dump =
                TopicDump.read(Map.of("bootstrap.servers", addresses.kafka()), Topic.EVENTS.topicName(), DUMP_PATIENCE);
        History history = History.read(journals);
        List<Violation> violations = new ArrayList<>(observers.violations());
        try (Connection primary = DriverManager.getConnection(addresses.primary());
                Connection replica = DriverManager.getConnection(addresses.replica())) {
            violations.addAll(named("primary", new HistoryChecker().check(history, dump, primary)));
            // One that has not everything would be blamed for each row that it lacks.
            if (replicated) {
                violations.addAll(named("replica", new HistoryChecker().check(history, dump, replica)));
            }
            return new TortureReport(
                    settings,
                    faults,
                    new Sends(history.acknowledged(), history.unknown(), history.failed()),
                    dump.size(),
                    StoredCounts.read(primary),
                    observers.watches(),
                    Recoveries.of(observers.primaryCommits().recoveries()),
                    new TortureReport.CatchUps(catchUp, replicated),
                    violations);
        }
    }

    private static List<Violation> named(String database, List<Violation> violations) {
        return violations.stream()
                .map(each -> new Violation(each.invariant(), "on the " + database + ", " + each.what()))
                .toList();
    }
}
