package dev.millrace.query.http;

import dev.millrace.query.read.ReadException;
import dev.millrace.query.read.ReplicaHealth;
import dev.millrace.query.read.StatusReader;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /health/live} and {@code /health/ready}: whether to restart us, whether to ask us. */
final class HealthEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(HealthEndpoint.class);
    private static final String UP = "up";
    private static final String DOWN = "down";

    private final StatusReader reader;
    private final boolean requireReplica;

    /**
     * @param requireReplica whether a primary counts as down; if not, that it is one is only reported
     */
    HealthEndpoint(StatusReader reader, boolean requireReplica) {
        this.reader = reader;
        this.requireReplica = requireReplica;
    }

    /** A process that can answer this is alive; what it depends on is not its fault. */
    void live(Context context) {
        respond(context, Map.of());
    }

    void ready(Context context) {
        respond(context, checks());
    }

    private Map<String, String> checks() {
        Map<String, String> checks = new LinkedHashMap<>();
        try {
            ReplicaHealth health = reader.health();
            checks.put("database", UP);
            checks.put("migrated", health.migrated() ? UP : DOWN);
            String primary = requireReplica ? DOWN : "primary";
            checks.put("replica", health.inRecovery() ? UP : primary);
        } catch (ReadException failure) {
            LOG.debug("not ready: kind={}", failure.kind(), failure);
            checks.put("database", DOWN);
        }
        return checks;
    }

    private static void respond(Context context, Map<String, String> checks) {
        boolean up = !checks.containsValue(DOWN);
        context.status(up ? 200 : 503);
        Json.respond(context, Json.write(json -> {
            json.writeStringField("status", up ? UP : DOWN);
            json.writeObjectFieldStart("checks");
            for (Map.Entry<String, String> check : checks.entrySet()) {
                json.writeStringField(check.getKey(), check.getValue());
            }
            json.writeEndObject();
        }));
    }
}
