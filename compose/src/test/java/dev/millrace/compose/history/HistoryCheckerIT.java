package dev.millrace.compose.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.compose.history.RecordedRun.Step;
import dev.millrace.compose.history.RecordedRun.Told;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.TestTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plants faults one at a time: the checker must name each, and must be silent without. */
class HistoryCheckerIT {
    private static final String EVENT_COPY = "INSERT INTO event SELECT appended_at, kafka_partition, %d, event_key,"
            + " %s, event_type, occurred_at, payload, metadata FROM event WHERE (kafka_partition, kafka_offset) = (0, 1)";

    private static TestTopic topic;
    private static List<Step> steps;
    private static Map<Integer, List<ConsumerRecord<byte[], byte[]>>> records;
    private static TopicDump dump;

    @TempDir
    private Path directory;

    private final StoredRun stored = new StoredRun(topic.name());

    @BeforeAll
    static void publish() {
        topic = TestTopic.create(Topic.EVENTS);
        try (RecordedRun run = new RecordedRun(topic.bootstrapServers(), topic.name())) {
            run.publish();
            steps = run.steps();
        }
        records = StoredRun.consume(topic.bootstrapServers(), topic.name());
        dump = TopicDump.read(
                Map.of("bootstrap.servers", topic.bootstrapServers()), topic.name(), Duration.ofSeconds(30));
    }

    @AfterAll
    static void deleteTopic() {
        topic.close();
    }

    @AfterEach
    void close() {
        stored.close();
    }

