package dev.millrace.compose.history;

import dev.millrace.compose.console.JsonLine;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one producer session sends and what it hears of it, one line of JSON an entry. A send is on the
 * disk before the record can be in Kafka, so whatever is in the topic was written down, even if the
 * producer is killed at any moment. Thread-safe.
 *
 * <p>An outcome is handed to the operating system at once but not forced: a killed process loses none,
 * and a machine that dies leaves sends whose outcome is unknown, which is the truth.
 */
public final class Journal implements AutoCloseable {
    private final Path file;
    private final FileOutputStream output;
    private long written;
    private long forced;
    private boolean forcing;
    private @Nullable IOException broken;

    private Journal(Path file, FileOutputStream output) {
        this.file = file;
        this.output = output;
    }

    /**
     * Begins a journal. Each life of a producer has its own: a killed one may have left half a line.
     *
     * @param file must not exist
     * @throws UncheckedIOException if it cannot be made
     */
    public static Journal open(Path file) {
        try {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file + " is the journal of an earlier producer");
            }
            return new Journal(file, new FileOutputStream(file.toFile()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Says that a record is about to be sent. When this returns the entry is on the disk; threads that
     * wait at the same time share one force.
     *
     * @throws UncheckedIOException if it is not certain that the entry is on the disk; then do not send
     */
    public void sending(Intent intent) {
        Map<String, Object> entry = entry("sending", intent.send());
        entry.put("producer", intent.producer());
        entry.put("event_id", intent.eventId());
        if (intent.key() != null) {
            entry.put("key", intent.key());
            entry.put("key_sequence", intent.keySequence());
        }
        entry.put("fate", intent.fate());
        // Not the bytes: the topic has those, and writing them twice would slow the producers down.
        entry.put("content", Digest.of(intent.recordKey(), intent.value()));
        force(append(entry));
    }

    /** Says that the broker has the record. */
    public void acknowledged(long send, int partition, long offset) {
        Map<String, Object> entry = entry("acknowledged", send);
        entry.put("partition", partition);
        entry.put("offset", offset);
        append(entry);
    }

    /** Says that the record is certainly not in the topic and never will be. */
    public void failed(long send, String reason) {
        Map<String, Object> entry = entry("failed", send);
        entry.put("reason", reason);
        append(entry);
    }

    /** Says that the record may be in the topic, once or not at all. */
    public void unknown(long send, String reason) {
        Map<String, Object> entry = entry("unknown", send);
        entry.put("reason", reason);
        append(entry);
    }

    /** Forces what is there. */
    @Override
    public void close() {
        long last;
        synchronized (this) {
            last = written;
        }
        try (output) {
            force(last);
        } catch (IOException failure) {
            throw new UncheckedIOException(file.toString(), failure);
        }
    }

    private static Map<String, Object> entry(String name, long send) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("entry", name);
        entry.put("send", send);
        return entry;
    }

    /** Returns how many entries are there with this one. */
    private synchronized long append(Map<String, Object> entry) {
        checkWell();
        try {
            output.write((JsonLine.of(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw breakDown(failure);
        }
        return ++written;
    }

    /** The first that comes forces for all that have written by then; the others wait for it. */
    private void force(long entries) {
        while (true) {
            long covered;
            synchronized (this) {
                awaitForcing(entries);
                if (forced >= entries) {
                    return;
                }
                forcing = true;
                covered = written;
            }
            IOException failure = sync();
            synchronized (this) {
                forcing = false;
                notifyAll();
                if (failure != null) {
                    throw breakDown(failure);
                }
                forced = covered;
            }
        }
    }

    private synchronized void awaitForcing(long entries) {
        boolean interrupted = false;
        while (forcing && forced < entries) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        checkWell();
    }

    /** Not through a channel: an interrupt would close that. */
    private @Nullable IOException sync() {
        try {
            output.getFD().sync();
            return null;
        } catch (IOException failure) {
            return failure;
        }
    }

    /** After a failed force nobody knows what is on the disk, so there is no second try. */
    private synchronized UncheckedIOException breakDown(IOException failure) {
        broken = failure;
        return new UncheckedIOException("the journal cannot be written: " + file, failure);
    }

    private synchronized void checkWell() {
        if (broken != null) {
            throw new UncheckedIOException("the journal could not be written before: " + file, broken);
        }
    }
}
