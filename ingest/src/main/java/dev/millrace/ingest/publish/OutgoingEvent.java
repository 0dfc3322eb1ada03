package dev.millrace.ingest.publish;

import dev.millrace.schemas.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to Kafka.
 *
 * @param key events with the same key keep their order; null where order does not matter, then the
 *     event id chooses the partition
 */
public record OutgoingEvent(@Nullable String key, Event event) {}
