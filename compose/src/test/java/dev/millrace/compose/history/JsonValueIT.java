package dev.millrace.compose.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Equal here means equal in Postgres, for every pair. */
class JsonValueIT {
    private static final List<String> TEXTS = List.of(
            "{}",
            "[]",
            "null",
            "true",
            "false",
            "0",
            "-0.00",
            "0e5",
            "1.5",
            "15e-1",
            "1.500",
            "-1.5",
            "150",
            "1.5e2",
            "1e308",
            "\"1.5\"",
            "\"\"",
            "\"null\"",
            "\"Gr\\u00fc\\u00dfe\"",
            "\"Grüße\"",
            "\"\\ud83d\\ude00\"",
            "\"😀\"",
            "{\"a\":1,\"b\":{\"c\":[1,2]}}",
            " { \"b\" : { \"c\" : [ 1.0 , 2 ] } , \"a\" : 1 } ",
            "{\"a\":1,\"b\":{\"c\":[2,1]}}",
            "{\"a\":[1,[2]]}",
            "{\"a\":[[1],2]}",
            "{\"a\":[1,2]}",
            "{\"a\":[12]}",
            "{\"a\":\"\",\"b\":1}",
            "{\"a\":null}",
            "{\"\":1}");

    @Test
    void valuesAreEqualAsInPostgres() throws Exception {
        try (TestDatabase database = TestDatabase.createEmpty();
                Connection connection = database.connect(TestDatabase.OWNER);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT ?::jsonb = ?::jsonb, ?::jsonb::text")) {
            for (String one : TEXTS) {
                for (String other : TEXTS) {
                    // When
                    statement.setString(1, one);
                    statement.setString(2, other);
                    statement.setString(3, one);
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        // Then
                        assertThat(JsonValue.digest(one) == JsonValue.digest(other))
                                .as(one + " and " + other)
                                .isEqualTo(row.getBoolean(1));
                        assertThat(JsonValue.digest(row.getString(2))).isEqualTo(JsonValue.digest(one));
                    }
                }
            }
        }
    }
}
