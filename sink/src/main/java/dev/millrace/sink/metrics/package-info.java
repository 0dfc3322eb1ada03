/** The sink's meters: the only place that names them. Receives a registry, never finds one. */
@NullMarked
package dev.millrace.sink.metrics;

import org.jspecify.annotations.NullMarked;
