package dev.millrace.ingest.publish;

/**
 * A line that was not published, or not for certain.
 *
 * @param line its number, counted from 1, blank lines included
 * @param problem what is wrong, for a person; one line
 */
public record LineError(long line, String problem) {
    @Override
    public String toString() {
        return "line " + line + ": " + problem;
    }
}
