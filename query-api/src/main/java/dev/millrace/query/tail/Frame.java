package dev.millrace.query.tail;

import dev.millrace.query.read.StoredEvent;

/**
 * An event on its way.
 *
 * @param head shared by the clients of one filter, as long as they stand where the tail stands
 * @param body shared by all
 */
record Frame(StoredEvent event, byte[] head, byte[] body) {
    int bytes() {
        return head.length + body.length;
    }

    /** The same event for a client that stands elsewhere. */
    Frame withHead(byte[] other) {
        return new Frame(event, other, body);
    }
}
