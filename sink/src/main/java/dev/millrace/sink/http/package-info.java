/** Health and metrics of the sink over HTTP. Answers from memory; asks neither Kafka nor the database. */
@NullMarked
package dev.millrace.sink.http;

import org.jspecify.annotations.NullMarked;
