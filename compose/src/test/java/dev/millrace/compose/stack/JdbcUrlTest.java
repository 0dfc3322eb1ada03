package dev.millrace.compose.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JdbcUrlTest {
    @Test
    void credentialsLeaveTheAddressAndOtherParametersStay() {
        // When
        JdbcUrl url = JdbcUrl.parse("jdbc:postgresql://db:5432/m?user=me&sslmode=require&password=a%26b");
        // Then
        assertThat(url).isEqualTo(new JdbcUrl("jdbc:postgresql://db:5432/m?sslmode=require", "me", "a&b"));
        assertThat(url).hasToString("jdbc:postgresql://db:5432/m?sslmode=require");
    }

    @Test
    void credentialsSurviveWritingAndReading() {
        // Given
        JdbcUrl url = JdbcUrl.of(5433, "millrace", "millrace_owner", "s p&a=c+e%?");
        // When
        JdbcUrl read = JdbcUrl.parse(url.withCredentials());
        // Then
        assertThat(read).isEqualTo(url);
    }

    @Test
    void anotherRoleLogsInToTheSameDatabase() {
        assertThat(JdbcUrl.of(5434, "millrace", "a", "b")
                        .as("millrace_reader", "c")
                        .withCredentials())
                .isEqualTo("jdbc:postgresql://127.0.0.1:5434/millrace?user=millrace_reader&password=c");
    }

    @Test
    void libpqUrlHasTheCredentialsInFront() {
        assertThat(JdbcUrl.of(5433, "millrace", "millrace_owner", "a b").forLibpq())
                .isEqualTo("postgresql://millrace_owner:a%20b@127.0.0.1:5433/millrace");
    }

    @Test
    void otherTextIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> JdbcUrl.parse("postgresql://me:secret@db/m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
