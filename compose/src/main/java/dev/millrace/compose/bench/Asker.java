package dev.millrace.compose.bench;

import java.io.IOException;
import java.sql.SQLException;

/** Asks for the loans of one book, few of all events, over a connection of its own. For one thread. */
interface Asker extends AutoCloseable {
    /**
     * Asks, and reads the whole answer.
     *
     * @return how many events came
     */
    int ask(String book) throws IOException, SQLException;

    @Override
    void close() throws SQLException;
}
