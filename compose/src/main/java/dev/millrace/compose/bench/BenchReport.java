package dev.millrace.compose.bench;

import java.util.Map;

/** What came of a measurement. */
public interface BenchReport {
    /** For a program. */
    Map<String, Object> members();

    /** For a person, without the end of the last line. */
    String text();
}
