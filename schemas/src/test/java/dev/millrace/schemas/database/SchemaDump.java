package dev.millrace.schemas.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the catalogue says about the tables, as text that is the same for the same schema. */
final class SchemaDump {
    private static final String TABLES = """
            SELECT c.oid, c.relname, c.relname || CASE c.relkind
                WHEN 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END
                || coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '') AS title
            FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                AND c.relname <> 'flyway_schema_history'
            ORDER BY c.relname COLLATE "C"
            """;

    private static final String COLUMNS = """
            SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
                || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
            FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = %d AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;

    /** NOT NULL is said with the columns. */
    private static final String CONSTRAINTS = """
            SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE conrelid = %d AND contype <> 'n' ORDER BY conname COLLATE "C"
            """;

    private static final String INDEXES = """
            SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %d
            ORDER BY pg_get_indexdef(indexrelid) COLLATE "C"
            """;

    private static final String PRIVILEGES = """
            SELECT 'grant ' || string_agg(p.privilege_type, ', ' ORDER BY p.privilege_type COLLATE "C")
                || ' to ' || p.grantee::regrole
            FROM pg_class c, aclexplode(c.relacl) p WHERE c.oid = %d AND p.grantee <> c.relowner
            GROUP BY p.grantee ORDER BY p.grantee::regrole::text COLLATE "C"
            """;

    private static final String COLUMN_PRIVILEGES = """
            SELECT 'grant ' || p.privilege_type || ' (' || a.attname || ') to ' || p.grantee::regrole
            FROM pg_attribute a, aclexplode(a.attacl) p WHERE a.attrelid = %d
            ORDER BY 1
            """;

    /** Of tables that are made later, as the table partitions are. */
    private static final String DEFAULT_PRIVILEGES = """
            SELECT 'grant ' || p.privilege_type || ' to ' || p.grantee::regrole
            FROM pg_default_acl d, aclexplode(d.defaclacl) p
            WHERE d.defaclobjtype = 'r' AND p.grantee <> d.defaclrole
            ORDER BY 1
            """;

    private SchemaDump() {}

    static String of(Connection connection) throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet table = statement.executeQuery(TABLES)) {
            while (table.next()) {
                dump.append(table.getString("title")).append('\n');
                for (String part : new String[] {COLUMNS, CONSTRAINTS, INDEXES, PRIVILEGES, COLUMN_PRIVILEGES}) {
                    append(dump, connection, part.formatted(table.getLong("oid")));
                }
                dump.append('\n');
            }
        }
        dump.append("tables made later\n");
        append(dump, connection, DEFAULT_PRIVILEGES);
        return dump.toString();
    }

    private static void append(StringBuilder dump, Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet line = statement.executeQuery(sql)) {
            while (line.next()) {
                dump.append("    ").append(line.getString(1)).append('\n');
            }
        }
    }
}
