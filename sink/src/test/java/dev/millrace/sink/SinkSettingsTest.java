package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.upkeep.PartitionInterval;
import dev.millrace.sink.upkeep.UpkeepSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinkSettingsTest {
    private static final Map<String, String> KAFKA = Map.of("bootstrap.servers", "127.0.0.1:9092");
    private static final String WRITER = "jdbc:postgresql://127.0.0.1/millrace?user=w&password=secret";
    private static final String OWNER = "jdbc:postgresql://127.0.0.1/millrace?user=o&password=secret";
    private static final Map<String, String> NEEDED = Map.of("sink.writer-url", WRITER, "sink.owner-url", OWNER);

    @Test
    void defaultsFillWhatIsNotSaid() {
        // When
        SinkSettings settings = SinkSettings.from(NEEDED, KAFKA);
        // Then
        assertThat(settings)
                .isEqualTo(new SinkSettings(
                        KAFKA,
                        WRITER,
                        OWNER,
                        "millrace-sink",
                        "127.0.0.1",
                        8082,
                        1,
                        BatchLimits.DEFAULT,
                        true,
                        95,
                        false,
                        UpkeepSettings.DEFAULT));
    }

    @Test
    void everyKeyIsMapped() {
        // Given
        Map<String, String> values = new HashMap<>(NEEDED);
        values.put("sink.group", "other");
        values.put("sink.host", "0.0.0.0");
        values.put("sink.port", "0");
        values.put("sink.workers", "8");
        values.put("sink.batch.max-rows", "7");
        values.put("sink.batch.max-bytes", "4096");
        values.put("sink.batch.max-age-ms", "3");
        values.put("sink.dlq.enabled", "false");
        values.put("sink.breaker.percent", "0");
        values.put("sink.accept-gap", "true");
        values.put("sink.partition-interval", "week");
        values.put("sink.retention", "90d");
        // When
        SinkSettings settings = SinkSettings.from(values, KAFKA);
        // Then
        assertThat(values).hasSameSizeAs(SinkKey.values());
        assertThat(settings)
                .isEqualTo(new SinkSettings(
                        KAFKA,
                        WRITER,
                        OWNER,
                        "other",
                        "0.0.0.0",
                        0,
                        8,
                        new BatchLimits(7, 4096, Duration.ofMillis(3)),
                        false,
                        0,
                        true,
                        new UpkeepSettings(PartitionInterval.WEEK, Optional.of(Duration.ofDays(90)))));
    }

    @Test
    void everyBadValueIsNamedInOneMessageAndNoPasswordIs() {
        // When
        Throwable thrown = catchThrowable(() -> SinkSettings.from(
                Map.ofEntries(
                        Map.entry("sink.writer-url", "postgres://w:secret@host/db"),
                        Map.entry("sink.group", " "),
                        Map.entry("sink.port", "80820"),
                        Map.entry("sink.workers", "9"),
                        Map.entry("sink.batch.max-rows", "many"),
                        Map.entry("sink.batch.max-bytes", "0"),
                        Map.entry("sink.batch.max-age-ms", "10ms"),
                        Map.entry("sink.dlq.enabled", "no"),
                        Map.entry("sink.breaker.percent", "101"),
                        Map.entry("sink.accept-gap", "yes"),
                        Map.entry("sink.partition-interval", "year"),
                        Map.entry("sink.retention", "6d")),
                Map.of("isolation.level", "read_uncommitted")));
        // Then
        assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kafka.bootstrap.servers is missing")
                .hasMessageContaining("kafka.isolation.level is not to be set")
                .hasMessageContaining("sink.writer-url is not a JDBC address")
                .hasMessageContaining("sink.owner-url is missing")
                .hasMessageContaining("sink.group is ' '")
                .hasMessageContaining("sink.port is '80820', not a number from 0 to 65535")
                .hasMessageContaining("sink.workers is '9', not a number from 1 to 8")
                .hasMessageContaining("sink.batch.max-rows is 'many'")
                .hasMessageContaining("sink.batch.max-bytes is '0'")
                .hasMessageContaining("sink.batch.max-age-ms is '10ms', not a number from 0 to 1000")
                .hasMessageContaining("sink.dlq.enabled is 'no', not false or true")
                .hasMessageContaining("sink.breaker.percent is '101'")
                .hasMessageContaining("sink.accept-gap is 'yes', not false or true")
                .hasMessageContaining("sink.partition-interval is 'year', not day or month or week")
                .hasMessageContaining("sink.retention is '6d', not off, or a number of days from 7 on, as 90d")
                .hasMessageNotContaining("w:secret");
    }

    @Test
    void constructorAcceptsNoMoreThanTheKeysDo() {
        // When
        Throwable thrown = catchThrowable(() -> new SinkSettings(
                Map.of(),
                "",
                OWNER,
                "group",
                "host",
                -1,
                0,
                new BatchLimits(1, 1L << 40, Duration.ofSeconds(2)),
                true,
                101,
                true,
                new UpkeepSettings(PartitionInterval.DAY, Optional.of(Duration.ofHours(1)))));
        // Then
        assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "kafka.bootstrap.servers is missing",
                        "sink.writer-url is missing",
                        "sink.port is '-1'",
                        "sink.workers is '0'",
                        "sink.batch.max-bytes is '1099511627776'",
                        "sink.breaker.percent is '101'",
                        "sink.retention is '0d'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0d", "6d", "90", "90h", "-90d", "999999d", "never", "", " 90d", "\u0669\u0660d"})
    void retentionThatIsNoNumberOfDaysIsRefused(String text) {
        assertThat(SinkKey.RETENTION.problem(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "7d", "99999d"})
    void retentionIsOffOrDays(String text) {
        assertThat(SinkKey.RETENTION.problem(text)).isEmpty();
        assertThat(RetentionTime.text(RetentionTime.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "enable.auto.commit, true",
        "auto.offset.reset, latest",
        "isolation.level, read_uncommitted",
        "key.deserializer, x",
        "value.deserializer, x",
        "group.id, other",
        "acks, 1",
        "enable.idempotence, false",
        "transactional.id, x"
    })
    void exactlyOnceCannotBeConfiguredAway(String name, String value) {
        assertThat(ConsumerProperties.forbidden(Map.of(name, value))).containsExactly(name);
    }

    @Test
    void kafkaPropertiesReachTheConsumerBesideWhatIsFixed() {
        // Given
        Map<String, String> kafka = Map.of(
                "bootstrap.servers", "k:1",
                "security.protocol", "SASL_SSL",
                "group.protocol", "classic",
                "isolation.level", "read_committed");
        // When
        Map<String, Object> properties = ConsumerProperties.of(SinkSettings.from(NEEDED, kafka), 0);
        // Then
        assertThat(properties)
                .containsAllEntriesOf(kafka)
                .containsEntry("group.id", "millrace-sink")
                .containsEntry("enable.auto.commit", "false")
                .containsEntry("auto.offset.reset", "none");
        assertThat(ConsumerConfig.configNames()).containsAll(properties.keySet());
    }

    @Test
    void newPartitionsAreLookedForTwiceAMinuteUnlessSaidOtherwise() {
        // Given
        Map<String, String> kafka = new HashMap<>(KAFKA);
        // When
        Map<String, Object> usual = ConsumerProperties.of(SinkSettings.from(NEEDED, kafka), 0);
        kafka.put("metadata.max.age.ms", "60000");
        Map<String, Object> told = ConsumerProperties.of(SinkSettings.from(NEEDED, kafka), 0);
        // Then
        assertThat(usual).containsEntry("metadata.max.age.ms", "30000");
        assertThat(told).containsEntry("metadata.max.age.ms", "60000");
    }

    @Test
    void rebalanceWaitsHalfAMinuteForMembersThatAreGoneUnlessSaidOtherwise() {
        // Given
        Map<String, String> kafka = new HashMap<>(KAFKA);
        // When
        Map<String, Object> usual = ConsumerProperties.of(SinkSettings.from(NEEDED, kafka), 0);
        kafka.put("max.poll.interval.ms", "60000");
        Map<String, Object> told = ConsumerProperties.of(SinkSettings.from(NEEDED, kafka), 0);
        // Then
        assertThat(usual).containsEntry("max.poll.interval.ms", "30000");
        assertThat(told).containsEntry("max.poll.interval.ms", "60000");
    }

    @Test
    void whatIsFetchedAheadIsBoundedByTheBatchUnlessSaidOtherwise() {
        // Given
        Map<String, String> small = new HashMap<>(NEEDED);
        small.put("sink.batch.max-rows", "7");
        small.put("sink.batch.max-bytes", "4096");
        Map<String, String> kafka = new HashMap<>(KAFKA);
        kafka.put("max.poll.records", "3000");
        kafka.put("fetch.max.bytes", "33554432");
        kafka.put("max.partition.fetch.bytes", "8388608");
        // When
        Map<String, Object> usual = ConsumerProperties.of(SinkSettings.from(NEEDED, KAFKA), 0);
        Map<String, Object> bounded = ConsumerProperties.of(SinkSettings.from(small, KAFKA), 0);
        Map<String, Object> told = ConsumerProperties.of(SinkSettings.from(small, kafka), 0);
        // Then
        assertThat(usual)
                .containsEntry("max.poll.records", 1_000)
                .containsEntry("fetch.max.bytes", 16 << 20)
                .containsEntry("max.partition.fetch.bytes", 1 << 20);
        assertThat(bounded)
                .containsEntry("max.poll.records", 7)
                .containsEntry("fetch.max.bytes", 4096)
                .containsEntry("max.partition.fetch.bytes", 4096);
        assertThat(told).containsAllEntriesOf(kafka);
    }

    @Test
    void workersOfOneProcessAreToldApartAlsoWhereTheirNamesAreSaid() {
        // Given
        Map<String, String> kafka =
                Map.of("bootstrap.servers", "k:1", "client.id", "mine", "group.instance.id", "host-a");
        Map<String, String> two = new HashMap<>(NEEDED);
        two.put("sink.workers", "2");
        // When
        Map<String, Object> alone = ConsumerProperties.of(SinkSettings.from(NEEDED, kafka), 0);
        Map<String, Object> unnamed = ConsumerProperties.of(SinkSettings.from(two, KAFKA), 1);
        Map<String, Object> named = ConsumerProperties.of(SinkSettings.from(two, kafka), 1);
        // Then
        assertThat(alone).containsEntry("client.id", "mine").containsEntry("group.instance.id", "host-a");
        assertThat(unnamed).containsEntry("client.id", "sink-1").doesNotContainKey("group.instance.id");
        assertThat(named).containsEntry("client.id", "mine-1").containsEntry("group.instance.id", "host-a-1");
    }

    @Test
    void passwordsAreNotShown() {
        assertThat(SinkSettings.from(NEEDED, KAFKA).toString()).doesNotContain("secret");
    }
}
