package dev.millrace.schemas.testing.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.InvalidEventException;
import dev.millrace.schemas.event.RejectReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CorpusTest {
    /** Far above what a megabyte takes, far below what anybody would wait. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** What no bytes alone can bring about. */
    private static final Set<RejectReason> OF_THE_DATABASE =
            EnumSet.of(RejectReason.CONFLICT, RejectReason.REFUSED_BY_DATABASE);

    private final EventCodec codec = new EventCodec();

    @Test
    void codecGivesEveryRecordItsFateInTime() {
        // Given
        List<String> differences = new ArrayList<>();
        for (CorpusRecord record : Corpus.records()) {
            long begin = System.nanoTime();
            // When
            String verdict = verdict(record);
            // Then
            if (!verdict.equals(expected(record))) {
                differences.add(record + ": " + verdict + " instead of " + expected(record));
            }
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                differences.add(record + ": took " + (System.nanoTime() - begin) / 1_000_000 + " ms");
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void everyReasonThatBytesCanHaveOccursAndNoIdTwice() {
        // Given
        Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
        List<UUID> ids = new ArrayList<>();
        // When
        for (CorpusRecord record : Corpus.records()) {
            if (record.fate() instanceof Fate.Rejected rejected) {
                reasons.add(rejected.reason());
            } else if (record.fate() instanceof Fate.Stored stored) {
                ids.add(stored.event().eventId());
            }
        }
        // Then
        assertThat(reasons).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(OF_THE_DATABASE)));
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids).hasSizeGreaterThan(100);
    }

    private String verdict(CorpusRecord record) {
        try {
            UUID id = codec.decode(record.value()).eventId();
            codec.checkKey(record.key());
            return "stored " + id;
        } catch (InvalidEventException invalid) {
            return invalid.reason().label();
        }
    }

    private static String expected(CorpusRecord record) {
        if (record.fate() instanceof Fate.Stored stored) {
            return "stored " + stored.event().eventId();
        }
        return ((Fate.Rejected) record.fate()).reason().label();
    }
}
