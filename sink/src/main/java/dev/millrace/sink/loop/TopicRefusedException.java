package dev.millrace.sink.loop;

/** The topic is not, or no longer, one that the sink may read; a person has to act. */
public final class TopicRefusedException extends IllegalStateException {
    TopicRefusedException(String message) {
        super(message);
    }
}
