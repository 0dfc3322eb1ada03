package dev.millrace.compose.settings;

import dev.millrace.ingest.publish.PublisherConfig;
import dev.millrace.query.QueryApiKey;
import dev.millrace.sink.ConsumerProperties;
import dev.millrace.sink.SinkKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who has settings: a command, by its name, and what it needs to know. */
public enum Scope {
    SINK("sink", Stream.of(SinkKey.values()).map(Setting::of).toList(), Optional.of(ConsumerProperties::forbidden)),
    QUERY_API("query-api", Stream.of(QueryApiKey.values()).map(Setting::of).toList(), Optional.empty()),
    PUBLISH("publish", List.of(), Optional.of(PublisherConfig::forbidden)),
    LOAD("load", List.of(), Optional.of(PublisherConfig::forbidden)),
    DLQ("dlq", List.of(), Optional.of(PublisherConfig::forbidden)),
    MIGRATE("migrate", List.of(Setting.PRIMARY_URL), Optional.empty());

    private final String command;
    private final List<Setting> settings;
    private final Optional<Function<Map<String, String>, List<String>>> forbidden;

    Scope(String command, List<Setting> own, Optional<Function<Map<String, String>, List<String>>> forbidden) {
        this.command = command;
        this.settings = new ArrayList<>(own);
        this.forbidden = forbidden;
        if (forbidden.isPresent()) {
            settings.add(0, Setting.BOOTSTRAP_SERVERS);
        }
    }

    /** All settings of these, each once, in a fixed order. */
    public static Collection<Setting> settings(Collection<Scope> scopes) {
        Map<String, Setting> byKey = new LinkedHashMap<>();
        scopes.forEach(scope -> scope.settings.forEach(setting -> byKey.putIfAbsent(setting.key(), setting)));
        return byKey.values();
    }

    /** The command's name. */
    public String command() {
        return command;
    }

    /** Whether it is a client of Kafka, so that {@code KAFKA_*} is for it. */
    boolean usesKafka() {
        return forbidden.isPresent();
    }

    /** The names of those properties that this client of Kafka does not let anybody change. */
    List<String> forbidden(Map<String, String> kafkaProperties) {
        return forbidden.map(check -> check.apply(kafkaProperties)).orElse(List.of());
    }

    @Override
    public String toString() {
        return command;
    }
}
