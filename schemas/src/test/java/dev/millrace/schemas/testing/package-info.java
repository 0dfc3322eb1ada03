/**
 * What the tests of all modules stand on: servers, faults, time, events, golden files. Published as
 * the test-jar of this module; docs/tests.md says when to use what.
 */
@NullMarked
package dev.millrace.schemas.testing;

import org.jspecify.annotations.NullMarked;
