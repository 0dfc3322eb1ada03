/**
 * The query API as a process: its settings, and the wiring of its parts. No part imports this
 * package.
 */
@NullMarked
package dev.millrace.query;

import org.jspecify.annotations.NullMarked;
