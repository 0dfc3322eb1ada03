package dev.millrace.compose.tail;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Which events to follow, as the query API understands it: values of one list are alternatives, the
 * lists all have to hold, an empty one does.
 *
 * @param matches JSON objects that the payload contains
 */
public record EventFilter(List<String> types, List<String> keys, List<String> matches) {
    public EventFilter {
        types = List.copyOf(types);
        keys = List.copyOf(keys);
        matches = List.copyOf(matches);
    }

    /** The filter as part of a query string. */
    String toQuery() {
        List<String> parameters = new ArrayList<>();
        types.forEach(type -> parameters.add(parameter("type", type)));
        keys.forEach(key -> parameters.add(parameter("key", key)));
        matches.forEach(match -> parameters.add(parameter("match", match)));
        return String.join("&", parameters);
    }

    static String parameter(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
