package dev.millrace.query.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.tail.TailFixture.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EntranceTest {
    private static final Opening BEGUN = new Opening.Gone("begun");

    private final ManualTicker ticker = new ManualTicker();
    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final List<String> begun = new ArrayList<>();
    private final Entrance entrance = new Entrance(turns::add, ticker);

    @Test
    void everybodyBeginsInTurn() {
        // When
        CompletableFuture<Opening> first = admit("first");
        CompletableFuture<Opening> second = admit("second");
        turns.remove().run();
        // Then
        assertThat(first).isCompletedWithValue(BEGUN);
        assertThat(second).isNotDone();
        turns.remove().run();
        assertThat(second).isCompletedWithValue(BEGUN);
        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void whoWaitedTooLongIsRefusedAndCostsNothing() {
        // When
        CompletableFuture<Opening> patient = admit("patient");
        ticker.advance(Duration.ofSeconds(5));
        turns.remove().run();
        CompletableFuture<Opening> late = admit("late");
        ticker.advance(Duration.ofSeconds(5).plusMillis(1));
        turns.remove().run();
        // Then
        assertThat(patient).isCompletedWithValue(BEGUN);
        assertThat(late.join()).isInstanceOf(Opening.Refused.class);
        assertThat(begun).containsExactly("patient");
    }

    @Test
    void whatGoesWrongIsTheResult() {
        // When
        CompletableFuture<Opening> opening = entrance.admit(() -> {
            throw new IllegalStateException("no replica");
        });
        turns.remove().run();
        // Then
        assertThat(opening).isCompletedExceptionally();
    }

    @Test
    void nobodyWaitsForAServiceThatStops() {
        // Given
        CompletableFuture<Opening> waiting = admit("waiting");
        // When
        entrance.close();
        CompletableFuture<Opening> later = admit("later");
        // Then
        assertThat(waiting.join()).isInstanceOf(Opening.Refused.class);
        assertThat(later.join()).isInstanceOf(Opening.Refused.class);
    }

    private CompletableFuture<Opening> admit(String name) {
        return entrance.admit(() -> {
            begun.add(name);
            return BEGUN;
        });
    }
}
