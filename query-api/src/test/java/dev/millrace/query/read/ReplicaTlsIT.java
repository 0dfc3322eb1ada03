package dev.millrace.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a server of its own, with a certificate for 127.0.0.1 and for no name. Wherever other tests take theirs from. */
class ReplicaTlsIT {
    @TempDir
    private static Path directory;

    private static TestCertificate right;
    private static TestCertificate wrong;
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        right = TestCertificate.make(directory, "right", "ip:127.0.0.1");
        wrong = TestCertificate.make(directory, "wrong", "ip:127.0.0.1,dns:localhost");
        server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", right.certificate().toString())
                .setServerConfig("ssl_key_file", right.key().toString())
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aServerThatProvesItselfIsReadFromEncrypted() {
        try (Replica replica = replica("127.0.0.1", "&sslmode=verify-full&sslrootcert=" + right.certificate())) {
            // When
            String encrypted = read(replica, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
            // Then
            assertThat(encrypted).isEqualTo("t");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-full", "verify-ca"})
    void aServerThatAnotherRootVouchesForIsRefused(String mode) {
        try (Replica replica = replica("127.0.0.1", "&sslmode=" + mode + "&sslrootcert=" + wrong.certificate())) {
            // When
            ReadException thrown = catchThrowableOfType(ReadException.class, () -> read(replica, "SELECT 1"));
            // Then
            assertThat(thrown.kind()).isEqualTo(ReadException.Kind.UNAVAILABLE);
            assertThat(thrown).hasStackTraceContaining("PKIX path");
        }
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        String trusted = "&sslrootcert=" + right.certificate();
        try (Replica anyName = replica("localhost", "&sslmode=verify-ca" + trusted);
                Replica sameName = replica("localhost", "&sslmode=verify-full" + trusted)) {
            // When
            String withoutName = read(anyName, "SELECT 1");
            ReadException thrown = catchThrowableOfType(ReadException.class, () -> read(sameName, "SELECT 1"));
            // Then
            assertThat(withoutName).isEqualTo("1");
            assertThat(thrown.kind()).isEqualTo(ReadException.Kind.UNAVAILABLE);
            assertThat(thrown).hasStackTraceContaining("localhost could not be verified");
        }
    }

    private static Replica replica(String host, String parameters) {
        return Replica.at(
                "jdbc:postgresql://" + host + ":" + server.getPort() + "/postgres?user=postgres" + parameters,
                1,
                new MicrometerMetricsTrackerFactory(new SimpleMeterRegistry()));
    }

    private static String read(Replica replica, String sql) {
        return replica.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
            }
        });
    }
}
