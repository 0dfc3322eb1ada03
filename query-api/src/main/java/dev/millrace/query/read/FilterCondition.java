package dev.millrace.query.read;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A filter as a condition of SQL. Each value is bound; what asks nothing is left out, so that the planner
 * sees only what narrows the answer.
 */
final class FilterCondition {
    private static final Pattern EMPTY_OBJECT = Pattern.compile("\\s*\\{\\s*\\}\\s*");

    private FilterCondition() {}

    /** Appends the condition, with an AND before each of its parts. */
    static void addTo(Sql sql, EventFilter filter) {
        range(sql, "appended_at", filter.appended());
        range(sql, "occurred_at", filter.occurred());
        List<Sql> alternatives =
                filter.anyOf().stream().map(FilterCondition::criteria).toList();
        // One that came to nothing holds for every event, and with it the whole.
        if (!alternatives.isEmpty() && alternatives.stream().noneMatch(Sql::isEmpty)) {
            sql.add(" AND ").add(joined(alternatives, " OR "));
        }
    }

    private static void range(Sql sql, String column, TimeRange range) {
        if (range.from() != null) {
            sql.add(" AND " + column + " >= ?", range.from());
        }
        if (range.until() != null) {
            sql.add(" AND " + column + " < ?", range.until());
        }
    }

    private static Sql criteria(EventCriteria criteria) {
        List<Sql> parts = List.of(
                oneOf("event_type", criteria.types()),
                oneOf("event_key", criteria.keys()),
                containing("payload", criteria.matchAny(), " OR "),
                containing("payload", criteria.matchAll(), " AND "),
                containing("metadata", criteria.metadataAny(), " OR "));
        return joined(parts.stream().filter(part -> !part.isEmpty()).toList(), " AND ");
    }

    private static Sql oneOf(String column, List<String> values) {
        return switch (values.size()) {
            case 0 -> new Sql();
            case 1 -> new Sql().add(column + " = ?", values.get(0));
            default -> new Sql().add(column + " = ANY(?)", (Object) values.toArray(String[]::new));
        };
    }

    /** Every value of the column is an object, so an empty one is in all of them: no reason to ask the index. */
    private static Sql containing(String column, List<String> objects, String operator) {
        List<String> asking = objects.stream()
                .filter(object -> !EMPTY_OBJECT.matcher(object).matches())
                .toList();
        if (operator.equals(" OR ") && asking.size() < objects.size()) {
            return new Sql();
        }
        Function<String, Sql> contains = object -> new Sql().add(column + " @> ?::jsonb", object);
        return joined(asking.stream().map(contains).toList(), operator);
    }

    private static Sql joined(List<Sql> parts, String operator) {
        if (parts.size() < 2) {
            return parts.isEmpty() ? new Sql() : parts.get(0);
        }
        Sql joined = new Sql();
        String separator = "(";
        for (Sql part : parts) {
            joined.add(separator).add(part);
            separator = operator;
        }
        return joined.add(")");
    }
}
