package dev.millrace.compose.bench;

import java.io.IOException;
import java.sql.SQLException;

/** A way to read all events once. */
interface WholeReading {
    /**
     * What came.
     *
     * @param bytes on the line, or of the values as text
     */
    record Result(long events, long bytes) {}

    Result read() throws IOException, SQLException;
}
