package dev.millrace.compose.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db:5432/m?user=w&password=hunter2",
                "jdbc:postgresql://db/m?password=hunter2&user=w",
                "jdbc:postgresql://db/m?sslpassword=hunter2",
                "jdbc:postgresql://db/m?PASSWORD=hunter2",
                "jdbc:postgresql://w:hunter2@db/m",
                "jdbc:postgresql://w:hunter2@x@db/m"
            })
    void addressIsShownWithoutItsPassword(String address) {
        assertThat(Mask.secret(address))
                .startsWith("jdbc:postgresql://")
                .contains("db", "***")
                .doesNotContain("hunter2");
        assertThat(Mask.hasPassword(address)).isTrue();
    }

    @Test
    void whatIsNoAddressIsNotShownAtAll() {
        assertThat(Mask.secret("hunter2")).isEqualTo("***");
        assertThat(Mask.secret("postgres://w:hunter2@db/m")).isEqualTo("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db:5432/m?user=w", "k1:9092,k2:9092", "millrace-sink", "8082", ""})
    void whatHoldsNoPasswordStays(String value) {
        assertThat(Mask.passwords(value)).isEqualTo(value);
        assertThat(Mask.hasPassword(value)).isFalse();
    }
}
