package dev.millrace.schemas.testing;

import java.io.IOException;

/** Cuts one connection after a number of bytes. Thread-safe. */
final class CutAfter implements LinkFault {
    private long remaining;
    private boolean done;

    CutAfter(long count) {
        remaining = count;
    }

    @Override
    public synchronized void pass(byte[] bytes, int length, Link link) throws IOException {
        if (done || length < remaining) {
            remaining -= length;
            link.forward(bytes, 0, length);
            return;
        }
        done = true;
        link.forward(bytes, 0, (int) remaining);
        link.cut();
    }
}
