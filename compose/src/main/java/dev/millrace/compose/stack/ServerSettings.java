package dev.millrace.compose.stack;

import dev.millrace.compose.stack.StackException.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Changes settings of both servers of a running stack, for trials. They are above those of the servers' files
 * and stay with the data; what a role or a session sets for itself is above them. For one thread.
 */
public final class ServerSettings {
    private static final Pattern NAME = Pattern.compile("\\w+(\\.\\w+)?");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long STEP_MILLIS = 20;

    /** Where ALTER SYSTEM writes. */
    private static final String IN_EFFECT = """
            SELECT sourcefile LIKE '%/postgresql.auto.conf' AND NOT pending_restart
            FROM pg_settings WHERE lower(name) = lower(?)
            """;

    private static final String STATE = """
            SELECT format('it is %s by %s, restart needed: %s', current_setting(name), source, pending_restart)
            FROM pg_settings WHERE lower(name) = lower(?)
            """;

    private final Ports ports;
    private final Secrets secrets;

    public ServerSettings(StackDirectory directory, Ports ports) {
        this.ports = ports;
        secrets = new Secrets(directory.secrets());
    }

    /**
     * Changes them; sessions that begin afterwards have them.
     *
     * @param settings by name
     * @return what the primary says that they are now
     * @throws StackException USAGE if a server refuses one, or would have to be started again, FAILED if
     *     one takes no effect; earlier ones may be changed then
     */
    public Map<String, String> change(Map<String, String> settings)
            throws SQLException, IOException, InterruptedException {
        if (settings.isEmpty()) {
            return settings;
        }
        Map<String, String> changed = change(PostgresPrimary.NAME, ports.primary(), settings);
        change(PostgresReplica.NAME, ports.replica(), settings);
        return changed;
    }

    private Map<String, String> change(String server, int port, Map<String, String> settings)
            throws SQLException, IOException, InterruptedException {
        String password = secrets.password(Role.SUPERUSER);
        try (Sql sql = new Sql(JdbcUrl.of(port, RoleSetup.DATABASE, Role.SUPERUSER.roleName(), password))) {
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                write(sql, server, setting.getKey(), setting.getValue());
            }
            sql.run("SELECT pg_reload_conf()");
            Map<String, String> changed = new LinkedHashMap<>();
            for (String name : settings.keySet()) {
                awaitEffect(sql, server, name);
                changed.put(name, String.valueOf(sql.ask("SELECT current_setting(?)", name)));
            }
            return changed;
        }
    }

    private static void write(Sql sql, String server, String name, String value) throws SQLException {
        String context = sql.ask("SELECT context FROM pg_settings WHERE lower(name) = lower(?)", name);
        if (context == null || !NAME.matcher(name).matches()) {
            throw new StackException(Kind.USAGE, "the " + server + " has no setting '" + name + "'");
        }
        if (context.equals("postmaster") || context.equals("internal")) {
            throw new StackException(Kind.USAGE, name + " cannot be changed while the " + server + " runs");
        }
        try {
            sql.run("ALTER SYSTEM SET " + name + " = '" + value.replace("'", "''") + "'");
        } catch (SQLException refused) {
            throw new StackException(
                    Kind.USAGE,
                    "the " + server + " refuses " + name + "=" + value + ": " + refused.getMessage(),
                    refused);
        }
    }

    /** Servers read their files again on their own time. */
    private static void awaitEffect(Sql sql, String server, String name) throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        while (!"t".equals(sql.ask(IN_EFFECT, name))) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new StackException(
                        Kind.FAILED, name + " takes no effect on the " + server + ": " + sql.ask(STATE, name));
            }
            Thread.sleep(STEP_MILLIS);
        }
    }
}
