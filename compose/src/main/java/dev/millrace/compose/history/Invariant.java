package dev.millrace.compose.history;

/** What must be true; the numbers are those of "What always holds" in the README. */
public enum Invariant {
    /** The topic holds what was acknowledged, nothing that failed, and nothing that nobody sent. */
    TOPIC,
    /** 1: every event of the topic is in {@code event}, and its identity in {@code event_identity}. */
    COMPLETENESS,
    /** 2: every bad record is in {@code rejected_event}, with its bytes, headers and reason. */
    REJECTION,
    /** 3: there is no other row, and none twice. */
    NOTHING_ELSE,
    /** 1 to 3: a row says what its record says. */
    FIDELITY,
    /** 4: offsets follow the order of sending, times follow the offsets. */
    ORDER,
    /** 5: rows and {@code sink_offset} agree. */
    OFFSET_AGREEMENT,
    /** 5: {@code next_offset} goes back in a failover only. */
    OFFSET_MONOTONY,
    /** 7: an answer is no older than what it waited for. */
    WAIT_FOR
}
