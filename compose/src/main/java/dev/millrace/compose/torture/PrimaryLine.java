package dev.millrace.compose.torture;

import dev.millrace.schemas.testing.CommitFault;
import dev.millrace.schemas.testing.CommitFault.Loss;
import dev.millrace.schemas.testing.LinkFault;
import dev.millrace.schemas.testing.TcpProxy;
import dev.millrace.schemas.testing.TransactionHold;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The line on which one sink writes to the primary. Thread-safe. */
final class PrimaryLine implements AutoCloseable {
    private final TcpProxy proxy;
    private final CommitFault commits = new CommitFault();
    private final TransactionHold begins = new TransactionHold();
    private final AtomicReference<TransactionHold.@Nullable Held> held = new AtomicReference<>();
    private final AtomicLong hits = new AtomicLong();
    private volatile LinkFault bytes = LinkFault.NONE;
    private volatile boolean hole;

    PrimaryLine(String host, int primaryPort) {
        proxy = new TcpProxy(host, primaryPort);
        proxy.toServer(this::toServer);
        proxy.toClient(() -> (piece, length, link) -> {
            if (!hole) {
                link.forward(piece, 0, length);
            }
        });
    }

    /** Where the sink connects. */
    int port() {
        return proxy.port();
    }

    /** Spoils the next COMMIT. */
    void loseNext(Loss loss) {
        commits.hitNext(loss);
    }

    /**
     * Waits for the next transaction and holds it before its first statement, until {@link #passOn}.
     *
     * @return whether one came in time
     */
    boolean holdNext(Duration patience) throws InterruptedException {
        passOn();
        TransactionHold.Held next = begins.holdNext(patience);
        held.set(next);
        return next != null;
    }

    /** Lets go what is held. */
    void passOn() {
        TransactionHold.Held waiting = held.getAndSet(null);
        if (waiting != null) {
            waiting.passOn();
        }
    }

    /** Cuts the connection on which the sum of bytes from now on, over all of them, reaches a number. */
    void cutAfter(long count) {
        bytes = LinkFault.cutAfter(count);
    }

    /** Nothing passes in either direction, until {@link #endHole}. */
    void beginHole() {
        hole = true;
    }

    /** Cuts what bytes were lost on, since it could only be out of step. */
    void endHole() {
        proxy.cut();
        hole = false;
    }

    /** How often a connection was cut, by the next COMMIT or at a byte. */
    long hits() {
        return hits.get();
    }

    /** No faults from now on. */
    void heal() {
        bytes = LinkFault.NONE;
        passOn();
        if (hole) {
            endHole();
        }
    }

    @Override
    public void close() {
        passOn();
        proxy.close();
    }

    /** The watches have to see a connection from its first byte, so they are always there. */
    private LinkFault toServer() {
        LinkFault watch = commits.watch();
        return begins.watch((piece, length, link) -> {
            if (!hole) {
                watch.pass(piece, length, new Counted(link));
            }
        });
    }

    /** What the watch lets pass is counted by the cut at a random byte, and each cut is counted. */
    private final class Counted implements LinkFault.Link {
        private final LinkFault.Link link;
        private boolean passing;

        Counted(LinkFault.Link link) {
            this.link = link;
        }

        @Override
        public void forward(byte[] piece, int offset, int length) throws IOException {
            if (passing) {
                link.forward(piece, offset, length);
                return;
            }
            passing = true;
            // The watch forwards whole pieces, from their beginning.
            bytes.pass(piece, length, this);
            passing = false;
        }

        @Override
        public void halfClose() throws IOException {
            link.halfClose();
        }

        @Override
        public void cut() {
            hits.incrementAndGet();
            link.cut();
        }

        @Override
        public void cutAtAnswer() {
            hits.incrementAndGet();
            link.cutAtAnswer();
        }

        @Override
        public void pause(Duration duration) {
            link.pause(duration);
        }
    }
}
