/** The meters of what brings events in: the only place that names them. Receives a registry, never finds one. */
@NullMarked
package dev.millrace.ingest.metrics;

import org.jspecify.annotations.NullMarked;
