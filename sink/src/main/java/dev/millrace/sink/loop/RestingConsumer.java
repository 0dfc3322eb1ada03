package dev.millrace.sink.loop;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;

/** A consumer of bytes that can let records gather. */
public interface RestingConsumer extends Consumer<byte[], byte[]> {
    /** Waits without reading. Ends early with a {@link #wakeup}, which the next poll then throws for. */
    void rest(Duration duration);
}
