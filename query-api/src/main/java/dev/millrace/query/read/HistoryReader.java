package dev.millrace.query.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the past for a stream: pages in which one can stop behind every event. Thread-safe. */
public final class HistoryReader {
    private static final WaitFor NOTHING = new WaitFor(List.of(), Duration.ZERO);

    private final EventReader reader;

    public HistoryReader(EventReader reader) {
        this.reader = reader;
    }

    /**
     * The next page.
     *
     * @param cursor of this filter, ascending; null for the beginning
     * @param limit most events, 1 or more
     * @throws ReadException if the replica gave no answer
     */
    public HistoryAnswer read(EventFilter filter, @Nullable Cursor cursor, int limit) {
        PageAnswer answer = reader.read(new PageRequest(filter, Order.ASC, limit, cursor, NOTHING));
        if (answer instanceof PageAnswer.Page page) {
            return page(page, filter, cursor);
        }
        if (answer instanceof PageAnswer.Gone gone) {
            return new HistoryAnswer.Gone(gone.reason());
        }
        return new HistoryAnswer.NotYetVisible(((PageAnswer.NotYetVisible) answer).completeThrough());
    }

    private static HistoryAnswer.Page page(PageAnswer.Page page, EventFilter filter, @Nullable Cursor cursor) {
        String tailCursor = page.tailCursor();
        if (tailCursor == null) {
            throw new IllegalStateException("ascending answers have a tail cursor");
        }
        Cursor tail = CursorCodec.decode(tailCursor);
        long hash = filter.hash(Order.ASC);
        Walk walk = EventReader.walk(cursor, page.completeThrough());
        List<String> cursors = new ArrayList<>(page.events().size());
        for (StoredEvent event : page.events()) {
            walk = walk.after(List.of(event));
            cursors.add(CursorCodec.encode(new Cursor(tail.topicId(), hash, walk)));
        }
        String next = page.nextCursor();
        if (next != null) {
            return new HistoryAnswer.Page(page.events(), cursors, CursorCodec.decode(next), null);
        }
        StreamPosition end = new StreamPosition(tail.topicId(), tail.walk().end());
        return new HistoryAnswer.Page(page.events(), cursors, tail, end);
    }
}
