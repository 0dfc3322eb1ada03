package dev.millrace.compose.bench;

import java.util.List;

/**
 * How a rate holds up while the tables grow. What is counted at an end are {@value #EVENTS} events, or half
 * of them where there are fewer than twice as many, in whole commits.
 *
 * @param first events per second over the first of them, after the first commit
 * @param last over the last of them
 */
record Growth(double first, double last) {
    static final long EVENTS = 500_000;

    /**
     * One moment at which something new was committed.
     *
     * @param nanos of one clock, later than at the one before
     * @param handled how many events were committed then, more than at the one before
     */
    record Commit(long nanos, long handled) {}

    /**
     * Rates of what was seen.
     *
     * @param commits at least two, in order, to the last one of all; what the first one brought is counted nowhere
     */
    static Growth of(List<Commit> commits) {
        Commit begin = commits.get(0);
        Commit end = commits.get(commits.size() - 1);
        long span = Math.min(EVENTS, end.handled() / 2);
        Commit firstEnd = end;
        Commit lastBegin = begin;
        for (int index = commits.size() - 1; index > 0; index--) {
            if (commits.get(index).handled() >= span) {
                firstEnd = commits.get(index);
            }
        }
        for (Commit commit : commits) {
            if (commit.handled() <= end.handled() - span && commit != end) {
                lastBegin = commit;
            }
        }
        return new Growth(rate(begin, firstEnd), rate(lastBegin, end));
    }

    /** What is left of the rate at the end. */
    double ratio() {
        return last / first;
    }

    private static double rate(Commit from, Commit to) {
        return (to.handled() - from.handled()) / ((to.nanos() - from.nanos()) / 1e9);
    }
}
