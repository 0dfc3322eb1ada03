package dev.millrace.query.tail;

import dev.millrace.query.read.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** What waits for one client, in bytes. Not thread-safe. */
final class Outbox {
    /** Most that is handed out at a time: what a client takes of it shows that it is alive. */
    private static final int PORTION = 1 << 16;

    /** @param closesEvent whether an event is complete with it */
    private record Piece(byte[] bytes, boolean closesEvent) {}

    private final Ticker ticker;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private int taken;
    private int events;
    private long bytes;
    private long lastAdded;
    private long waitingSince;

    Outbox(Ticker ticker) {
        this.ticker = ticker;
    }

    void add(Frame frame) {
        add(new Piece(frame.head(), false));
        add(new Piece(frame.body(), true));
        events++;
    }

    void add(byte[] sign) {
        add(new Piece(sign, false));
    }

    private void add(Piece piece) {
        lastAdded = ticker.nanoTime();
        if (pieces.isEmpty()) {
            waitingSince = lastAdded;
        }
        pieces.add(piece);
        bytes += piece.bytes.length;
    }

    int events() {
        return events;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Whether nothing was added for so long, and nothing waits. */
    boolean isSilentFor(Duration duration) {
        return pieces.isEmpty() && ticker.nanoTime() - lastAdded >= duration.toNanos();
    }

    /** Whether something waits, and nothing was taken for so long. */
    boolean isUntakenFor(Duration duration) {
        return !pieces.isEmpty() && ticker.nanoTime() - waitingSince >= duration.toNanos();
    }

    void clear() {
        pieces.clear();
        taken = 0;
        events = 0;
        bytes = 0;
    }

    /** The next bytes, never more than a portion; none if nothing waits. */
    byte[] take() {
        byte[] portion = new byte[(int) Math.min(PORTION, bytes)];
        int filled = 0;
        while (filled < portion.length) {
            Piece piece = pieces.element();
            int length = Math.min(piece.bytes.length - taken, portion.length - filled);
            System.arraycopy(piece.bytes, taken, portion, filled, length);
            filled += length;
            taken += length;
            if (taken == piece.bytes.length) {
                pieces.remove();
                taken = 0;
                events -= piece.closesEvent ? 1 : 0;
            }
        }
        bytes -= filled;
        waitingSince = ticker.nanoTime();
        return portion;
    }
}
