package dev.millrace.compose.cli;

import dev.millrace.ingest.library.EventIds;
import picocli.CommandLine.Option;

/** Which ids made-up events get. */
final class EventIdsOption {
    @Option(
            names = "--ids",
            paramLabel = "v7|random",
            defaultValue = "v7",
            description = "Event ids that grow with time (UUIDv7), or without any order. Default: ${DEFAULT-VALUE}.")
    private EventIds ids = EventIds.V7;

    EventIds ids() {
        return ids;
    }
}
