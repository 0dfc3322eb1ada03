package dev.millrace.schemas.testing;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Moves bytes in one direction, in a thread of its own. */
final class OneWay implements LinkFault.Link {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final Duration STEP = Duration.ofMillis(5);

    private final ProxiedConnection connection;
    private final Socket from;
    private final Socket to;
    private volatile LinkFault fault = LinkFault.NONE;

    OneWay(ProxiedConnection connection, Socket from, Socket to) {
        this.connection = connection;
        this.from = from;
        this.to = to;
    }

    /** Takes effect with the next bytes that arrive. */
    void spoil(LinkFault next) {
        fault = next;
    }

    void start(String name) {
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void forward(byte[] bytes, int offset, int length) throws IOException {
        if (!to.isOutputShutdown()) {
            to.getOutputStream().write(bytes, offset, length);
        }
    }

    @Override
    public void halfClose() throws IOException {
        if (!to.isOutputShutdown()) {
            to.shutdownOutput();
        }
    }

    @Override
    public void cut() {
        connection.cut();
    }

    @Override
    public void cutAtAnswer() {
        connection.against(this).spoil((bytes, length, link) -> link.cut());
    }

    @Override
    public void pause(Duration duration) {
        long begin = System.nanoTime();
        long passed = 0;
        while (passed < duration.toNanos() && connection.isOpen()) {
            LockSupport.parkNanos(Math.min(duration.toNanos() - passed, STEP.toNanos()));
            passed = System.nanoTime() - begin;
        }
    }

    private void run() {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            int length = from.getInputStream().read(buffer);
            while (length >= 0) {
                fault.pass(buffer, length, this);
                length = from.getInputStream().read(buffer);
            }
            fault.end(this);
            connection.ended();
        } catch (IOException broken) {
            // A reset on one side is one on the other.
            connection.cut();
        }
    }
}
