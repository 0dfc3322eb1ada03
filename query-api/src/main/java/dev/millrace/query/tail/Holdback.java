package dev.millrace.query.tail;

import java.util.ArrayList;
import java.util.List;

/** What the tail brought for a client that still reads. Not thread-safe. */
final class Holdback {
    private final List<Frame> frames = new ArrayList<>();
    private long bytes;

    void add(List<Frame> more) {
        frames.addAll(more);
        more.forEach(frame -> bytes += frame.bytes());
    }

    List<Frame> frames() {
        return List.copyOf(frames);
    }

    int events() {
        return frames.size();
    }

    long bytes() {
        return bytes;
    }

    void clear() {
        frames.clear();
        bytes = 0;
    }
}
