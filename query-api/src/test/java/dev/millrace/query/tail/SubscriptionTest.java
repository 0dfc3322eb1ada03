package dev.millrace.query.tail;

import static dev.millrace.query.tail.TailFixture.event;
import static dev.millrace.query.tail.TailFixture.frame;
import static dev.millrace.query.tail.TailFixture.position;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.read.CursorCodec;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.StreamPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private final TailFixture.ManualTicker ticker = new TailFixture.ManualTicker();
    private final StreamLimits limits = new StreamLimits(1, 8, 1 << 20, Duration.ofSeconds(15), Duration.ofSeconds(60));
    private final Subscription client = new Subscription(EventFilter.ALL, TailFixture.FORMAT, limits, ticker);

    @Test
    void whatTheTailBroughtMeanwhileComesOnceBehindWhatWasRead() {
        // Given: it joins where the tail stands, and has read further in partition 1 when it is done
        client.join();
        client.offer(List.of(tail(0, 3, 3, 2), tail(1, 3, 3, 3), tail(1, 4, 3, 4)), position(3, 4));
        // When
        boolean follows = client.follow(position(2, 3));
        client.offer(List.of(tail(1, 5, 3, 5)), position(3, 5));
        // Then
        assertThat(follows).isTrue();
        assertThat(lines())
                .containsExactly(
                        "opening",
                        "position " + cursor(2, 3),
                        cursor(3, 3) + " 0:3",
                        cursor(3, 4) + " 1:4",
                        cursor(3, 5) + " 1:5");
    }

    @Test
    void aClientThatIsAheadOfTheTailIsToldSoByItsCursors() {
        // Given
        client.join();
        client.follow(position(2, 9));
        // When: the tail comes along
        client.offer(List.of(tail(1, 8, 2, 8), tail(0, 3, 3, 8)), position(3, 8));
        client.offer(List.of(tail(1, 9, 3, 9), tail(0, 4, 4, 9)), position(4, 9));
        client.offer(List.of(tail(1, 10, 4, 10)), position(4, 10));
        // Then
        assertThat(lines())
                .containsExactly(
                        "opening",
                        "position " + cursor(2, 9),
                        cursor(3, 9) + " 0:3",
                        cursor(4, 9) + " 0:4",
                        cursor(4, 10) + " 1:10");
    }

    @Test
    void aHeartbeatOfAClientThatIsAheadDoesNotGoBack() {
        // Given
        client.join();
        client.follow(position(2, 9));
        // When
        client.beat(position(3, 8));
        // Then
        assertThat(lines()).last().isEqualTo("heartbeat " + cursor(3, 9));
    }

    @Test
    void whoCannotHoldBackWhatComesReadsByItselfAgain() {
        // Given
        client.join();
        // When
        Verdict first = client.offer(offsets(0, 8), position(7, -1));
        Verdict second = client.offer(offsets(8, 1), position(8, -1));
        // Then
        assertThat(first).isEqualTo(Verdict.KEEP);
        assertThat(second).isEqualTo(Verdict.LEAVE);
        assertThat(client.isJoining()).isFalse();
        assertThat(client.follow(position(8, -1))).isFalse();
        assertThat(lines()).containsExactly("opening");
        assertThat(client.wantsMore()).isTrue();
    }

    @Test
    void whoFollowsTooSlowlyIsToBeDroppedAndWhoTakesIsNot() {
        // Given
        client.join();
        client.follow(position(-1, -1));
        // When
        Verdict first = client.offer(offsets(0, 8), position(7, -1));
        int taken = lines().size();
        Verdict second = client.offer(offsets(8, 8), position(15, -1));
        Verdict third = client.offer(offsets(16, 1), position(16, -1));
        // Then
        assertThat(List.of(first, second, third)).containsExactly(Verdict.KEEP, Verdict.KEEP, Verdict.DROP);
        assertThat(taken).isEqualTo(10);
    }

    @Test
    void theReasonForTheEndComesLast() {
        // Given
        client.join();
        client.follow(position(-1, -1));
        client.offer(offsets(0, 1), position(0, -1));
        // When
        client.end(StreamEnd.gone("for a test"));
        boolean before = client.isOver();
        Verdict after = client.offer(offsets(1, 1), position(1, -1));
        // Then
        assertThat(before).isFalse();
        assertThat(after).isEqualTo(Verdict.LEAVE);
        assertThat(lines()).last().isEqualTo("end GONE");
        assertThat(client.isOver()).isTrue();
    }

    @Test
    void silenceAndDeafnessAreNoticed() {
        // Given
        client.start(new Outlet() {
            @Override
            public void wake() {}

            @Override
            public void abort() {}

            @Override
            public boolean isBlocked() {
                return true;
            }
        });
        ticker.advance(Duration.ofSeconds(59));
        boolean deafEarly = client.isStalled();
        ticker.advance(Duration.ofSeconds(1));
        boolean deaf = client.isStalled();
        lines();
        // When
        boolean silentEarly = client.isSilent();
        ticker.advance(Duration.ofSeconds(15));
        // Then
        assertThat(deafEarly).isFalse();
        assertThat(deaf).isTrue();
        assertThat(client.isStalled()).isFalse();
        assertThat(silentEarly).as("what was sent before was a minute ago").isTrue();
        assertThat(client.isSilent()).isTrue();
    }

    private static Frame tail(int partition, long offset, long... behind) {
        return frame(event(partition, offset), position(behind));
    }

    private static List<Frame> offsets(long from, int count) {
        List<Frame> frames = new ArrayList<>();
        for (long offset = from; offset < from + count; offset++) {
            frames.add(tail(0, offset, offset, -1));
        }
        return frames;
    }

    private static String cursor(long... offsets) {
        StreamPosition position = position(offsets);
        return CursorCodec.encode(position.cursor(TailFixture.HASH));
    }

    private List<String> lines() {
        StringBuilder taken = new StringBuilder();
        byte[] portion = client.take();
        while (portion.length > 0) {
            taken.append(new String(portion, StandardCharsets.UTF_8));
            portion = client.take();
        }
        return taken.toString().lines().toList();
    }
}
