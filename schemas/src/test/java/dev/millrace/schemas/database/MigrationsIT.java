package dev.millrace.schemas.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.GoldenFile;
import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationsIT {
    private static final String PLAIN_TABLES =
            "SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> 'flyway_schema_history'";

    @Test
    void secondRunChangesNothing() {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            // Given
            Migrations migrations = new Migrations(database.url(), TestDatabase.OWNER, "");
            int first = migrations.migrate();
            // When
            int second = migrations.migrate();
            // Then
            assertThat(first).isPositive();
            assertThat(second).isZero();
        }
    }

    @Test
    void databaseOfAnotherVersionIsNamedWithWhatToDo() throws SQLException {
        try (TestDatabase database = TestDatabase.createEmpty();
                Connection connection = database.connect(TestDatabase.OWNER);
                Statement statement = connection.createStatement()) {
            // Given
            Migrations migrations = new Migrations(database.url() + "?user=" + TestDatabase.OWNER);
            // When
            Optional<String> older = migrations.mismatch();
            migrations.migrate();
            Optional<String> same = migrations.mismatch();
            statement.execute(
                    "INSERT INTO flyway_schema_history SELECT 1000, '1000', description, type, script, checksum,"
                            + " installed_by, installed_on, execution_time, success FROM flyway_schema_history"
                            + " WHERE version = '2'");
            Optional<String> newer = migrations.mismatch();
            // Then
            assertThat(older)
                    .get()
                    .asString()
                    .contains("lacks migrations: 1, 2")
                    .contains("run 'millrace migrate'");
            assertThat(same).isEmpty();
            assertThat(newer)
                    .get()
                    .asString()
                    .contains("this program is older than the database")
                    .contains("1000");
        }
    }

    @Test
    void migrationAndItsHistoryAreOneTransaction() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.connect(TestDatabase.OWNER)) {
            // When
            List<String> together = strings(
                    connection,
                    "SELECT h.version FROM flyway_schema_history h JOIN pg_class c ON c.xmin = h.xmin"
                            + " WHERE (h.version, c.relname) IN (('2', 'event'), ('3', 'sink_offset')) ORDER BY 1");
            // Then
            assertThat(together).containsExactly("2", "3");
        }
    }

    @Test
    void everyTableAndColumnSaysWhatItHolds() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.connect(TestDatabase.OWNER)) {
            // When
            List<String> tables = strings(
                    connection, "SELECT relname FROM pg_class WHERE oid IN (" + PLAIN_TABLES + ") ORDER BY relname");
            List<String> silent = strings(
                    connection,
                    "SELECT attrelid::regclass || '.' || attname FROM pg_attribute WHERE attnum > 0 AND attrelid IN ("
                            + PLAIN_TABLES + ") AND col_description(attrelid, attnum) IS NULL"
                            + " UNION ALL SELECT oid::regclass::text FROM pg_class WHERE oid IN (" + PLAIN_TABLES
                            + ") AND obj_description(oid, 'pg_class') IS NULL");
            // Then
            assertThat(tables).containsExactly("event", "event_identity", "rejected_event", "sink_gap", "sink_offset");
            assertThat(silent).isEmpty();
        }
    }

    @Test
    void writerCannotChangeAnEventAndReaderCannotWrite() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection owner = database.connect(TestDatabase.OWNER)) {
            // When
            List<String> granted = strings(
                    owner,
                    "SELECT DISTINCT grantee || ' ' || privilege_type FROM information_schema.role_table_grants"
                            + " WHERE table_name = 'event' AND grantee <> 'millrace_owner' ORDER BY 1");
            List<String> writable = strings(
                    owner,
                    "SELECT table_name || ' ' || privilege_type FROM information_schema.role_table_grants"
                            + " WHERE grantee = 'millrace_reader' AND privilege_type <> 'SELECT'");
            // Then
            assertThat(granted)
                    .containsExactly("millrace_reader SELECT", "millrace_writer INSERT", "millrace_writer SELECT");
            assertThat(writable).isEmpty();
        }
    }

    @Test
    void tablesIndexesAndPrivilegesAreTheGoldenOnes() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.connect(TestDatabase.OWNER)) {
            // When
            String dump = SchemaDump.of(connection);
            // Then
            GoldenFile.named("schema.txt").assertHolds(dump);
        }
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
