package dev.millrace.schemas;

import java.util.Arrays;

/**
 * The headers that a record has in {@code events.dlq.v1} beside its own; values are UTF-8 text. The
 * origin is the identity of a rejection: it may be published more than once.
 */
public enum DeadLetterHeader {
    /** Why, as a fixed word: the label of a {@link dev.millrace.schemas.event.RejectReason}. */
    REASON("dlq.reason"),
    /** Why, for a person; at most 1,024 bytes, without content of the record. */
    DETAIL("dlq.detail"),
    /** Topic in which the record was rejected. */
    ORIGIN_TOPIC("dlq.origin.topic"),
    /** Its partition there, decimal. */
    ORIGIN_PARTITION("dlq.origin.partition"),
    /** Its offset there, decimal. */
    ORIGIN_OFFSET("dlq.origin.offset"),
    /** How often it was rejected, decimal; above 1 for a record that was sent to its topic again. */
    ATTEMPTS("dlq.attempts");

    private final String headerName;

    DeadLetterHeader(String headerName) {
        this.headerName = headerName;
    }

    /** The name in Kafka. */
    public String headerName() {
        return headerName;
    }

    /** Whether a header of this name is one of these. */
    public static boolean isOne(String headerName) {
        return Arrays.stream(values()).anyMatch(header -> header.headerName.equals(headerName));
    }
}
