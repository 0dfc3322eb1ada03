package dev.millrace.compose.settings;

import dev.millrace.schemas.settings.SettingKey;
import dev.millrace.sink.SinkKey;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that can be set.
 *
 * @param key its name in files and flags
 * @param byDefault what holds where nothing is said; empty where something has to be
 * @param meaning what it is for, in a line
 * @param secret whether a password may be in the value
 * @param check what is wrong with a value, to be put behind the key; quotes no secret
 */
public record Setting(
        String key,
        Optional<String> byDefault,
        String meaning,
        boolean secret,
        Function<String, Optional<String>> check) {

    static final Setting PRIMARY_URL = new Setting(
            "primary.url",
            Optional.empty(),
            "The primary, with millrace_owner's user and password",
            true,
            SinkKey.OWNER_URL::problem);

    static final Setting BOOTSTRAP_SERVERS = new Setting(
            KafkaPassThrough.PREFIX + "bootstrap.servers",
            Optional.empty(),
            "Kafka's host:port, several separated by commas",
            false,
            value -> KafkaPassThrough.problem("bootstrap.servers", value));

    /** One of a service. */
    public static Setting of(SettingKey key) {
        return new Setting(key.key(), key.byDefault(), key.meaning(), key.isSecret(), key::problem);
    }

    /** A property of Kafka's clients that somebody set. */
    static Setting ofKafka(String property) {
        return new Setting(
                KafkaPassThrough.PREFIX + property,
                Optional.empty(),
                "Property of Kafka's clients, passed on",
                KafkaPassThrough.isSecret(property),
                value -> KafkaPassThrough.problem(property, value));
    }

    /** The name in the environment. */
    public String environmentName() {
        return variable(key);
    }

    /** A key's name in the environment: as the settings library looks for it, and Kafka's for Kafka's. */
    static String variable(String key) {
        return key.startsWith(KafkaPassThrough.PREFIX)
                ? KafkaPassThrough.variable(key.substring(KafkaPassThrough.PREFIX.length()))
                : key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
