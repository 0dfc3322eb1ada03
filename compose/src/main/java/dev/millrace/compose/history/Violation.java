package dev.millrace.compose.history;

/**
 * Something that must not be.
 *
 * @param what where, what there is and what there should be, for a person
 */
public record Violation(Invariant invariant, String what) {
    @Override
    public String toString() {
        return invariant + ": " + what;
    }
}
