package dev.millrace.sink.write;

/** What a batch's transaction waited for when it took too long; also the values of a metric's tag. */
public enum StallCause {
    /** A vacuum holds the lock, or runs while we wait for storage or a buffer. */
    AUTOVACUUM,
    /** The same with an ANALYZE. */
    ANALYZE,
    /** A GIN index moves its pending list into the tree: in our transaction, or while we wait for its first page. */
    PENDING_LIST,
    /** The checkpointer writes or syncs while we wait for storage. */
    CHECKPOINT,
    /** The write-ahead log: its buffers, its write, its sync. */
    WAL,
    /** A lock of another session. */
    LOCK,
    /** A synchronous standby that has not confirmed. */
    REPLICA,
    /** Data files, and none of the above at work. */
    IO,
    /** Nothing: the server computes, or waits for a processor. */
    CPU,
    /** The server waits for the sink: it is frozen, or the line is. */
    CLIENT,
    /** The server did not say, or what it said is none of these. */
    UNKNOWN;

    /** What one look at the server says. */
    static StallCause of(BackendSample sample) {
        if (sample.isBlocked()) {
            return !sample.blockers().contains("autovacuum") ? LOCK : sample.isAnalyzeOnly() ? ANALYZE : AUTOVACUUM;
        }
        if (sample.cleansPendingList()) {
            return PENDING_LIST;
        }
        return switch (sample.waitType()) {
            case "" -> CPU;
            case "Client" -> CLIENT;
            case "IPC" -> sample.waitEvent().equals("SyncRep") ? REPLICA : UNKNOWN;
            case "IO" -> ofStorage(sample);
            case "LWLock", "Buffer", "BufferPin" -> ofMemory(sample);
            default -> UNKNOWN;
        };
    }

    private static StallCause ofStorage(BackendSample sample) {
        if (sample.isCheckpointing()) {
            return CHECKPOINT;
        }
        return sample.isOfWal() ? WAL : ofUpkeep(sample, IO);
    }

    private static StallCause ofMemory(BackendSample sample) {
        if (sample.isOfWal()) {
            return sample.isCheckpointing() ? CHECKPOINT : WAL;
        }
        return sample.otherCleansPendingList() ? PENDING_LIST : ofUpkeep(sample, UNKNOWN);
    }

    private static StallCause ofUpkeep(BackendSample sample, StallCause otherwise) {
        if (sample.isAnalyzeOnly()) {
            return ANALYZE;
        }
        return sample.isVacuuming() ? AUTOVACUUM : otherwise;
    }
}
