package dev.millrace.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The settings of the query API.
 *
 * @param readerUrl JDBC address of the replica, with user and password of {@code millrace_reader}
 * @param host address to listen on
 * @param port port to listen on; 0 for any that is free
 * @param poolSize most connections to the replica, 1 to 40, for all pools there together
 * @param requireReplica whether to be ready takes a real replica, and no primary
 */
public record QueryApiSettings(String readerUrl, String host, int port, int poolSize, boolean requireReplica) {
    static final String READER_URL = "QUERY_API_READER_URL";
    static final String HOST = "QUERY_API_HOST";
    static final String PORT = "QUERY_API_PORT";
    static final String POOL_SIZE = "QUERY_API_POOL_SIZE";
    static final String REQUIRE_REPLICA = "QUERY_API_REQUIRE_REPLICA";

    public QueryApiSettings {
        refuse(problems(readerUrl, host, port, poolSize));
    }

    /**
     * Reads the settings from environment variables; other variables are of no interest.
     *
     * @throws IllegalArgumentException naming every value that is missing or bad
     */
    public static QueryApiSettings from(Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        String readerUrl = environment.getOrDefault(READER_URL, "");
        String host = environment.getOrDefault(HOST, "127.0.0.1");
        int port = read(environment, PORT, "8080", Integer::valueOf, "a number", problems);
        int poolSize = read(environment, POOL_SIZE, "8", Integer::valueOf, "a number", problems);
        boolean replica = read(environment, REQUIRE_REPLICA, "true", QueryApiSettings::bool, "true or false", problems);
        problems.addAll(problems(readerUrl, host, port, poolSize));
        refuse(problems);
        return new QueryApiSettings(readerUrl, host, port, poolSize, replica);
    }

    private static List<String> problems(String readerUrl, String host, int port, int poolSize) {
        List<String> problems = new ArrayList<>();
        // Never quoted: it holds a password.
        require(readerUrl.startsWith("jdbc:postgresql:"), READER_URL + ": a jdbc:postgresql: address", problems);
        require(!host.isBlank(), HOST + ": an address to listen on, not '" + host + "'", problems);
        require(port >= 0 && port <= 65_535, PORT + ": 0 to 65535, not " + port, problems);
        require(poolSize >= 1 && poolSize <= 40, POOL_SIZE + ": 1 to 40, not " + poolSize, problems);
        return problems;
    }

    private static boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    /** The value; its default, which is good, when it was bad and is noted. */
    private static <T> T read(
            Map<String, String> environment,
            String key,
            String byDefault,
            Function<String, T> reader,
            String expected,
            List<String> problems) {
        String text = environment.getOrDefault(key, byDefault);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException malformed) {
            problems.add(key + ": " + expected + ", not '" + text + "'");
            return reader.apply(byDefault);
        }
    }

    private static void require(boolean holds, String problem, List<String> problems) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "host=" + host + " port=" + port + " poolSize=" + poolSize + " requireReplica=" + requireReplica;
    }
}
