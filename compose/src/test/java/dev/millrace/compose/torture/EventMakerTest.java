package dev.millrace.compose.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.compose.history.Fate;
import dev.millrace.compose.history.Intent;
import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.EventLimits;
import dev.millrace.schemas.event.InvalidEventException;
import dev.millrace.schemas.event.RejectReason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is sent is what the history takes it for: else a verdict would say nothing. */
class EventMakerTest {
    private static final int MANY = 20_000;

    private final EventCodec codec = new EventCodec();

    @Test
    void everyEventThatIsMeantToBeValidIs() {
        assertThat(intents(1))
                .filteredOn(intent -> intent.fate() != Fate.POISON)
                .allSatisfy(intent -> {
                    codec.decode(intent.value());
                    codec.checkKey(intent.recordKey());
                });
    }

    @Test
    void noPoisonIsAnEvent() {
        assertThat(intents(2))
                .filteredOn(intent -> intent.fate() == Fate.POISON)
                .allSatisfy(intent -> assertThatThrownBy(() -> {
                            codec.decode(intent.value());
                            codec.checkKey(intent.recordKey());
                        })
                        .isInstanceOf(InvalidEventException.class));
    }

    @Test
    void poisonHasEveryReasonThatASingleRecordCanHave() {
        // Given
        PoisonMaker maker = new PoisonMaker(new Random(3));
        Set<RejectReason> reasons = new HashSet<>();
        // When
        for (int i = 0; i < 1_000; i++) {
            PoisonMaker.Bytes bytes = maker.next(new UUID(3, i));
            try {
                codec.decode(bytes.value());
                codec.checkKey(bytes.recordKey());
            } catch (InvalidEventException invalid) {
                reasons.add(invalid.reason());
            }
        }
        // Then
        Set<RejectReason> all = new HashSet<>(Set.of(RejectReason.values()));
        // These two are for the database to find.
        all.removeAll(Set.of(RejectReason.CONFLICT, RejectReason.REFUSED_BY_DATABASE));
        assertThat(reasons).isEqualTo(all);
    }

    @Test
    void repeatsAreWhatWasSentBeforeAndConflictsAreNot() {
        // Given
        Map<UUID, Intent> first = new HashMap<>();
        int repeats = 0;
        int conflicts = 0;
        // When, Then
        for (Intent intent : intents(4)) {
            Intent before = first.putIfAbsent(intent.eventId(), intent);
            if (intent.fate() == Fate.REPEAT) {
                repeats++;
                assertThat(before).isNotNull();
                assertThat(intent.value()).isEqualTo(before.value());
                assertThat(intent.key()).isEqualTo(before.key());
            } else if (intent.fate() == Fate.CONFLICT) {
                conflicts++;
                assertThat(before).isNotNull();
                assertThat(intent.value()).isNotEqualTo(before.value());
                assertThat(intent.key()).isEqualTo(before.key());
            } else {
                assertThat(before).isNull();
            }
        }
        assertThat(repeats).isBetween(MANY / 100, MANY / 25);
        assertThat(conflicts).isBetween(MANY / 1_000, MANY / 250);
    }

    @Test
    void sizesReachTheLimit() {
        // When
        IntSummaryStatistics lengths = intents(5).stream()
                .filter(intent -> intent.fate() == Fate.VALID)
                .mapToInt(intent -> intent.value().length)
                .summaryStatistics();
        // Then
        assertThat(lengths.getMax()).isGreaterThan(EventLimits.PAYLOAD_BYTES - 1_000);
        assertThat(lengths.getMin()).isLessThan(300);
    }

    private static List<Intent> intents(long seed) {
        EventMaker maker = new EventMaker(
                new Seeds(seed).random("test"), 0, List.of("key-0", "key-1"), new AtomicLong()::incrementAndGet);
        return Stream.generate(maker::next).limit(MANY).toList();
    }
}
