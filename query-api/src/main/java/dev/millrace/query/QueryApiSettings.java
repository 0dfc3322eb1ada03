package dev.millrace.query;

import dev.millrace.schemas.settings.SettingKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the query API. {@link QueryApiKey} says what each value may be.
 *
 * @param readerUrl JDBC address of the replica, with user and password of {@code millrace_reader}
 * @param host address to listen on
 * @param port port to listen on; 0 for any that is free
 * @param poolSize most connections to the replica, for all pools there together
 * @param requireReplica whether to be ready takes a real replica, and no primary
 * @param limits of all clients together
 * @param apiKeysFile the keys that clients need; empty for a service that asks for none
 */
public record QueryApiSettings(
        String readerUrl,
        String host,
        int port,
        int poolSize,
        boolean requireReplica,
        ClientLimits limits,
        Optional<Path> apiKeysFile) {

    /** @throws IllegalArgumentException naming every value that is missing or wrong */
    public QueryApiSettings {
        Map<QueryApiKey, String> values = Map.of(
                QueryApiKey.READER_URL, readerUrl,
                QueryApiKey.HOST, host,
                QueryApiKey.PORT, Integer.toString(port),
                QueryApiKey.POOL_SIZE, Integer.toString(poolSize),
                QueryApiKey.REQUIRE_REPLICA, Boolean.toString(requireReplica),
                QueryApiKey.MAX_REQUESTS, Integer.toString(limits.requests()),
                QueryApiKey.MAX_EXPORTS, Integer.toString(limits.exports()),
                QueryApiKey.MAX_STREAMS, Integer.toString(limits.streams()),
                QueryApiKey.API_KEYS_FILE, apiKeysFile.map(Path::toString).orElse(""));
        refuse(SettingKey.problems(QueryApiKey.values(), key -> values.getOrDefault(key, "")));
    }

    /**
     * Reads the settings from their texts.
     *
     * @param values by {@link QueryApiKey#key()}; others are of no interest
     * @throws IllegalArgumentException naming every value that is missing or wrong
     */
    public static QueryApiSettings from(Map<String, String> values) {
        refuse(SettingKey.problems(QueryApiKey.values(), key -> key.in(values)));
        return new QueryApiSettings(
                QueryApiKey.READER_URL.in(values),
                QueryApiKey.HOST.in(values),
                Integer.parseInt(QueryApiKey.PORT.in(values)),
                Integer.parseInt(QueryApiKey.POOL_SIZE.in(values)),
                Boolean.parseBoolean(QueryApiKey.REQUIRE_REPLICA.in(values)),
                new ClientLimits(
                        Integer.parseInt(QueryApiKey.MAX_REQUESTS.in(values)),
                        Integer.parseInt(QueryApiKey.MAX_EXPORTS.in(values)),
                        Integer.parseInt(QueryApiKey.MAX_STREAMS.in(values))),
                Optional.of(QueryApiKey.API_KEYS_FILE.in(values))
                        .filter(path -> !path.isEmpty())
                        .map(Path::of));
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "host=" + host + " port=" + port + " poolSize=" + poolSize + " requireReplica=" + requireReplica
                + " limits=" + limits + " apiKeysFile="
                + apiKeysFile.map(Path::toString).orElse("");
    }
}
