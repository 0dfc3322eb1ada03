package dev.millrace.sink.write;

/** Is told when a batch's transaction begins and ends, by the thread that writes it. */
public interface TransactionWatch extends AutoCloseable {
    /** Looks at nothing. */
    TransactionWatch NONE = new TransactionWatch() {
        @Override
        public void begin(int backendPid) {}

        @Override
        public void end() {}

        @Override
        public void close() {}
    };

    /**
     * A transaction begins.
     *
     * @param backendPid process of the server that works on it
     */
    void begin(int backendPid);

    /** The transaction has ended, in whatever way; or there was none. Returns at once. */
    void end();

    @Override
    void close();
}
