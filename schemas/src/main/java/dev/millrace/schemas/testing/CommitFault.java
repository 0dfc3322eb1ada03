package dev.millrace.schemas.testing;

import dev.millrace.schemas.testing.LinkFault.Link;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Loses a COMMIT on its way to Postgres, or its answer: the moments in which a client cannot know what
 * happened. Set it before the connection is made, {@code proxy.toServer(fault::watch)}, and say later
 * which COMMIT is to be lost. Thread-safe.
 */
public final class CommitFault {
    /** What is lost. In each case both sides see a reset. */
    public enum Loss {
        /** The COMMIT: the server never sees it and rolls back. */
        COMMIT,
        /** The answer, after the server has given it: it has committed. */
        ANSWER,
        /** The line, right after the COMMIT went out: nobody knows. */
        LINE
    }

    private final AtomicReference<@Nullable Loss> next = new AtomicReference<>();

    /** The next COMMIT on any connection is hit, and only that one. */
    public void hitNext(Loss loss) {
        next.set(loss);
    }

    /** Whether the fault that was asked for has happened. */
    public boolean hasHit() {
        return next.get() == null;
    }

    /** A fault for one connection, to the server. */
    public LinkFault watch() {
        FrontendMessages messages = new FrontendMessages("COMMIT");
        return (bytes, length, link) -> {
            Loss loss = messages.orderIn(bytes, length) ? next.getAndSet(null) : null;
            if (loss == null) {
                link.forward(bytes, 0, length);
            } else {
                hit(loss, bytes, length, link);
            }
        };
    }

    private static void hit(Loss loss, byte[] bytes, int length, Link link) throws IOException {
        if (loss == Loss.ANSWER) {
            link.cutAtAnswer();
        }
        if (loss != Loss.COMMIT) {
            link.forward(bytes, 0, length);
        }
        if (loss != Loss.ANSWER) {
            link.cut();
        }
    }
}
