package dev.millrace.schemas.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Address of a Postgres server that lets everybody in without a password.
 *
 * @param port of its TCP listener
 */
public record PostgresServer(String host, int port) {
    private static final String SUPERUSER = "postgres";

    /** JDBC address of a database, without a user. */
    public String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Makes the roles that the deployment makes in production; those that exist stay. */
    void createRoles() {
        for (String role : new String[] {TestDatabase.OWNER, TestDatabase.WRITER, TestDatabase.READER}) {
            executeAsSuperuser("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + role
                    + "') THEN CREATE ROLE " + role + " LOGIN; END IF; END $$");
        }
        executeAsSuperuser("GRANT pg_monitor, pg_checkpoint TO " + TestDatabase.OWNER);
    }

    void executeAsSuperuser(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), SUPERUSER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }
}
