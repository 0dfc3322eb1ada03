/** Starts and stops the sink. Wires its parts; no part knows this package. */
@NullMarked
package dev.millrace.sink;

import org.jspecify.annotations.NullMarked;
