package dev.millrace.compose.settings;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/**
 * Properties of Kafka's clients as settings: {@code kafka.security.protocol}, and in the environment
 * {@code KAFKA_SECURITY_PROTOCOL}. Kafka's own definitions say what there is and what is secret.
 */
final class KafkaPassThrough {
    static final String PREFIX = "kafka.";
    static final String VARIABLE_PREFIX = "KAFKA_";

    private static final Map<String, ConfigKey> KNOWN = known();

    private KafkaPassThrough() {}

    /** By the rule of Kafka's Docker image: {@code _} is a dot, {@code __} itself, {@code ___} a dash. */
    static String property(String variable) {
        return variable.substring(VARIABLE_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace("___", "-")
                .replace("__", "\0")
                .replace('_', '.')
                .replace('\0', '_');
    }

    /** The other way round. */
    static String variable(String property) {
        String name = property.replace("_", "__").replace("-", "___").replace('.', '_');
        return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT);
    }

    static boolean isKnown(String property) {
        return KNOWN.containsKey(property);
    }

    /** What the consumer, the producer or the admin client knows. */
    static Set<String> properties() {
        return KNOWN.keySet();
    }

    /** Also those that Kafka does not know: a plug-in's password has any name. */
    static boolean isSecret(String property) {
        ConfigKey key = KNOWN.get(property);
        return key == null || key.type == ConfigDef.Type.PASSWORD;
    }

    /** What Kafka would say against a value, to be put behind the key. */
    static Optional<String> problem(String property, String value) {
        ConfigKey key = KNOWN.get(property);
        if (key == null) {
            return Optional.empty();
        }
        try {
            Object parsed = ConfigDef.parseType(property, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(property, parsed);
            }
            return Optional.empty();
        } catch (ConfigException refused) {
            return Optional.of("is refused by Kafka" + (isSecret(property) ? "" : ": " + refused.getMessage()));
        }
    }

    private static Map<String, ConfigKey> known() {
        Map<String, ConfigKey> known = new TreeMap<>();
        for (ConfigDef definition :
                List.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef())) {
            definition.configKeys().forEach(known::putIfAbsent);
        }
        return Collections.unmodifiableMap(known);
    }
}
