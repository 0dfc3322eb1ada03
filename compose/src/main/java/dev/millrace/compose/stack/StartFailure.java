package dev.millrace.compose.stack;

import dev.millrace.compose.process.NotReadyException;
import dev.millrace.compose.stack.StackException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Finds out why a stack does not start.
 *
 * @param directory its data directory, which may not exist
 */
record StartFailure(Path directory) {
    /** With less than this, one of the servers has failed or is about to. */
    private static final long FULL_DISK_BYTES = 64L << 20;

    /** What the system says of a full disk, in our exceptions and in the logs of the children. */
    private static final Set<String> FULL_DISK_WORDS = Set.of("No space left on device", "Disk quota exceeded");

    /** An exception whose message is for a person; unchanged if it already is one. */
    StackException explain(Throwable failure) {
        if (failure instanceof StackException explained) {
            return explained;
        }
        if (saysThatTheDiskIsFull(failure) || freeBytes() < FULL_DISK_BYTES) {
            return new StackException(
                    Kind.UNAVAILABLE,
                    "the disk of " + directory + " is full (" + (freeBytes() >> 20)
                            + " MB are free); free some, or name a --data DIR on another disk",
                    failure);
        }
        if (failure instanceof AccessDeniedException denied) {
            return new StackException(
                    Kind.FAILED, "no permission for " + denied.getFile() + "; name another --data DIR", failure);
        }
        String message =
                failure instanceof NotReadyException ? String.valueOf(failure.getMessage()) : failure.toString();
        return new StackException(Kind.FAILED, message, failure);
    }

    private static boolean saysThatTheDiskIsFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            boolean canKnow = cause instanceof IOException || cause instanceof NotReadyException;
            if (canKnow && FULL_DISK_WORDS.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    private long freeBytes() {
        Path existing = directory;
        while (!existing.toFile().exists() && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing.toFile().getUsableSpace();
    }
}
