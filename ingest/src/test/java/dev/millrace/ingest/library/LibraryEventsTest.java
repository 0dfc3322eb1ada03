package dev.millrace.ingest.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.millrace.ingest.publish.OutgoingEvent;
import dev.millrace.schemas.event.EventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LibraryEventsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MANY = 200_000;
    private static final Pattern READER = Pattern.compile("\"readerId\":\"([^\"]+)\"");

    private static final List<OutgoingEvent> EVENTS = events(7, EventIds.RANDOM, MANY);

    @ParameterizedTest
    @EnumSource
    void sameSeedMakesTheSameEvents(EventIds ids) {
        assertThat(events(7, ids, 5_000)).isEqualTo(events(7, ids, 5_000));
    }

    @Test
    void anotherSeedMakesOtherIdsAndKeys() {
        // When
        List<OutgoingEvent> others = events(8, EventIds.RANDOM, 5_000);
        // Then
        assertThat(eventIds(others))
                .filteredOn(new HashSet<>(eventIds(EVENTS))::contains)
                .isEmpty();
        assertThat(keys(others)).filteredOn(keys(EVENTS)::contains).isEmpty();
    }

    @Test
    void loansAreOfTheBooksWhoseIdsItTells() {
        // Given
        LibraryEvents library = new LibraryEvents(7, EventIds.RANDOM, START);
        Set<String> books = IntStream.range(0, LibraryEvents.BOOKS)
                .mapToObj(library::bookId)
                .collect(Collectors.toSet());
        // When
        List<OutgoingEvent> loans = EVENTS.stream()
                .filter(outgoing -> outgoing.event().eventType().equals("BOOK-LENT"))
                .toList();
        // Then
        assertThat(books).hasSize(LibraryEvents.BOOKS);
        assertThat(loans)
                .hasSizeGreaterThan(MANY / 4)
                .allMatch(loan -> books.contains(loan.key()))
                .allMatch(loan -> loan.event().payload().contains("\"bookId\":\"" + loan.key() + "\""));
    }

    @Test
    void eventsHaveTheSizeOfARealStoresInUtf8BytesOfPayloadAndMetadata() {
        // When
        double mean =
                EVENTS.stream().mapToInt(LibraryEventsTest::size).average().orElseThrow();
        Map<String, Double> byType = EVENTS.stream()
                .collect(Collectors.groupingBy(
                        outgoing -> outgoing.event().eventType(), Collectors.averagingInt(LibraryEventsTest::size)));
        // Then
        assertThat(mean).isBetween(430.0, 490.0);
        assertThat(byType.values()).allSatisfy(size -> assertThat(size).isBetween(380.0, 540.0));
    }

    @Test
    void fewBooksAndReadersAreWantedOften() {
        // When
        Map<String, Long> byBook = countBy(outgoing -> outgoing.key(), "BOOK-LENT");
        Map<String, Long> byReader = countBy(LibraryEventsTest::reader, "BOOK-LENT");
        // Then
        assertThat(shareOfTop(6_000, byBook)).isBetween(0.45, 0.75);
        assertThat(shareOfTop(1_000, byReader)).isBetween(0.25, 0.5);
        assertThat(byReader).hasSizeBetween(8_000, LibraryEvents.READERS);
        assertThat(byBook).hasSizeBetween(15_000, LibraryEvents.BOOKS);
    }

    @Test
    void allKindsOfEventsComeAndMostAreLoansAndReturns() {
        // When
        Map<String, Long> byType = countBy(outgoing -> outgoing.event().eventType(), "");
        // Then
        assertThat(byType)
                .containsOnlyKeys("BOOK-ADDED", "BOOK-LENT", "BOOK-RETURNED", "READER-REGISTERED", "READER-CANCELLED");
        assertThat(byType.get("BOOK-LENT") + byType.get("BOOK-RETURNED")).isGreaterThan(MANY * 6 / 10);
        assertThat(byType.get("READER-CANCELLED")).isPositive();
    }

    @Test
    void booksAndReadersLiveConsistentLives() {
        // Given
        Set<String> added = new HashSet<>();
        Set<String> registered = new HashSet<>();
        Map<String, String> readerByBook = new HashMap<>();
        // When, Then
        for (OutgoingEvent outgoing : EVENTS) {
            String key = outgoing.key();
            String reader = reader(outgoing);
            switch (outgoing.event().eventType()) {
                case "BOOK-ADDED" -> assertThat(added.add(key)).isTrue();
                case "READER-REGISTERED" -> assertThat(registered.add(key)).isTrue();
                case "BOOK-LENT" -> {
                    assertThat(added.contains(key)).isTrue();
                    assertThat(registered.contains(reader)).isTrue();
                    assertThat(readerByBook.put(key, reader)).isNull();
                }
                case "BOOK-RETURNED" -> assertThat(readerByBook.remove(key)).isEqualTo(reader);
                default -> {
                    assertThat(registered.remove(key)).isTrue();
                    assertThat(readerByBook.containsValue(key)).isFalse();
                }
            }
        }
    }

    @Test
    void timeNeverRunsBackwards() {
        // When
        List<Instant> times =
                EVENTS.stream().map(outgoing -> outgoing.event().occurredAt()).toList();
        // Then
        assertThat(times).isSorted();
        assertThat(times.get(0)).isAfterOrEqualTo(START);
    }

    @ParameterizedTest
    @EnumSource
    void codecAcceptsEveryEvent(EventIds ids) {
        // Given
        EventCodec codec = new EventCodec();
        List<OutgoingEvent> events = events(9, ids, 50_000);
        // When, Then
        assertThatCode(() -> events.forEach(outgoing -> {
                    codec.encodeKey(outgoing.key());
                    codec.encode(outgoing.event());
                }))
                .doesNotThrowAnyException();
    }

    @Test
    void idsOfVersion7GrowWithTimeAndThoseOfVersion4DoNot() {
        // When
        List<UUID> ordered = eventIds(events(7, EventIds.V7, 5_000));
        List<UUID> random = eventIds(events(7, EventIds.RANDOM, 5_000));
        // Then
        assertThat(ordered).doesNotHaveDuplicates().allMatch(id -> id.version() == 7 && id.variant() == 2);
        assertThat(random).doesNotHaveDuplicates().allMatch(id -> id.version() == 4 && id.variant() == 2);
        assertThat(ordered.stream().map(id -> id.getMostSignificantBits() >>> 16))
                .isSorted();
        assertThat(ordered.get(0).getMostSignificantBits() >>> 16).isEqualTo(START.toEpochMilli());
    }

    private static List<OutgoingEvent> events(long seed, EventIds ids, int count) {
        LibraryEvents library = new LibraryEvents(seed, ids, START);
        return Stream.generate(library::next).limit(count).toList();
    }

    private static int size(OutgoingEvent outgoing) {
        return (outgoing.event().payload() + outgoing.event().metadata()).getBytes(StandardCharsets.UTF_8).length;
    }

    private static List<UUID> eventIds(List<OutgoingEvent> events) {
        return events.stream().map(outgoing -> outgoing.event().eventId()).toList();
    }

    private static Set<String> keys(List<OutgoingEvent> events) {
        return events.stream().map(OutgoingEvent::key).collect(Collectors.toSet());
    }

    private static String reader(OutgoingEvent outgoing) {
        Matcher reader = READER.matcher(outgoing.event().payload());
        return reader.find() ? reader.group(1) : "";
    }

    private static Map<String, Long> countBy(Function<OutgoingEvent, String> group, String type) {
        return EVENTS.stream()
                .filter(outgoing -> outgoing.event().eventType().startsWith(type))
                .collect(Collectors.groupingBy(group, Collectors.counting()));
    }

    private static double shareOfTop(int count, Map<String, Long> counts) {
        double all = counts.values().stream().mapToLong(Long::longValue).sum();
        return counts.values().stream()
                        .sorted(Collections.reverseOrder())
                        .limit(count)
                        .mapToLong(Long::longValue)
                        .sum()
                / all;
    }
}
