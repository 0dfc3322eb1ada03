package dev.millrace.query.read;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a reader of a stream stands: it was shown everything up to here that it asked for, and nothing
 * behind.
 *
 * @param topicId Kafka's id of the topic; empty while the sink has not stored anything
 */
public record StreamPosition(String topicId, CompleteThrough seen) {
    /** Goes on exactly behind this. */
    public Cursor cursor(long filterHash) {
        return new Cursor(topicId, filterHash, Walk.Following.begin(seen));
    }

    /** Behind one more event, which is the next one in its partition that was asked for. */
    public StreamPosition after(StoredEvent event) {
        OrderKey place = event.place();
        List<Bound> bounds = new ArrayList<>(seen.bounds());
        while (bounds.size() <= place.partition()) {
            bounds.add(Bound.NONE);
        }
        bounds.set(place.partition(), new Bound(place.offset(), place.appendedAt()));
        return new StreamPosition(topicId, new CompleteThrough(bounds));
    }

    /** Whether everything up to the other position lies before this one. */
    public boolean covers(StreamPosition other) {
        return seen.covers(other.seen);
    }

    /** Whether that event lies before this position. */
    public boolean covers(StoredEvent event) {
        return seen.of(event.place().partition()).offset() >= event.place().offset();
    }

    /** In each partition the one that is further. */
    public StreamPosition furthest(StreamPosition other) {
        return new StreamPosition(topicId, seen.furthest(other.seen)).in(other.topicId);
    }

    /** Whether both mean the same topic; without an id nothing is known yet. */
    public boolean isOf(String otherTopicId) {
        return topicId.isEmpty() || otherTopicId.isEmpty() || topicId.equals(otherTopicId);
    }

    /** The same position, now that the topic is known. */
    StreamPosition in(String knownTopicId) {
        return topicId.isEmpty() && !knownTopicId.isEmpty() ? new StreamPosition(knownTopicId, seen) : this;
    }
}
