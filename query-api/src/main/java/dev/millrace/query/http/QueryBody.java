package dev.millrace.query.http;

import dev.millrace.query.http.JsonFields.Kind;
import dev.millrace.query.read.EventCriteria;
import dev.millrace.query.read.PageRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The document of {@code POST /v1/events/query}. Its values follow the rules of the parameters with the same
 * meaning.
 */
final class QueryBody {
    /** Most items of {@code any_of}. */
    static final int ITEMS = 20;

    /** Most values of all items together; each may become a search of its own. */
    static final int VALUES = 200;

    private static final Map<String, Kind> FIELDS = Map.ofEntries(
            Map.entry("any_of", Kind.OBJECTS),
            Map.entry("occurred_from", Kind.TEXT),
            Map.entry("occurred_until", Kind.TEXT),
            Map.entry("appended_from", Kind.TEXT),
            Map.entry("appended_until", Kind.TEXT),
            Map.entry("order", Kind.TEXT),
            Map.entry("limit", Kind.NUMBER),
            Map.entry("cursor", Kind.TEXT),
            Map.entry("wait_for", Kind.TEXT),
            Map.entry("wait_ms", Kind.NUMBER));

    private static final Map<String, Kind> ITEM_FIELDS = Map.of(
            "types", Kind.TEXTS,
            "keys", Kind.TEXTS,
            "match_any", Kind.OBJECTS,
            "match_all", Kind.OBJECTS,
            "match_metadata_any", Kind.OBJECTS);

    private QueryBody() {}

    /** @throws ProblemException naming everything that is wrong */
    static PageRequest read(byte[] document) {
        List<InvalidParameter> errors = new ArrayList<>();
        Map<String, List<String>> values = JsonFields.read(document, FIELDS, "", errors);
        Parameters parameters = new Parameters("", values, errors);
        List<String> items = parameters.all("any_of", text -> text);
        if (items.size() > ITEMS) {
            parameters.invalid("any_of", "has " + items.size() + " items, at most " + ITEMS);
            items = List.of();
        }
        List<EventCriteria> anyOf = new ArrayList<>();
        for (String item : items) {
            anyOf.add(criteria(item, "any_of[" + anyOf.size() + "].", errors));
        }
        int count = anyOf.stream().mapToInt(EventCriteria::size).sum();
        if (count > VALUES) {
            parameters.invalid("any_of", "has " + count + " values in all, at most " + VALUES);
        }
        return PageParameters.read(parameters, anyOf);
    }

    private static EventCriteria criteria(String item, String prefix, List<InvalidParameter> errors) {
        byte[] document = item.getBytes(StandardCharsets.UTF_8);
        Map<String, List<String>> values = JsonFields.read(document, ITEM_FIELDS, prefix, errors);
        Parameters parameters = new Parameters(prefix, values, errors);
        return new EventCriteria(
                parameters.all("types", Values::type),
                parameters.all("keys", Values::key),
                parameters.all("match_any", Values::match),
                parameters.all("match_all", Values::match),
                parameters.all("match_metadata_any", Values::match));
    }
}
