package dev.millrace.compose.cli;

import picocli.CommandLine.Option;

/** How a command prints its result. */
final class OutputOption {
    /** For people, or one object of JSON for programs. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How to print the result; json is one object in one line. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    boolean isJson() {
        return format == Format.JSON;
    }
}
