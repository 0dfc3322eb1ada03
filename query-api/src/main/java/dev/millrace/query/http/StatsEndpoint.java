package dev.millrace.query.http;

import dev.millrace.query.read.Buckets;
import dev.millrace.query.read.StatsReader;
import dev.millrace.schemas.event.EventLimits;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/**
 * {@code GET /v1/stats}: events in steps of time. What is not given makes 60 buckets that end with
 * the present one: a minute each, so the last hour.
 */
final class StatsEndpoint {
    private static final long DEFAULT_STEP_SECONDS = 60;
    private static final int DEFAULT_BUCKETS = 60;
    private static final int MOST_BUCKETS = 1_000;

    private final StatsReader reader;

    StatsEndpoint(StatsReader reader) {
        this.reader = reader;
    }

    void handle(Context context) {
        Buckets buckets = buckets(new Parameters(context.queryString()));
        List<Long> counts = reader.count(buckets);
        Json.respond(context, Json.write(json -> {
            json.writeNumberField("step_seconds", buckets.stepSeconds());
            json.writeArrayFieldStart("buckets");
            for (int index = 0; index < counts.size(); index++) {
                json.writeStartObject();
                json.writeStringField("start", buckets.start(index).toString());
                json.writeNumberField("events", counts.get(index));
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }

    /** @throws ProblemException naming everything that is wrong */
    private Buckets buckets(Parameters parameters) {
        Instant from = parameters.one("from", Values::time);
        Instant until = parameters.one("until", Values::time);
        long step = parameters.one("step", Values::seconds, DEFAULT_STEP_SECONDS);
        parameters.finish();
        Instant end = until == null ? end(reader.now(), step) : until;
        Instant begin = from == null ? begin(end, step) : from;
        if (!begin.isBefore(end)) {
            parameters.invalid(until == null ? "from" : "until", "until has to be after from, " + end + " is not");
            parameters.finish();
        }
        Buckets buckets = new Buckets(begin, end, step);
        if (buckets.count() > MOST_BUCKETS) {
            parameters.invalid("step", "makes " + buckets.count() + " buckets, at most " + MOST_BUCKETS);
            parameters.finish();
        }
        return buckets;
    }

    /** With the present bucket, which is not over yet. */
    private static Instant end(Instant now, long step) {
        return Buckets.start(now, step).plusSeconds(step);
    }

    private static Instant begin(Instant end, long step) {
        Instant begin = Buckets.start(end.minusNanos(1), step).minusSeconds((DEFAULT_BUCKETS - 1) * step);
        return begin.isBefore(EventLimits.EARLIEST) ? EventLimits.EARLIEST : begin;
    }
}
