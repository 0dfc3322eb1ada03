package dev.millrace.query.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request. Collects everything that is wrong with them, so that a client
 * learns it at once. For one thread.
 */
final class Parameters {
    /** Most values of one parameter. */
    static final int VALUES = 100;

    private final String prefix;
    private final Map<String, List<String>> values;
    private final List<InvalidParameter> errors;
    private final Set<String> known = new HashSet<>();

    /**
     * @param prefix what the names begin with where they are shown
     * @param values as texts, by name
     * @param errors what is wrong already, also elsewhere in the request; what is found is added
     */
    Parameters(String prefix, Map<String, List<String>> values, List<InvalidParameter> errors) {
        this.prefix = prefix;
        this.values = values;
        this.errors = errors;
    }

    /** @param queryString as it came; null when there is none */
    Parameters(@Nullable String queryString) {
        this("", new LinkedHashMap<>(), new ArrayList<>());
        values.putAll(QueryString.parse(queryString, errors));
    }

    /** All values of a repeatable parameter; those that cannot be read are left out and noted. */
    <T> List<T> all(String name, Function<String, T> reader) {
        known.add(name);
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > VALUES) {
            invalid(name, "given " + given.size() + " times, at most " + VALUES);
            return List.of();
        }
        List<T> read = new ArrayList<>(given.size());
        for (String text : given) {
            T value = read(name, text, reader);
            if (value != null) {
                read.add(value);
            }
        }
        return read;
    }

    /** The value of a parameter that comes once; null when it is missing or cannot be read. */
    <T> @Nullable T one(String name, Function<String, T> reader) {
        known.add(name);
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            invalid(name, "given " + given.size() + " times, at most once");
            return null;
        }
        return given.isEmpty() ? null : read(name, given.get(0), reader);
    }

    /** The same, with a value for its absence. */
    <T> T one(String name, Function<String, T> reader, T absent) {
        T value = one(name, reader);
        return value == null ? absent : value;
    }

    /**
     * The value of the path, beside which no parameter is known.
     *
     * @throws ProblemException with all errors, as {@link #finish}
     */
    <T> T path(String name, String text, Function<String, T> reader) {
        T value = read(name, text, reader);
        finish();
        return Objects.requireNonNull(value);
    }

    /** Notes an error that only several parameters together make. */
    void invalid(String name, String message) {
        errors.add(new InvalidParameter(prefix + name, message));
    }

    boolean areValid() {
        return errors.isEmpty();
    }

    /**
     * Call after the last parameter.
     *
     * @throws ProblemException with all errors, also for parameters that nobody asked for
     */
    void finish() {
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> invalid(QueryString.shortened(name), "unknown parameter"));
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
    }

    /** @param reader throws {@link IllegalArgumentException} with a message for the client */
    private <T> @Nullable T read(String name, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException invalid) {
            invalid(name, String.valueOf(invalid.getMessage()));
            return null;
        }
    }
}
