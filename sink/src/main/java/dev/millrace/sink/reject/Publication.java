package dev.millrace.sink.reject;

/** What became of one event that was to be published. */
sealed interface Publication {
    RejectedEvent event();

    /** All replicas in sync have it. */
    record Acknowledged(RejectedEvent event) implements Publication {}

    /** The topic does not take this event; others it may. */
    record Refused(RejectedEvent event, String reason) implements Publication {}

    /** Kafka or the topic is not there, or did not answer; the event may be in the topic or not. */
    record Failed(RejectedEvent event, String reason) implements Publication {}
}
