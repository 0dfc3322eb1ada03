/**
 * What is visible outside a process and known to more than one module: topic names and positions
 * here, the event in {@code event}, the tables in {@code database}. Not a place for shared code.
 */
@NullMarked
package dev.millrace.schemas;

import org.jspecify.annotations.NullMarked;
