/**
 * Records that went wrong elsewhere or could: what producers send by mistake, by malice, or at the
 * limits. Each says what has to become of it. Never decides that by asking the code under test.
 */
@NullMarked
package dev.millrace.schemas.testing.corpus;

import org.jspecify.annotations.NullMarked;
