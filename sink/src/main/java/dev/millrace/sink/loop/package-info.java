/**
 * Reads the topic and keeps the writer busy: polling, decoding, seeking, pausing, trying again,
 * stopping a partition. Knows Kafka; reaches the database through {@code write} alone, and never waits for it.
 */
@NullMarked
package dev.millrace.sink.loop;

import org.jspecify.annotations.NullMarked;
