package dev.millrace.query.read;

/**
 * Where a client stands. Holds everything that is needed to go on, so any instance can, also after a
 * restart.
 *
 * @param topicId Kafka's id of the topic; empty when the sink had not stored anything yet
 * @param filterHash {@link EventFilter#hash} of the walk
 * @param walk what is left of the walk
 */
public record Cursor(String topicId, long filterHash, Walk walk) {
    /** Whether it came from an answer to this filter in this order. */
    public boolean belongsTo(EventFilter filter, Order order) {
        return filterHash == filter.hash(order);
    }

    /** Whether the positions mean something in that topic; without an id nothing is known yet. */
    boolean isOf(String otherTopicId) {
        return topicId.isEmpty() || otherTopicId.isEmpty() || topicId.equals(otherTopicId);
    }
}
