package dev.millrace.compose.torture;

import dev.millrace.compose.history.Violation;
import dev.millrace.compose.history.WaitForCheck;
import dev.millrace.compose.history.WaitForCheck.Answer.Unavailable;
import dev.millrace.compose.history.WaitForCheck.Answer.Wrong;
import dev.millrace.compose.torture.SendCounts.AcknowledgedWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Asks the query API again and again for what was acknowledged last. Thread-safe. */
final class WaitForWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final WaitForCheck check;
    private final SendCounts sends;
    private final RandomMoments moments;
    private final List<Violation> violations = new ArrayList<>();
    private long complete;
    private long unavailable;

    WaitForWatch(String queryApiUrl, SendCounts sends, Random random) {
        check = new WaitForCheck(queryApiUrl, PATIENCE);
        this.sends = sends;
        moments = new RandomMoments("wait-for", random, this::ask, () -> {});
        moments.begin();
    }

    /** Answers with status 200 that held the event. */
    synchronized long complete() {
        return complete;
    }

    /** Answers with status 503, and questions without an answer. */
    synchronized long unavailable() {
        return unavailable;
    }

    synchronized List<Violation> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void close() {
        moments.close();
    }

    private void ask() throws InterruptedException {
        AcknowledgedWrite write = sends.latest();
        if (write != null) {
            count(check.check(write.at(), write.eventId(), write.key()));
        }
    }

    private synchronized void count(WaitForCheck.Answer answer) {
        if (answer instanceof Wrong wrong) {
            violations.add(wrong.violation());
        } else if (answer instanceof Unavailable) {
            unavailable++;
        } else {
            complete++;
        }
    }
}
