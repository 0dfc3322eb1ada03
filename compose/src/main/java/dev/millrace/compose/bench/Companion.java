package dev.millrace.compose.bench;

/** What goes on beside a contender, in the time that is measured. Told by any thread; neither call may take long. */
interface Companion {
    /** For a contender that is alone. */
    Companion NONE = new Companion() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
    };

    /** The first events are committed. */
    void begin();

    /** All events are committed. */
    void end();
}