    @Test
    void cleanRunWithEveryFateAndOutcomeIsClean() throws Exception {
        // Given
        stored.write(records, 0);
        // When
        History history = RecordedRun.journal(directory, steps);
        // Then
        assertThat(check(history)).isEmpty();
        assertThat(dump.size()).isEqualTo(12);
        assertThat(List.of(history.size(), history.acknowledged(), history.failed(), history.unknown()))
                .containsExactly(14L, 11L, 1L, 2L);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            COMPLETENESS     | event has no row for the record at 0:1        | DELETE FROM event WHERE (kafka_partition, kafka_offset) = (0, 1)
            COMPLETENESS     | event_identity has no row for the record at 0:1 | DELETE FROM event_identity WHERE (kafka_partition, kafka_offset) = (0, 1)
            FIDELITY         | event differs in [payload] from the record at 0:1 | UPDATE event SET payload = jsonb_set(payload, '{copies}', '1.51') WHERE (kafka_partition, kafka_offset) = (0, 1)
            FIDELITY         | event differs in [metadata] from the record at 0:1 | UPDATE event SET metadata = '{"a":1}' WHERE (kafka_partition, kafka_offset) = (0, 1)
            FIDELITY         | event differs in [event_key] from the record at 0:1 | UPDATE event SET event_key = 'b' WHERE (kafka_partition, kafka_offset) = (0, 1)
            FIDELITY         | event differs in [event_key] from the record at 1:4 | UPDATE event SET event_key = '' WHERE (kafka_partition, kafka_offset) = (1, 4)
            FIDELITY         | event differs in [event_type] from the record at 0:1 | UPDATE event SET event_type = 'x' WHERE (kafka_partition, kafka_offset) = (0, 1)
            FIDELITY         | event differs in [occurred_at] from the record at 0:1 | UPDATE event SET occurred_at = occurred_at + interval '1 microsecond' WHERE (kafka_partition, kafka_offset) = (0, 1)
            FIDELITY         | event_identity has the event_id            | UPDATE event_identity SET kafka_offset = 1 - kafka_offset WHERE kafka_partition = 0 AND kafka_offset < 2
            ORDER            | event has appended_at                      | UPDATE event SET appended_at = appended_at - interval '1 second' WHERE (kafka_partition, kafka_offset) = (0, 5)
            REJECTION        | rejected_event has no row for the record at 0:4 | DELETE FROM rejected_event WHERE (kafka_partition, kafka_offset) = (0, 4)
            REJECTION        | rejected_event differs in [value] from the record at 0:4 | UPDATE rejected_event SET value = set_byte(value, 2, 1) WHERE (kafka_partition, kafka_offset) = (0, 4)
            REJECTION        | rejected_event differs in [value] from the record at 1:3 | UPDATE rejected_event SET value = '' WHERE (kafka_partition, kafka_offset) = (1, 3)
            REJECTION        | rejected_event differs in [headers] from the record at 0:4 | UPDATE rejected_event SET headers = '[]' WHERE (kafka_partition, kafka_offset) = (0, 4)
            REJECTION        | rejected_event differs in [reason (nul_character)] | UPDATE rejected_event SET reason = 'nul_character' WHERE (kafka_partition, kafka_offset) = (0, 4)
            OFFSET_AGREEMENT | partition 0 has next_offset 8, the topic says 7 | UPDATE sink_offset SET next_offset = next_offset + 1 WHERE kafka_partition = 0
            OFFSET_AGREEMENT | partition 0 has next_offset 6, the topic says 7 | UPDATE sink_offset SET next_offset = next_offset - 1 WHERE kafka_partition = 0
            OFFSET_AGREEMENT | partition 0 has stored 4, the topic says 3  | UPDATE sink_offset SET stored = stored + 1 WHERE kafka_partition = 0
            OFFSET_AGREEMENT | partition 1 has duplicates 0, the topic says 1 | UPDATE sink_offset SET duplicates = duplicates - 1 WHERE kafka_partition = 1
            OFFSET_AGREEMENT | rejected_event has 2 rows of partition 0, sink_offset counts 1 | UPDATE sink_offset SET rejected = rejected - 1 WHERE kafka_partition = 0
            OFFSET_AGREEMENT | has last_appended_at                       | UPDATE sink_offset SET last_appended_at = last_appended_at + interval '1 ms' WHERE kafka_partition = 0
            OFFSET_AGREEMENT | sink_offset has no row for partition 1     | DELETE FROM sink_offset WHERE kafka_partition = 1
            """)
    void plantedFaultIsNamed(Invariant invariant, String what, String fault) throws Exception {
        // Given
        stored.write(records, 0);
        // When
        int planted = stored.execute(fault);
        // Then
        assertThat(planted).isPositive();
        assertThat(check(RecordedRun.journal(directory, steps))).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            assertThat(violation.what()).contains(what);
        });
    }

    @Test
    void idsExchangedBetweenTwoOffsetsAreFoundAtBoth() throws Exception {
        // Given
        stored.write(records, 0);
        // When
        stored.execute("UPDATE event SET event_id = (SELECT other.event_id FROM event other WHERE"
                + " other.kafka_partition = 0 AND other.kafka_offset = 1 - event.kafka_offset)"
                + " WHERE kafka_partition = 0 AND kafka_offset < 2");
        // Then
        assertThat(check(RecordedRun.journal(directory, steps)))
                .extracting(Violation::toString)
                .hasSize(2)
                .allMatch(text -> text.startsWith("FIDELITY: event differs in [event_id] from the record at 0:"));
    }

    @Test
    void rowThatTheTopicDoesNotAskForIsNamed() throws Exception {
        // Given
        stored.write(records, 0);
        // When
        stored.execute(EVENT_COPY.formatted(2, "event_id"));
        stored.execute(EVENT_COPY.formatted(77, "'" + UUID.randomUUID() + "'"));
        stored.execute(
                EVENT_COPY.formatted(1, "event_id").replace("SELECT appended_at", "SELECT appended_at + '1 ms'"));
        stored.execute("INSERT INTO rejected_event SELECT 'other', 0, 1, 'conflict', '', NULL, NULL, '[]'");
        stored.execute("INSERT INTO event_identity SELECT gen_random_uuid(), 3, 0, now()");
        // Then
        assertThat(check(RecordedRun.journal(directory, steps)))
                .filteredOn(violation -> violation.invariant() == Invariant.NOTHING_ELSE)
                .extracting(Violation::what)
                .anyMatch(what -> what.startsWith("event has a row at 0:2, but the record there is 0:2 (DUPLICATE"))
                .anyMatch(what -> what.startsWith("event has a row at 0:77, but the topic has no record there"))
                .anyMatch(what -> what.startsWith("event has a row at 0:1 more than once"))
                .anyMatch(what -> what.startsWith("rejected_event has a row of the topic other at 0:1"))
                .anyMatch(what -> what.startsWith("event_identity has a row at 3:0"))
                .hasSize(5);
    }

    @Test
    void conflictTakenForADuplicateIsNamed() throws Exception {
        // Given
        stored.write(records, 0);
        // When
        stored.execute("DELETE FROM rejected_event WHERE reason = 'conflict'");
        stored.execute("UPDATE sink_offset SET rejected = rejected - 1, duplicates = duplicates + 1"
                + " WHERE kafka_partition = 0");
        // Then
        assertThat(check(RecordedRun.journal(directory, steps)))
                .extracting(Violation::toString)
                .anyMatch(text -> text.startsWith("REJECTION: rejected_event has no row for the record at 0:3"))
                .anyMatch(text -> text.contains("partition 0 has duplicates 3, the topic says 2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2  | FAILED       | is of a send that failed
            14 | FAILED       | is of a send that failed
            0  | ACKNOWLEDGED | nobody sent the record at 0:0
            """)
    void journalThatTheTopicContradictsIsNamed(long send, Told told, String what) throws Exception {
        // Given
        stored.write(records, 0);
        List<Step> otherwise = new ArrayList<>();
        for (Step step : steps) {
            boolean chosen = step.intent().send() == send;
            otherwise.add(chosen ? new Step(step.intent(), told, null) : step);
        }
        // When
        if (send == 0) {
            otherwise.removeIf(
                    step -> step.intent().eventId().equals(steps.get(0).intent().eventId()));
        }
        // Then
        assertThat(check(RecordedRun.journal(directory, otherwise)))
                .extracting(Violation::toString)
                .anyMatch(text -> text.startsWith("TOPIC: ") && text.contains(what));
    }

