package dev.millrace.query.tail;

import dev.millrace.query.read.Bound;
import dev.millrace.query.read.CompleteThrough;
import dev.millrace.query.read.CursorCodec;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.Order;
import dev.millrace.query.read.OrderKey;
import dev.millrace.query.read.StoredEvent;
import dev.millrace.query.read.StreamPosition;
import dev.millrace.query.read.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the tests of this package share: two partitions, one event a second in each. */
final class TailFixture {
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private TailFixture() {}

    static StoredEvent event(int partition, long offset) {
        OrderKey place = new OrderKey(START.plusSeconds(offset), partition, offset);
        return new StoredEvent(place, new UUID(partition, offset), "type", null, START, "{}", "{}");
    }

    /** @param offsets the last one seen of each partition; -1 for none */
    static StreamPosition position(long... offsets) {
        List<Bound> bounds = new ArrayList<>();
        for (long offset : offsets) {
            bounds.add(offset < 0 ? Bound.NONE : new Bound(offset, START.plusSeconds(offset)));
        }
        return new StreamPosition("topic", new CompleteThrough(bounds));
    }

    /** The event as the tail frames it, for a tail that has passed it and stands there. */
    static Frame frame(StoredEvent event, StreamPosition behind) {
        return new Frame(event, FORMAT.head(CursorCodec.encode(behind.cursor(HASH))), FORMAT.body(event));
    }

    static final long HASH = EventFilter.ALL.hash(Order.ASC);

    /** One line for each thing that is sent; cursors as they are. */
    static final StreamFormat FORMAT = new StreamFormat() {
        @Override
        public byte[] opening() {
            return bytes("opening\n");
        }

        @Override
        public byte[] head(String cursor) {
            return bytes(cursor + " ");
        }

        @Override
        public byte[] body(StoredEvent event) {
            return bytes(event.place().partition() + ":" + event.place().offset() + "\n");
        }

        @Override
        public byte[] position(String cursor) {
            return bytes("position " + cursor + "\n");
        }

        @Override
        public byte[] heartbeat(@Nullable String cursor) {
            return bytes("heartbeat " + cursor + "\n");
        }

        @Override
        public byte[] end(StreamEnd end) {
            return bytes("end " + end.kind() + "\n");
        }
    };

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Time that a test moves. */
    static final class ManualTicker implements Ticker {
        private long now;

        void advance(Duration duration) {
            now += duration.toNanos();
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            advance(duration);
        }
    }
}
