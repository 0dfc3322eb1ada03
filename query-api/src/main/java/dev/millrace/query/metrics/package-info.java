/** The names and tags of what the API measures about itself. Knows Micrometer and nothing else. */
@NullMarked
package dev.millrace.query.metrics;

import org.jspecify.annotations.NullMarked;
