package dev.millrace.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.millrace.query.EventStore;
import dev.millrace.query.Filters;
import dev.millrace.query.ManyEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventExportIT {
    private static final int EVENTS = 20_000;

    private final List<Duration> pauses = new ArrayList<>();
    private Step duringPause = () -> {};
    private EventStore store;
    private Replica replica;
    private EventExporter exporter;

    @BeforeEach
    void start() throws SQLException {
        store = new EventStore();
        // Times in the order of the numbers: event n is the n-th.
        ManyEvents.fill(store, EVENTS, 1);
        replica = Replica.at(store.readerUrl(), 2, new MicrometerMetricsTrackerFactory(new SimpleMeterRegistry()));
        exporter = new EventExporter(replica, new PausingTicker(), 1);
    }

    @AfterEach
    void stop() throws SQLException {
        exporter.close();
        replica.close();
        store.close();
    }

    @Test
    void whatRunsIntoItsTimeLimitIsReadInSmallerSteps() throws Exception {
        for (EventFilter filter : List.of(EventFilter.ALL, Filters.filter(List.of("type-3"), List.of(), List.of()))) {
            // Given
            Places sink = new Places();
            store.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
            try (EventExport export = exporter.begin(filter).orElseThrow()) {
                Future<?> first = export.readInto(sink);
                Throwable stillReading = catchThrowable(() -> first.get(4_500, TimeUnit.MILLISECONDS));
                // When
                store.commit();
                first.get();
                List<String> places = new ArrayList<>(sink.places);
                int found = places.size();
                rest(export, sink, places);
                // Then
                assertThat(stillReading).isInstanceOf(TimeoutException.class);
                assertThat(pauses).isEmpty();
                assertThat(found).isBetween(1, EVENTS / 8);
                assertThat(places).isEqualTo(expected(filter));
            }
        }
    }

    @Test
    void aSearchThatFindsNothingInItsSpanGoesOn() throws Exception {
        // Given
        EventFilter last = Filters.filter(List.of(), List.of(), List.of("{\"n\": 19999}"));
        Places sink = new Places();
        store.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
        try (EventExport export = exporter.begin(last).orElseThrow()) {
            Future<?> first = export.readInto(sink);
            catchThrowable(() -> first.get(3_500, TimeUnit.MILLISECONDS));
            store.commit();
            first.get();
            List<String> places = new ArrayList<>(sink.places);
            boolean finishedAtOnce = export.isFinished();
            // When
            rest(export, sink, places);
            // Then
            assertThat(finishedAtOnce).isFalse();
            assertThat(places).containsExactly("3:4999");
        }
    }

    @Test
    void aReplicaThatIsBehindIsWaitedFor() throws Exception {
        // Given
        Places sink = new Places();
        try (EventExport export = exporter.begin(EventFilter.ALL).orElseThrow()) {
            moveOffsets(-1);
            duringPause = () -> {
                if (pauses.size() == 3) {
                    moveOffsets(1);
                }
            };
            // When
            List<String> places = new ArrayList<>();
            rest(export, sink, places);
            // Then
            assertThat(pauses).hasSize(3);
            assertThat(places).isEqualTo(expected(EventFilter.ALL));
        }
    }

    @Test
    void aReplicaThatStaysAwayEndsTheExport() throws Exception {
        // Given
        try (EventExport export = exporter.begin(EventFilter.ALL).orElseThrow()) {
            moveOffsets(-1);
            // When
            Throwable thrown =
                    catchThrowable(() -> export.readInto(new Places()).get());
            // Then
            assertThat(thrown).isInstanceOf(ExecutionException.class).cause().isInstanceOf(ReadException.class);
            assertThat(((ReadException) thrown.getCause()).kind()).isEqualTo(ReadException.Kind.UNAVAILABLE);
            assertThat(pauses.stream().mapToLong(Duration::toMillis))
                    .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
            assertThat(export.isFinished()).isFalse();
        }
    }

    @Test
    void anotherTopicIsNotTakenForTheSame() throws Exception {
        // Given
        try (EventExport export = exporter.begin(EventFilter.ALL).orElseThrow()) {
            store.remakeTopic("topic-two");
            // When
            Throwable thrown =
                    catchThrowable(() -> export.readInto(new Places()).get());
            // Then
            assertThat(thrown).cause().isInstanceOf(EventsGoneException.class);
        }
    }

    @Test
    void thereAreSoManyPlacesAndEachIsGivenBack() {
        // Given
        EventExport first = exporter.begin(EventFilter.ALL).orElseThrow();
        // When
        boolean refused = exporter.begin(EventFilter.ALL).isEmpty();
        first.close();
        // Then
        assertThat(refused).isTrue();
        assertThat(exporter.begin(EventFilter.ALL)).isPresent();
    }

    private static void rest(EventExport export, Places sink, List<String> places) throws Exception {
        while (!export.isFinished()) {
            export.readInto(sink).get();
            places.addAll(sink.places);
        }
    }

    private static List<String> expected(EventFilter filter) {
        return IntStream.range(0, EVENTS)
                .filter(n -> filter.equals(EventFilter.ALL) || n % 10 == 3)
                .mapToObj(n -> n % 4 + ":" + n / 4)
                .toList();
    }

    private void moveOffsets(int by) throws SQLException {
        store.execute("UPDATE sink_offset SET next_offset = next_offset + (" + by + ")");
        store.commit();
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** Takes chunks of any size. */
    private static final class Places implements EventSink {
        private final List<String> places = new ArrayList<>();

        @Override
        public void clear() {
            places.clear();
        }

        @Override
        public boolean add(PrintedEvent event) {
            places.add(new String(event.partition(), StandardCharsets.US_ASCII) + ":"
                    + new String(event.offset(), StandardCharsets.US_ASCII));
            return true;
        }
    }

    /** Does something else than to wait. */
    private final class PausingTicker implements Ticker {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) {
            pauses.add(duration);
            try {
                duringPause.run();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
