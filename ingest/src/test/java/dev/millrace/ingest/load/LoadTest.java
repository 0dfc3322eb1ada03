package dev.millrace.ingest.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.ingest.library.EventIds;
import dev.millrace.ingest.library.LibraryEvents;
import dev.millrace.ingest.publish.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final CompletableFuture<?> ACKNOWLEDGED = CompletableFuture.completedFuture(null);
    private static final CompletableFuture<?> REFUSED = CompletableFuture.failedFuture(new IllegalStateException());

    private final LibraryEvents library = new LibraryEvents(7, EventIds.V7, Instant.EPOCH);
    private final List<OutgoingEvent> sent = new ArrayList<>();

    @Test
    void sendsAsManyEventsAsAreDueWithinTheLength() {
        // Given
        Load load = load(new LoadPlan(1_000, Long.MAX_VALUE, Duration.ofMillis(300)));
        // When
        LoadReport report = load.run(this::acknowledge, () -> {});
        // Then
        assertThat(report.acknowledged()).isEqualTo(300).isEqualTo(sent.size());
        assertThat(report.failed()).isZero();
        assertThat(report.length()).isGreaterThanOrEqualTo(Duration.ofMillis(299));
        assertThat(report.eventsPerSecond()).isLessThanOrEqualTo(300 / 0.299);
    }

    @Test
    void sendsAsManyEventsAsWantedAtOnceWhereThereIsNoPace() {
        // Given
        LibraryEvents same = new LibraryEvents(7, EventIds.V7, Instant.EPOCH);
        Load load = load(new LoadPlan(LoadPlan.UNLIMITED, 1_000, LoadPlan.ENDLESS));
        // When
        LoadReport report = load.run(this::acknowledge, () -> {});
        // Then
        assertThat(report.acknowledged()).isEqualTo(1_000);
        assertThat(sent).allSatisfy(event -> assertThat(event).isEqualTo(same.next()));
    }

    @Test
    void waitBeforeAnEventIsSentCountsAsItsLatency() {
        // Given
        Load load = load(new LoadPlan(1_000, 200, LoadPlan.ENDLESS));
        long stallNanos = Duration.ofMillis(150).toNanos();
        // When
        LoadReport report = load.run(
                event -> {
                    long begin = System.nanoTime();
                    while (sent.isEmpty() && System.nanoTime() - begin < stallNanos) {
                        LockSupport.parkNanos(stallNanos);
                    }
                    return acknowledge(event);
                },
                () -> {});
        // Then
        assertThat(report.latency().max()).isGreaterThanOrEqualTo(150);
        assertThat(report.latency().p50()).isGreaterThanOrEqualTo(40);
        assertThat(report.behind()).isGreaterThanOrEqualTo(Duration.ofMillis(149));
    }

    @Test
    void answersAreCountedAndMeasuredUntilThePublisherIsClosed() {
        // Given
        Load load = load(new LoadPlan(LoadPlan.UNLIMITED, 10, LoadPlan.ENDLESS));
        CompletableFuture<Void> late = new CompletableFuture<>();
        // When
        LoadReport report = load.run(
                event -> {
                    acknowledge(event);
                    return sent.size() == 1 ? late : sent.size() <= 4 ? REFUSED : ACKNOWLEDGED;
                },
                () -> late.complete(null));
        // Then
        assertThat(report.acknowledged()).isEqualTo(7);
        assertThat(report.failed()).isEqualTo(3);
        assertThat(report.latency().max()).isPositive();
        assertThat(report.behind()).isZero();
    }

    @Test
    void stopEndsItLongBeforeTheNextEventIsDue() throws Exception {
        // Given
        CountDownLatch first = new CountDownLatch(1);
        Load load = new Load(new LoadPlan(0.001, 100, LoadPlan.ENDLESS), library::next, count -> first.countDown());
        CompletableFuture<LoadReport> running =
                CompletableFuture.supplyAsync(() -> load.run(this::acknowledge, () -> {}));
        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        // When
        load.stop();
        // Then
        assertThat(running.get(10, TimeUnit.SECONDS).acknowledged()).isEqualTo(1);
    }

    @Test
    void stopWakesWhoWaitsForKafkaAndTheAnswersAreStillWaitedFor() throws Exception {
        // Given
        CountDownLatch stuck = new CountDownLatch(1);
        Load load = load(new LoadPlan(LoadPlan.UNLIMITED, 100, LoadPlan.ENDLESS));
        CompletableFuture<Boolean> wokenAtClose = new CompletableFuture<>();
        CompletableFuture<LoadReport> running = CompletableFuture.supplyAsync(() -> load.run(
                event -> {
                    stuck.countDown();
                    LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
                    return REFUSED;
                },
                () -> wokenAtClose.complete(Thread.currentThread().isInterrupted())));
        assertThat(stuck.await(10, TimeUnit.SECONDS)).isTrue();
        // When
        load.stop();
        // Then
        assertThat(running.get(10, TimeUnit.SECONDS).failed()).isEqualTo(1);
        assertThat(wokenAtClose).isCompletedWithValue(false);
    }

    @Test
    void expectsWhatEndsFirst() {
        assertThat(new LoadPlan(300, Long.MAX_VALUE, Duration.ofSeconds(30)).expected())
                .isEqualTo(9_000);
        assertThat(new LoadPlan(300, 100, Duration.ofSeconds(30)).expected()).isEqualTo(100);
        assertThat(new LoadPlan(LoadPlan.UNLIMITED, Long.MAX_VALUE, Duration.ofSeconds(30)).expected())
                .isEqualTo(Long.MAX_VALUE);
    }

    private Load load(LoadPlan plan) {
        return new Load(plan, library::next, count -> {});
    }

    private CompletableFuture<?> acknowledge(OutgoingEvent event) {
        sent.add(event);
        return ACKNOWLEDGED;
    }
}
