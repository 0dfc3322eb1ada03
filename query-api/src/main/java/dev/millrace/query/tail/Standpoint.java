package dev.millrace.query.tail;

import dev.millrace.query.read.CursorCodec;
import dev.millrace.query.read.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client that follows has seen. One that has just joined may have read more than the tail has in
 * some partitions; until the tail is there too, it gets only what it has not seen, with cursors of its
 * own. Not thread-safe.
 */
final class Standpoint {
    private final StreamFormat format;
    private final long filterHash;
    private @Nullable StreamPosition ahead;

    Standpoint(StreamFormat format, long filterHash) {
        this.format = format;
        this.filterHash = filterHash;
    }

    /** Has read everything up to there. */
    void begin(StreamPosition position) {
        ahead = position;
    }

    /** Those of the frames that it has not seen. */
    List<Frame> unseen(List<Frame> frames) {
        StreamPosition own = ahead;
        if (own == null) {
            return frames;
        }
        List<Frame> unseen = new ArrayList<>(frames.size());
        for (Frame frame : frames) {
            if (!own.covers(frame.event())) {
                own = own.after(frame.event());
                unseen.add(frame.withHead(format.head(text(own))));
            }
        }
        ahead = own;
        return unseen;
    }

    /** The tail is there now. */
    void passedBy(StreamPosition tail) {
        if (ahead != null && tail.covers(ahead)) {
            ahead = null;
        }
    }

    /** Where it stands while the tail stands there. */
    String cursor(StreamPosition tail) {
        return text(ahead == null ? tail : ahead.furthest(tail));
    }

    private String text(StreamPosition position) {
        return CursorCodec.encode(position.cursor(filterHash));
    }
}
