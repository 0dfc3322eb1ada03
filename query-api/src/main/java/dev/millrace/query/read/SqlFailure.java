package dev.millrace.query.read;

import dev.millrace.query.read.ReadException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What an SQLSTATE means to a reader.
 *
 * @param worthAnotherTry whether the cause has gone by the time the error arrives
 */
record SqlFailure(Kind kind, boolean worthAnotherTry) {
    static SqlFailure of(@Nullable String sqlState) {
        if (sqlState == null) {
            return new SqlFailure(Kind.BROKEN, false);
        }
        return switch (sqlState) {
            case "57014" -> new SqlFailure(Kind.TOO_EXPENSIVE, false);
            // Cancelled by replay, or the server went away under a pooled connection.
            case "40001", "40P01", "57P01", "57P02" -> new SqlFailure(Kind.UNAVAILABLE, true);
            // Starting up; not migrated; no permission yet.
            case "57P03", "57P04", "42P01", "42501", "3D000" -> new SqlFailure(Kind.UNAVAILABLE, false);
            default -> ofClass(sqlState);
        };
    }

    private static SqlFailure ofClass(String sqlState) {
        return switch (sqlState.length() < 2 ? "" : sqlState.substring(0, 2)) {
            case "08" -> new SqlFailure(Kind.UNAVAILABLE, true);
            case "28", "53", "58" -> new SqlFailure(Kind.UNAVAILABLE, false);
            case "22", "54" -> new SqlFailure(Kind.REFUSED, false);
            default -> new SqlFailure(Kind.BROKEN, false);
        };
    }
}
