/** Follows events by asking the query API, again and again. Uses HTTP and nothing else of Millrace. */
@NullMarked
package dev.millrace.compose.tail;

import org.jspecify.annotations.NullMarked;
