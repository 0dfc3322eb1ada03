package dev.millrace.sink.loop;

import java.time.Duration;
import org.apache.kafka.clients.consumer.MockConsumer;

/** Kafka's own stand-in for a consumer, which does not wait. */
class RestlessConsumer extends MockConsumer<byte[], byte[]> implements RestingConsumer {
    RestlessConsumer() {
        super("none");
    }

    @Override
    public void rest(Duration duration) {
        // Time is the test's.
    }
}
