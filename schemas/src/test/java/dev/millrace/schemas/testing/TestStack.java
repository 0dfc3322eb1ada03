package dev.millrace.schemas.testing;

/**
 * The servers that tests run on. Each is started when a test first asks for it and ends with the JVM,
 * so a test that needs only Postgres never starts Kafka. Thread-safe.
 *
 * <p>Tests rarely use it directly: {@link TestDatabase} and {@link TestTopic} give them something of
 * their own on it.
 */
public interface TestStack {
    /** The one stack of this JVM; the environment variable {@value TestServices#VARIABLE} says which. */
    static TestStack shared() {
        return SharedTestStack.INSTANCE;
    }

    /**
     * A server with the three roles of Millrace, which log in without a password.
     *
     * @throws IllegalStateException if there is none; the message says what is missing
     */
    PostgresServer postgres();

    /**
     * Addresses of a broker that makes no topic by itself.
     *
     * @throws IllegalStateException if there is none; the message says what is missing
     */
    String bootstrapServers();
}
