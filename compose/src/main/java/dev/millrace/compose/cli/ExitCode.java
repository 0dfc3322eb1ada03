package dev.millrace.compose.cli;

/** What a command's end means; other programs depend on these numbers. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    /** Wrong usage: also a wrong JDK, and a data directory of another version. */
    static final int USAGE = 2;
    /** Some of the work was done. */
    static final int PARTLY = 3;
    /** Something that is needed is not there: also a taken port, a full disk. */
    static final int UNAVAILABLE = 4;

    private ExitCode() {}
}
