package dev.millrace.compose.cli;

import dev.millrace.compose.settings.Settings;
import dev.millrace.query.QueryApiKey;
import dev.millrace.schemas.access.AccessSetup;
import dev.millrace.schemas.access.AccessSetupException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the keys as a query API does when it starts. What is wrong with them is told without quoting any. */
final class ApiKeysCheck {
    private ApiKeysCheck() {}

    /** Why a query API would not start; empty also where its settings themselves are wrong. */
    static Optional<String> problem(Settings settings) {
        Map<String, String> values = settings.values();
        String host = values.getOrDefault(QueryApiKey.HOST.key(), "");
        String file = values.getOrDefault(QueryApiKey.API_KEYS_FILE.key(), "");
        if (QueryApiKey.HOST.problem(host).isPresent()
                || QueryApiKey.API_KEYS_FILE.problem(file).isPresent()) {
            return Optional.empty();
        }
        Optional<Path> path = Optional.of(file).filter(name -> !name.isEmpty()).map(Path::of);
        try {
            // Read once: no clock is asked.
            new AccessSetup("query-api", host, path).open(() -> 0);
            return Optional.empty();
        } catch (AccessSetupException refused) {
            String place = path.isPresent() ? QueryApiKey.API_KEYS_FILE.key() + ": " : "";
            return Optional.of(place + refused.getMessage());
        }
    }
}
