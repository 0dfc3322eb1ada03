/**
 * What a process says on stdout and stderr: results as JSON, progress on a terminal; and how it reads
 * the JSON of events. Knows no other package.
 */
@NullMarked
package dev.millrace.compose.console;

import org.jspecify.annotations.NullMarked;
