package dev.millrace.query.http;

import dev.millrace.query.read.EventExport;
import dev.millrace.query.read.EventExporter;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.EventsGoneException;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/**
 * {@code GET /v1/events/export}: all events of a filter, one a line, and a last line that says how many. HEAD
 * fixes the bound of such an export and looks for no event.
 */
final class ExportEndpoint {
    static final String PATH = "/v1/events/export";

    private final EventExporter exporter;

    ExportEndpoint(EventExporter exporter) {
        this.exporter = exporter;
    }

    void handle(Context context) {
        Parameters parameters = new Parameters(context.queryString());
        EventFilter filter = FilterParameters.read(parameters);
        parameters.finish();
        try (EventExport export = exporter.begin(filter)
                .orElseThrow(() -> new ProblemException(
                        new Problem(ProblemType.TOO_MANY_EXPORTS, "wait until another export has ended")))) {
            if (context.method() == HandlerType.HEAD) {
                ExportHead.of(context, export.through()).applyTo(context);
                HeadOnly.send(context);
            } else {
                new ExportResponse(context, export).send();
            }
        } catch (EventsGoneException gone) {
            throw new ProblemException(new Problem(ProblemType.GONE, "the events changed while the export began"));
        }
    }
}
