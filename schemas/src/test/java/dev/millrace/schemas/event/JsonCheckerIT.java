package dev.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.TestDatabase;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The checker stands in for Postgres, so Postgres is asked whether it does so rightly. */
class JsonCheckerIT {
    private static final int DOCUMENTS = 20_000;
    private static final int BATCH = 1_000;
    private static final int SHOWN = 10;
    private static final long REFUSED = -1;

    /** The printed size, or -1; the subselect keeps the cast away from what is not valid. */
    private static final String ASK = "SELECT CASE WHEN pg_input_is_valid(document, 'jsonb')"
            + " THEN octet_length(document::jsonb::text) ELSE -1 END"
            + " FROM unnest(?::text[]) WITH ORDINALITY AS asked (document, place) ORDER BY place";

    /** What the checker refuses although Postgres does not. */
    private static final List<RejectReason> STRICTER = List.of(
            RejectReason.DUPLICATE_KEY,
            RejectReason.TOO_DEEP,
            RejectReason.NUMBER_OUT_OF_RANGE,
            RejectReason.NOT_AN_OBJECT);

    private record Verdict(String document, long printed, RejectReason reason) {}

    private final long seed = Long.getLong("json.seed", new Random().nextLong());
    private final JsonChecker checker = new JsonChecker();
    private final Map<RejectReason, Integer> refused = new EnumMap<>(RejectReason.class);

    @Test
    void postgresAgreesOnWhatIsJsonAndOnItsPrintedSize() throws SQLException {
        // Given
        List<Verdict> verdicts = verdicts();
        List<String> differences = new ArrayList<>();
        try (TestDatabase database = TestDatabase.createEmpty();
                Connection connection = database.connect(TestDatabase.OWNER)) {
            for (int from = 0; from < verdicts.size(); from += BATCH) {
                List<Verdict> batch = verdicts.subList(from, Math.min(from + BATCH, verdicts.size()));
                // When
                List<Long> answers = ask(connection, batch);
                // Then
                for (int index = 0; index < batch.size(); index++) {
                    noteDifference(batch.get(index), answers.get(index), differences);
                }
            }
        }
        assertThat(differences).as("json.seed=%d", seed).isEmpty();
        assertThat(verdicts.stream().filter(verdict -> verdict.reason() == null).count())
                .as("accepted, json.seed=%d", seed)
                .isGreaterThan(DOCUMENTS / 4);
        assertThat(refused)
                .containsKeys(
                        RejectReason.INVALID_JSON,
                        RejectReason.INVALID_UTF8,
                        RejectReason.DUPLICATE_KEY,
                        RejectReason.TOO_DEEP,
                        RejectReason.NUMBER_OUT_OF_RANGE,
                        RejectReason.NUL_CHARACTER,
                        RejectReason.INVALID_SURROGATE);
    }

    private List<Verdict> verdicts() {
        RandomJson documents = new RandomJson(new Random(seed));
        List<Verdict> verdicts = new ArrayList<>();
        for (int index = 0; index < DOCUMENTS; index++) {
            byte[] json = documents.next();
            Verdict verdict = verdict(json);
            if (verdict.reason() != null) {
                refused.merge(verdict.reason(), 1, Integer::sum);
            }
            if (canBeSent(json)) {
                verdicts.add(verdict);
            } else {
                assertThat(verdict.reason()).as("json.seed=%d", seed).isNotNull();
            }
        }
        return verdicts;
    }

    private Verdict verdict(byte[] json) {
        String document = new String(json, StandardCharsets.UTF_8);
        try {
            return new Verdict(document, checker.checkObject(json, 0, json.length), null);
        } catch (InvalidEventException invalid) {
            return new Verdict(document, REFUSED, invalid.reason());
        }
    }

    /** The driver cannot send what is no text at all. */
    private static boolean canBeSent(byte[] json) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .chars()
                    .noneMatch(next -> next == 0);
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private static List<Long> ask(Connection connection, List<Verdict> batch) throws SQLException {
        Object[] documents = batch.stream().map(Verdict::document).toArray();
        try (PreparedStatement statement = connection.prepareStatement(ASK)) {
            statement.setArray(1, connection.createArrayOf("text", documents));
            try (ResultSet rows = statement.executeQuery()) {
                List<Long> answers = new ArrayList<>();
                while (rows.next()) {
                    answers.add(rows.getLong(1));
                }
                return answers;
            }
        }
    }

    private static void noteDifference(Verdict ours, long theirs, List<String> differences) {
        boolean isStricter = ours.reason() != null && STRICTER.contains(ours.reason());
        if (ours.printed() != theirs && !isStricter && differences.size() < SHOWN) {
            differences.add("checker: " + (ours.reason() == null ? ours.printed() : ours.reason()) + ", postgres: "
                    + theirs + ", document: " + ours.document());
        }
    }
}
