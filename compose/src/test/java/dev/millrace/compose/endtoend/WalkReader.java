package dev.millrace.compose.endtoend;

import dev.millrace.compose.endtoend.QueryClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/**
 * Walks, follows, and now and then begins anew, until it has seen all that was ever acknowledged. An answer that
 * there is none now is asked for again with the same cursor; any other one that is no page ends it. For one thread.
 */
final class WalkReader {
    private static final Duration POLL = Duration.ofMillis(150);
    private static final Duration RETRY = Duration.ofMillis(100);

    /** A replica that stands still makes a query run into its limit; one that always does so is too expensive. */
    private static final int MOST_EXPENSIVE = 8;

    /** How long an acknowledgement may come after its event was shown. */
    private static final Duration ACKNOWLEDGEMENT_LIMIT = Duration.ofSeconds(30);

    private final WalkTrial trial;
    private final Plan plan;
    private final Random random;
    private final QueryClient query;
    private String cursor = "";
    private int chains;
    private int walks;
    private int pages;
    private int unavailable;
    private int expensive;
    private long events;

    /**
     * How to read.
     *
     * @param limit most events on a page
     * @param follows whether walks go on where the one before ended; else each begins anew
     * @param restarts how often following begins anew while events come, on average
     */
    record Plan(WalkFilter filter, boolean ascending, int limit, boolean follows, int restarts) {
        String order() {
            return ascending ? "asc" : "desc";
        }

        @Override
        public String toString() {
            return filter.name() + " " + order() + " by " + limit + (follows ? ", following" : "");
        }
    }

    WalkReader(WalkTrial trial, Plan plan) {
        this.trial = trial;
        this.plan = plan;
        random = new Random(trial.seed() * 31 + plan.toString().hashCode());
        query = new QueryClient(trial.queryApiUrl());
    }

    /** Returns what was read, for a person. */
    String read() throws Exception {
        try {
            while (!readChain()) {
                trial.pause(POLL);
            }
            return "%s: %d walks in %d chains, %d pages, %d events, asked again %d times, too expensive %d times"
                    .formatted(plan, walks, chains, pages, events, unavailable, expensive);
        } catch (AssertionError wrong) {
            throw new AssertionError(
                    "reader '%s', seed %d, chain %d, walk %d, page %d, asked with cursor '%s': %s"
                            .formatted(plan, trial.seed(), chains, walks, pages, cursor, wrong.getMessage()),
                    wrong);
        }
    }

    /** Reads from the first page; returns whether nothing is left to be read. */
    private boolean readChain() throws Exception {
        chains++;
        WalkChain chain = new WalkChain(trial.seed(), plan.filter(), plan.limit(), plan.ascending());
        cursor = "";
        long end = System.nanoTime() + life();
        boolean complete;
        boolean over;
        do {
            walk(chain);
            complete = trial.isEverything(chain.included());
            over = !plan.follows() || System.nanoTime() > end && !trial.hasEnded();
            if (!complete && !over) {
                trial.pause(POLL);
            }
        } while (!complete && !over);
        trial.awaitAcknowledged(chain.included(), ACKNOWLEDGEMENT_LIMIT);
        plan.filter().findOut();
        chain.requireAll(trial.acknowledged());
        events += chain.events();
        return complete;
    }

    private void walk(WalkChain chain) throws Exception {
        walks++;
        do {
            Answer page = ask();
            pages++;
            cursor = chain.next(page.body());
        } while (!cursor.isEmpty());
        String tail = chain.tail();
        cursor = tail == null ? "" : tail;
    }

    private Answer ask() throws InterruptedException {
        for (int inVain = 0; ; trial.pause(RETRY)) {
            trial.requireTime();
            try {
                Answer answer = plan.filter().ask(query, plan.order(), plan.limit(), cursor);
                if (answer.status() == 200) {
                    return answer;
                }
                boolean tooExpensive = answer.status() == 422;
                inVain = tooExpensive ? inVain + 1 : 0;
                expensive += tooExpensive ? 1 : 0;
                if (inVain > MOST_EXPENSIVE || !tooExpensive && answer.status() != 503) {
                    throw new AssertionError(answer.toString());
                }
            } catch (IOException away) {
                inVain = 0;
            }
            unavailable++;
        }
    }

    /** In nanoseconds. */
    private long life() {
        double share = (0.5 + random.nextDouble()) / (plan.restarts() + 1);
        return (long) (trial.length().toNanos() * share);
    }
}
