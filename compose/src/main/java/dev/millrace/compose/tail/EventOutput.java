package dev.millrace.compose.tail;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Where events go, one a line, until nobody wants them any more: {@code tail | head} is to end like
 * any other command there, and not in an error. For one thread.
 */
public final class EventOutput {
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private final OutputStream out;
    private final BooleanSupplier abandoned;
    private boolean broken;

    /** @param abandoned says that nobody will read what is written */
    EventOutput(OutputStream out, BooleanSupplier abandoned) {
        this.out = out;
        this.abandoned = abandoned;
    }

    /** The stdout of this process. */
    public static EventOutput standard() {
        // Not System.out, which swallows failures.
        return new EventOutput(new FileOutputStream(FileDescriptor.out), new PipeReader(STANDARD_OUTPUT)::hasLeft);
    }

    /** Whether anybody still reads; may look around, so ask while there is nothing else to do. */
    boolean isWanted() {
        return !broken && !abandoned.getAsBoolean();
    }

    /**
     * Writes events at once, so that a page is there as a whole or not yet.
     *
     * @throws IOException if a file cannot be written; a reader that left is no failure
     */
    void write(List<byte[]> events) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (byte[] event : events) {
            lines.writeBytes(event);
            lines.write('\n');
        }
        try {
            lines.writeTo(out);
            out.flush();
        } catch (IOException failure) {
            if (Files.isRegularFile(STANDARD_OUTPUT)) {
                throw failure;
            }
            broken = true;
        }
    }
}
