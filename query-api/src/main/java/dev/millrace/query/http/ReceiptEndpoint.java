package dev.millrace.query.http;

import dev.millrace.query.read.ReceiptAnswer;
import dev.millrace.query.read.ReceiptAnswer.NoPartition;
import dev.millrace.query.read.ReceiptAnswer.Receipt;
import dev.millrace.query.read.ReceiptReader;
import dev.millrace.schemas.Position;
import io.javalin.http.Context;

/** {@code GET /v1/receipts/{partition}:{offset}}: what has become of an acknowledged record. */
final class ReceiptEndpoint {
    static final String POSITION = "position";

    private final ReceiptReader reader;

    ReceiptEndpoint(ReceiptReader reader) {
        this.reader = reader;
    }

    void handle(Context context) {
        Parameters parameters = new Parameters(context.queryString());
        Position position = parameters.path(POSITION, context.pathParam(POSITION), Position::parse);
        ReceiptAnswer answer = reader.read(position);
        if (answer instanceof Receipt receipt) {
            Json.respond(context, Json.write(json -> {
                json.writeStringField("state", receipt.state().label());
                Json.text(json, "event_id", receipt.eventId());
                Json.text(json, "reason", receipt.reason());
                Json.text(json, "kept", receipt.kept());
            }));
        } else if (answer instanceof NoPartition) {
            throw new ProblemException(Problem.invalid(POSITION, "there is no partition " + position.partition()));
        } else {
            throw new ProblemException(new Problem(
                    ProblemType.NOT_FOUND,
                    "nothing is left of what was at " + position + ": removed by retention, or never a record"));
        }
    }
}