    @Test
    void acknowledgementsThatAreNotTrueAreNamed() throws Exception {
        // Given
        stored.write(records, 0);
        List<Step> swapped = new ArrayList<>(steps);
        swapped.set(
                0,
                new Step(steps.get(0).intent(), Told.ACKNOWLEDGED, steps.get(1).at()));
        swapped.set(
                1,
                new Step(steps.get(1).intent(), Told.ACKNOWLEDGED, steps.get(0).at()));
        // When
        List<Violation> violations = check(RecordedRun.journal(directory, swapped));
        // Then
        assertThat(violations)
                .extracting(Violation::toString)
                .anyMatch(text -> text.startsWith("TOPIC: send 1 ") && text.contains("where other bytes are"))
                .anyMatch(text -> text.startsWith("ORDER: key a: number 1 of send 1"));
    }

    @Test
    void acceptedGapExcusesItsRecordsAndOnlyThose() throws Exception {
        // Given
        stored.execute("UPDATE sink_offset SET next_offset = 2 WHERE kafka_partition < 2");
        stored.write(records, 2);
        History history = RecordedRun.journal(directory, steps);
        // When
        stored.execute("INSERT INTO sink_gap SELECT '" + topic.name()
                + "', kafka_partition, 0, 2, 'test', NULL FROM generate_series(0, 1) AS kafka_partition");
        List<Violation> waiting = check(history);
        stored.execute("UPDATE sink_gap SET accepted_at = now()");
        List<Violation> accepted = check(history);
        stored.execute("UPDATE sink_gap SET until_offset = 1 WHERE kafka_partition = 0");
        List<Violation> shorter = check(history);
        // Then
        assertThat(accepted).isEmpty();
        assertThat(waiting).isNotEmpty();
        assertThat(shorter)
                .extracting(Violation::toString)
                .anyMatch(text -> text.startsWith("COMPLETENESS: event has no row for the record at 0:1"));
    }

    @Test
    void lastLineThatWasCutIsASendOfUnknownOutcome() throws Exception {
        // Given
        stored.write(records, 0);
        RecordedRun.journal(directory, steps);
        Path journal = directory.resolve("producer-1");
        String all = Files.readString(journal);
        // When
        Files.writeString(journal, all.substring(0, all.length() - 3));
        History history = History.read(directory);
        // Then
        assertThat(List.of(history.size(), history.acknowledged(), history.unknown()))
                .containsExactly(14L, 10L, 3L);
        assertThat(check(history)).isEmpty();
    }

    private List<Violation> check(History history) throws SQLException {
        try (Connection connection = stored.connect()) {
            return new HistoryChecker().check(history, dump, connection);
        }
    }
}
