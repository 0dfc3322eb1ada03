package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TimetableTest {
    private static final Duration PERIOD = Duration.ofMillis(1);

    private final List<Long> taken = new CopyOnWriteArrayList<>();
    private final List<Long> missed = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstIsHere = new CountDownLatch(1);
    private final CountDownLatch firstMayGo = new CountDownLatch(1);

    /** Its first step takes as long as a test likes. */
    private final Timetable.Step slow = new Timetable.Step() {
        @Override
        public void take(long dueNanos) {
            taken.add(dueNanos);
            firstIsHere.countDown();
            try {
                firstMayGo.await();
            } catch (InterruptedException abandoned) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void miss(long dueNanos) {
            missed.add(dueNanos);
        }
    };

    @Test
    void slowStepMovesNoneOfTheNextAndTheEndMissesWhatWasDueBefore() throws Exception {
        // Given
        try (Timetable timetable = new Timetable("test", PERIOD, slow)) {
            timetable.begin();
            firstIsHere.await();
            while (System.nanoTime() - taken.get(0) < 20 * PERIOD.toNanos()) {
                Thread.onSpinWait();
            }
            // When
            timetable.end();
            firstMayGo.countDown();
            timetable.finish();
        }
        // Then
        assertThat(taken).hasSize(1);
        assertThat(missed).hasSizeGreaterThanOrEqualTo(19);
        for (int index = 0; index < missed.size(); index++) {
            assertThat(missed.get(index) - taken.get(0)).isEqualTo((index + 1) * PERIOD.toNanos());
        }
    }

    @Test
    void firstStepIsTakenHoweverShortTheTime() throws Exception {
        // Given
        firstMayGo.countDown();
        try (Timetable timetable = new Timetable("test", Duration.ofDays(1), slow)) {
            // When
            timetable.begin();
            timetable.end();
            timetable.finish();
        }
        // Then
        assertThat(taken).hasSize(1);
        assertThat(missed).isEmpty();
    }

    @Test
    void failureOfAStepIsTold() {
        // Given
        SQLException gone = new SQLException("gone");
        Timetable.Step failing = due -> {
            throw gone;
        };
        try (Timetable timetable = new Timetable("test", PERIOD, failing)) {
            // When
            timetable.begin();
            timetable.end();
            // Then
            assertThatThrownBy(timetable::finish).isSameAs(gone);
        }
    }

    @Test
    void defectOfAStepIsToldToo() {
        // Given
        IllegalStateException defect = new IllegalStateException("defect");
        Timetable.Step failing = due -> {
            throw defect;
        };
        try (Timetable timetable = new Timetable("test", PERIOD, failing)) {
            // When
            timetable.begin();
            timetable.end();
            // Then
            assertThatThrownBy(timetable::finish).isSameAs(defect);
        }
    }

    @Test
    void closingNeedsNoBeginning() {
        // When
        new Timetable("test", PERIOD, slow).close();
        // Then
        assertThat(taken).isEmpty();
    }
}
