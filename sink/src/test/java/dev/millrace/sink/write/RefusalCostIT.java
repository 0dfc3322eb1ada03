package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.upkeep.TablePartitions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What repeats and refused rows cost, as a ratio to clean batches that are written in turn with them.
 * Run it by hand and alone: {@code mvn verify -Pfull -pl sink -Dit.test=RefusalCostIT}.
 */
@Tag("full")
class RefusalCostIT {
    private static final int ROWS = 5_000;
    private static final int ROUNDS = 15;
    private static final int WARM_UP = 5;
    private static final String TEXT = "x".repeat(400);

    private int nextOffset;

    @Test
    void onePoisonRecordInTenThousandCostsAtMostTwiceTheTimeOfItsBatch() {
        assertThat(ratio("1 refused in 10,000", offset -> offset % (2 * ROWS) == 1_234, offset -> false, false))
                .isLessThan(2);
    }

    @Test
    void onePercentPoisonKeepsHalfOfTheThroughput() {
        assertThat(ratio("1 % refused", offset -> offset % 100 == 17, offset -> false, true))
                .isLessThan(2);
    }

    @Test
    void onePercentRepeatsKeepHalfOfTheThroughput() {
        assertThat(ratio("1 % repeats", offset -> false, offset -> offset % 100 == 17, true))
                .isLessThan(2);
    }

    /** Time of a batch with such records to that of a clean one, median of the rounds. */
    private double ratio(String name, IntPredicate isBad, IntPredicate isRepeat, boolean everyBatch) {
        try (TestDatabase database = TestDatabase.create();
                BatchWriter clean = writer(database, "clean");
                BatchWriter spoiled = writer(database, "spoiled")) {
            clean.storedOffsets(List.of(0));
            List<Double> ratios = new ArrayList<>();
            List<Double> millis = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                double cleanNanos = nanos(clean, offset -> false, offset -> false);
                // One spoiled record in two batches: the batch that has it is what is asked for.
                nextOffset = everyBatch ? nextOffset : nextOffset + (2 * ROWS) - nextOffset % (2 * ROWS);
                moveTo(database, nextOffset);
                double spoiledNanos = nanos(spoiled, isBad, isRepeat);
                if (round >= WARM_UP) {
                    ratios.add(spoiledNanos / cleanNanos);
                    millis.add(cleanNanos / 1e6);
                }
            }
            ratios.sort(null);
            millis.sort(null);
            double median = ratios.get(ratios.size() / 2);
            System.out.printf(
                    "%s, time to that of a clean batch: median %.2f, min %.2f, max %.2f; clean %.0f ms for %d rows%n",
                    name, median, ratios.get(0), ratios.get(ratios.size() - 1), millis.get(millis.size() / 2), ROWS);
            return median;
        }
    }

    private double nanos(BatchWriter writer, IntPredicate isBad, IntPredicate isRepeat) {
        Batch batch = TestRows.batch(IntStream.range(nextOffset, nextOffset + ROWS)
                .mapToObj(offset -> row(offset, isBad, isRepeat))
                .toArray(EventRow[]::new));
        nextOffset += ROWS;
        long begin = System.nanoTime();
        writer.write(batch);
        return System.nanoTime() - begin;
    }

    private static EventRow row(int offset, IntPredicate isBad, IntPredicate isRepeat) {
        int id = isRepeat.test(offset) ? offset - 1 : offset;
        EventRow row =
                TestRows.row(offset, TestRows.id(id), "{\"text\": \"" + TEXT + "\", \"n\": " + id + ", \"d\": 1e9}");
        return isBad.test(offset) ? TestRows.unchecked(row, "1e9", "9e9999999") : row;
    }

    private static void moveTo(TestDatabase database, long offset) {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE sink_offset SET next_offset = " + offset);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static BatchWriter writer(TestDatabase database, String name) {
        return new BatchWriter(
                database.url() + "?user=" + TestDatabase.WRITER,
                name,
                "events.v1",
                "topic-id",
                new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER));
    }
}
