package dev.millrace.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the driver and the server treat statements that are sent together. */
class SentTogetherIT {
    private static final Sql NUMBERS = new Sql().add("SELECT generate_series(1, ?)", 100);

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        database = TestDatabase.create();
        connection = database.connect(TestDatabase.READER);
        connection.setAutoCommit(false);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        database.close();
    }

    /** Ten times: from the fifth on the server has them prepared. */
    @Test
    void eachResultIsWholeHoweverFewRowsComeAtATime() throws SQLException {
        for (int time = 0; time < 10; time++) {
            try (SentTogether sent = SentTogether.of(
                    connection, 3, List.of(new Sql().add("SELECT generate_series(1, ?)", 7), NUMBERS))) {
                assertThat(numbers(sent.next())).hasSize(7);
                assertThat(numbers(sent.next())).hasSize(100).doesNotHaveDuplicates();
            }
            connection.commit();
        }
    }

    /** Else a page of large events would be in memory as a whole before its size is known. */
    @Test
    void rowsOfTheSecondComeAsTheyAreRead() throws SQLException {
        // Given
        Sql failsAtTheFifth = new Sql().add("SELECT 1 / (5 - n) FROM generate_series(1, 100) n");
        try (SentTogether sent = SentTogether.of(connection, 3, List.of(NUMBERS, failsAtTheFifth))) {
            numbers(sent.next());
            // When
            ResultSet rows = sent.next();
            // Then
            for (int row = 0; row < 3; row++) {
                assertThat(rows.next()).isTrue();
            }
            assertThatThrownBy(rows::next).isInstanceOf(SQLException.class).hasMessageContaining("division by zero");
        }
    }

    @Test
    void oneMayBeAlone() throws SQLException {
        try (SentTogether sent = SentTogether.of(connection, 3, List.of(NUMBERS))) {
            assertThat(numbers(sent.next())).hasSize(100);
            assertThatThrownBy(sent::next).isInstanceOf(IllegalStateException.class);
        }
    }

    /** A question that is as slow as it may be is not stopped for what was asked before it. */
    @Test
    void eachHasTheWholeTimeOfAStatement() throws SQLException {
        // Given
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '600ms'");
        }
        Sql slow = new Sql().add("SELECT 1 FROM pg_sleep(0.4)");
        // When
        try (SentTogether sent = SentTogether.of(connection, 3, List.of(slow, slow))) {
            // Then
            assertThat(numbers(sent.next())).containsExactly(1);
            assertThat(numbers(sent.next())).containsExactly(1);
        }
    }

    private static List<Integer> numbers(ResultSet rows) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        while (rows.next()) {
            numbers.add(rows.getInt(1));
        }
        return numbers;
    }
}
