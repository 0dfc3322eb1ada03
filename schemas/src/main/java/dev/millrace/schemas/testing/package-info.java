/**
 * What trials of the whole stand on. Here are the faults of a line between two processes, which the
 * torture command of the distribution throws too; the test-jar of this module adds servers, time,
 * events and golden files to the same package. docs/tests.md says when to use what. No service uses
 * it.
 */
@NullMarked
package dev.millrace.schemas.testing;

import org.jspecify.annotations.NullMarked;
