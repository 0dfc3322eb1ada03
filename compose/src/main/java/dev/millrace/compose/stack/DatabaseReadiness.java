package dev.millrace.compose.stack;

import dev.millrace.compose.process.Readiness;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A server that lets us in and answers a question with true.
 *
 * @param question SQL with one boolean; null counts as false
 */
record DatabaseReadiness(JdbcUrl login, String question) implements Readiness {
    @Override
    public boolean isReady() {
        try (Connection connection = Sql.connect(login);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
