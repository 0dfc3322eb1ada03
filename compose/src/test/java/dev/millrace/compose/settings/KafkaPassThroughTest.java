package dev.millrace.compose.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaPassThroughTest {
    @ParameterizedTest
    @CsvSource({
        "KAFKA_SECURITY_PROTOCOL, security.protocol",
        "KAFKA_BOOTSTRAP_SERVERS, bootstrap.servers",
        "KAFKA_PLUG__IN_NAME, plug_in.name",
        "KAFKA_PLUG___IN_NAME, plug-in.name"
    })
    void variablesAreNamedByTheRuleOfKafkasImage(String variable, String property) {
        assertThat(KafkaPassThrough.property(variable)).isEqualTo(property);
        assertThat(KafkaPassThrough.variable(property)).isEqualTo(variable);
    }

    @Test
    void everyPropertyOfKafkasClientsCanBeNamed() {
        assertThat(KafkaPassThrough.properties())
                .contains("fetch.min.bytes", "linger.ms", "bootstrap.controllers")
                .allSatisfy(property -> assertThat(KafkaPassThrough.property(KafkaPassThrough.variable(property)))
                        .isEqualTo(property));
    }

    @Test
    void passwordsAndWhatNobodyKnowsAreSecret() {
        assertThat(KafkaPassThrough.isSecret("sasl.jaas.config")).isTrue();
        assertThat(KafkaPassThrough.isSecret("ssl.truststore.password")).isTrue();
        assertThat(KafkaPassThrough.isSecret("plug-in.token")).isTrue();
        assertThat(KafkaPassThrough.isSecret("security.protocol")).isFalse();
    }

    @Test
    void kafkaItselfSaysWhatAValueMayBe() {
        assertThat(KafkaPassThrough.problem("fetch.min.bytes", "1")).isEmpty();
        assertThat(KafkaPassThrough.problem("fetch.min.bytes", "abc").orElseThrow())
                .contains("abc");
        assertThat(KafkaPassThrough.problem("fetch.min.bytes", "-1")).isPresent();
        assertThat(KafkaPassThrough.problem("security.protocol", "TLS")).isPresent();
        assertThat(KafkaPassThrough.problem("plug-in.token", "anything")).isEmpty();
    }
}
