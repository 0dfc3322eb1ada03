package dev.millrace.compose.settings;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All settings, read once. Reading never fails: what is wrong is told by {@link #problems}, all of it
 * at a time. Immutable.
 */
public final class Settings {
    private static final List<Scope> EVERYBODY = List.of(Scope.values());

    private final SettingsSources sources;
    private final Variables environment;
    private final SettingsFile file;
    private final SmallRyeConfig config;

    private Settings(SettingsSources sources) {
        this.sources = sources;
        this.environment = new Variables(sources.environment());
        Variables stack = new Variables(sources.stack());
        this.file = sources.file().map(SettingsFile::read).orElse(new SettingsFile(Map.of(), List.of()));
        this.config = new SmallRyeConfigBuilder()
                .withSources(List.of(
                        source(sources.flags(), Origin.FLAG),
                        new EnvConfigSource(environment.values(), Origin.ENVIRONMENT.sourceOrdinal()),
                        source(environment.kafka(), Origin.ENVIRONMENT),
                        new EnvConfigSource(stack.values(), Origin.STACK.sourceOrdinal()),
                        source(stack.kafka(), Origin.STACK),
                        source(file.values(), Origin.FILE),
                        source(defaults(), Origin.DEFAULT)))
                .build();
    }

    /** Reads all sources. */
    public static Settings read(SettingsSources sources) {
        return new Settings(sources);
    }

    /** A sentence for each variable that looks like a setting and is none. */
    public List<String> warnings() {
        return environment.warnings(sources.stackNames());
    }

    /**
     * A sentence for each thing that is wrong, but for what is missing: any unknown key, a file that
     * cannot be read, and the bad values of these scopes. Those of others are not theirs to mend.
     */
    public List<String> problems(Collection<Scope> scopes) {
        KeyCheck keys = new KeyCheck(EVERYBODY);
        List<String> problems = new ArrayList<>();
        new TreeMap<>(sources.flags())
                .forEach((key, value) -> keys.flag(key, value).ifPresent(problems::add));
        problems.addAll(file.problems());
        file.values().keySet().forEach(key -> keys.unknown(key, filePlace()).ifPresent(problems::add));
        environment.problems().forEach((key, problem) -> {
            if (concerns(key, scopes)) {
                problems.add(problem);
            }
        });
        effective(scopes).forEach(each -> each.problem().ifPresent(problems::add));
        scopes.forEach(scope -> problems.addAll(forbidden(scope)));
        return problems;
    }

    /** What these scopes need and nobody said, or meant to say. */
    public List<Setting> missing(Collection<Scope> scopes) {
        return effective(scopes).stream()
                .filter(EffectiveSetting::isMissing)
                .map(EffectiveSetting::setting)
                .filter(setting -> !environment.problems().containsKey(setting.key()))
                .toList();
    }

    /** The settings of these scopes with the values that hold, in a fixed order, Kafka's last. */
    public List<EffectiveSetting> effective(Collection<Scope> scopes) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        Scope.settings(scopes).forEach(setting -> settings.put(setting.key(), setting));
        if (scopes.stream().anyMatch(Scope::usesKafka)) {
            for (String property : kafkaProperties().keySet()) {
                settings.computeIfAbsent(KafkaPassThrough.PREFIX + property, newlyFound -> Setting.ofKafka(property));
            }
        }
        return settings.values().stream().map(this::find).toList();
    }

    /** Every value that holds, by key, defaults included. */
    public Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        for (EffectiveSetting each : effective(EVERYBODY)) {
            if (!each.isMissing()) {
                values.put(each.setting().key(), each.value());
            }
        }
        return values;
    }

    /** What is for Kafka's clients, in their words, {@code bootstrap.servers} among it. */
    public Map<String, String> kafkaProperties() {
        Map<String, String> properties = new TreeMap<>();
        for (String key : config.getPropertyNames()) {
            if (key.startsWith(KafkaPassThrough.PREFIX)) {
                String property = key.substring(KafkaPassThrough.PREFIX.length());
                properties.put(property, config.getConfigValue(key).getValue());
            }
        }
        return properties;
    }

    private List<String> forbidden(Scope scope) {
        return scope.forbidden(kafkaProperties()).stream()
                .map(property -> find(Setting.ofKafka(property)))
                .map(found -> found.setting().key() + " is not to be set for " + scope.command()
                        + ", whose promises rest on it (" + found.place() + ")")
                .toList();
    }

    private static boolean concerns(String key, Collection<Scope> scopes) {
        return key.startsWith(KafkaPassThrough.PREFIX)
                ? scopes.stream().anyMatch(Scope::usesKafka)
                : Scope.settings(scopes).stream()
                        .anyMatch(setting -> setting.key().equals(key));
    }

    private EffectiveSetting find(Setting setting) {
        ConfigValue found = config.getConfigValue(setting.key());
        if (found.getValue() == null) {
            return new EffectiveSetting(setting, "", Origin.MISSING, Origin.MISSING.toString());
        }
        Origin origin = Origin.of(found.getConfigSourceOrdinal());
        return new EffectiveSetting(setting, found.getValue(), origin, place(origin, setting));
    }

    private String place(Origin origin, Setting setting) {
        return switch (origin) {
            case ENVIRONMENT -> origin + " " + environment.nameFor(setting);
            case STACK -> origin + " " + sources.stackPlace();
            case FILE -> filePlace();
            case FLAG, DEFAULT, MISSING -> origin.toString();
        };
    }

    private String filePlace() {
        return Origin.FILE + " " + sources.file().map(Object::toString).orElse("");
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        for (Setting setting : Scope.settings(EVERYBODY)) {
            setting.byDefault().ifPresent(value -> defaults.put(setting.key(), value));
        }
        return defaults;
    }

    private static PropertiesConfigSource source(Map<String, String> values, Origin origin) {
        return new PropertiesConfigSource(values, origin.toString(), origin.sourceOrdinal());
    }
}
