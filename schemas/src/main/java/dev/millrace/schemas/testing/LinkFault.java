package dev.millrace.schemas.testing;

import java.io.IOException;
import java.time.Duration;

/**
 * What happens to bytes on their way through one direction of a {@link TcpProxy}. Called in the thread
 * of that direction; one object may serve several connections at once.
 */
@FunctionalInterface
public interface LinkFault {
    /** As if there were no proxy. */
    LinkFault NONE = (bytes, length, link) -> link.forward(bytes, 0, length);

    /** Takes everything and passes on nothing, not even the end. */
    LinkFault BLACK_HOLE = new LinkFault() {
        @Override
        public void pass(byte[] bytes, int length, Link link) {
            // Lost on the way.
        }

        @Override
        public void end(Link link) {
            // Also lost.
        }
    };

    /** @param length how many of the bytes arrived, at least 1 */
    void pass(byte[] bytes, int length, Link link) throws IOException;

    /** The sender has closed its side in good order. */
    default void end(Link link) throws IOException {
        link.halfClose();
    }

    /** Everything arrives later by at least this much. */
    static LinkFault delay(Duration delay) {
        return (bytes, length, link) -> {
            link.pause(delay);
            link.forward(bytes, 0, length);
        };
    }

    /** A narrow line: a piece every 20 ms. */
    static LinkFault throttle(int bytesPerSecond) {
        int piece = Math.max(1, bytesPerSecond / 50);
        return (bytes, length, link) -> {
            for (int start = 0; start < length; start += piece) {
                link.pause(Duration.ofMillis(20));
                link.forward(bytes, start, Math.min(piece, length - start));
            }
        };
    }

    /**
     * Passes on so many bytes, cuts the connection at which the count is reached, and then does no more
     * harm. The count goes over all connections that share the object.
     */
    static LinkFault cutAfter(long count) {
        return new CutAfter(count);
    }

    /** The direction that the bytes take. */
    interface Link {
        /** Sends bytes on. Nothing happens after {@link #halfClose}. */
        void forward(byte[] bytes, int offset, int length) throws IOException;

        /** Tells the receiver that nothing more comes; the other direction goes on. */
        void halfClose() throws IOException;

        /** Resets the connection on both sides: each sees an error, not an end. */
        void cut();

        /** Takes away the next bytes of the other direction, and cuts the connection when they have come. */
        void cutAtAnswer();

        /** Waits, but not longer than the connection lives. */
        void pause(Duration duration);
    }
}
