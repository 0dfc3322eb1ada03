package dev.millrace.sink.batch;

import org.jspecify.annotations.Nullable;

/** One header of a Kafka record, as it came. */
public record RecordHeader(String name, byte @Nullable [] value) {}
