package dev.millrace.ingest.publish;

/**
 * How many events went through.
 *
 * @param accepted events with a receipt
 * @param failed lines without one, blank lines not counted
 */
public record PublishReport(long accepted, long failed) {
    private static final int ALL_WELL = 0;
    private static final int ALL_FAILED = 1;
    private static final int SOME_FAILED = 3;

    /** What the process ends with: 0 if nothing failed, 3 if some did, 1 if all did. */
    public int exitCode() {
        if (failed == 0) {
            return ALL_WELL;
        }
        return accepted == 0 ? ALL_FAILED : SOME_FAILED;
    }
}
