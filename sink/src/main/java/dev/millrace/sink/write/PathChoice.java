package dev.millrace.sink.write;

/**
 * Which way batches are written: the fastest that gets through. Repeats and refusals seldom come
 * alone, so a way that a batch needed is kept for those after it, until some in a row did not need it.
 * Not thread-safe.
 */
final class PathChoice {
    /** A try that fails costs up to a batch; being careful without need costs a fifth of one. */
    private static final int CALM_BATCHES = 10;

    private WritePath path = WritePath.COPY;
    private int calm;

    WritePath path() {
        return path;
    }

    /** A try failed: whether there is a way that can do better; it is taken from now on. */
    boolean canDoBetterAfter(FailureKind failure) {
        if (failure == FailureKind.REPEATED_ID && path == WritePath.COPY) {
            path = WritePath.INSERT;
        } else if (failure == FailureKind.REFUSED_VALUE && path != WritePath.ISOLATE) {
            path = WritePath.ISOLATE;
        } else {
            return false;
        }
        calm = 0;
        return true;
    }

    /** A batch is through, and so many of its events were not stored. */
    void written(int notStored) {
        calm = notStored > 0 ? 0 : calm + 1;
        if (calm >= CALM_BATCHES) {
            path = WritePath.COPY;
        }
    }
}
