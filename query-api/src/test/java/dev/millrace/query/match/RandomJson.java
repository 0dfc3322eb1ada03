package dev.millrace.query.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** JSON from few words, so that two documents have something in common. Not thread-safe. */
final class RandomJson {
    private static final List<String> KEYS =
            List.of("\"a\"", "\"b\"", "\"\"", "\"\\u00e9 \\\" \"", "\"\\ud83d\\ude00\"");

    /** The first of each line is one number, or one text, in several spellings. */
    private static final List<List<String>> SCALARS = List.of(
            List.of("1", "1.0", "1e0", "10e-1", "1.000000000000000000000000000000", "0.1E+1"),
            List.of("0", "-0", "0.0", "0e5", "-0.00e-7"),
            List.of("100", "1e2", "100.00", "1E+2"),
            List.of("1e308", "1E+308", "10e307"),
            List.of("1e-308", "0.1e-307"),
            List.of("-12345678901234567890.123456789", "-1.2345678901234567890123456789e19"),
            List.of("0.1", "1e-1", "0.10"),
            List.of("\"a\"", "\"\\u0061\""),
            List.of("\"1\""),
            List.of("\"\""),
            List.of("\"true\""),
            List.of("\"\\u00e9\"", "\"é\""),
            List.of("\"\\ud83d\\ude00\"", "\"😀\""),
            List.of("true"),
            List.of("false"),
            List.of("null"));

    private final Random random;

    RandomJson(long seed) {
        random = new Random(seed);
    }

    /** A value: {@code TreeMap}, {@code ArrayList}, or the number of a line of scalars. */
    Object value(int depth) {
        int kind = random.nextInt(depth > 0 ? 4 : 2);
        if (kind == 2) {
            return object(depth - 1);
        }
        if (kind == 3) {
            List<Object> elements = new ArrayList<>();
            for (int count = random.nextInt(4); count > 0; count--) {
                elements.add(value(depth - 1));
            }
            return elements;
        }
        return random.nextInt(SCALARS.size());
    }

    TreeMap<String, Object> object(int depth) {
        TreeMap<String, Object> members = new TreeMap<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            members.put(KEYS.get(random.nextInt(KEYS.size())), value(depth));
        }
        return members;
    }

    /** Something like a value: often a part of it, in another order, with a repeat, or a little beside it. */
    Object like(Object value) {
        if (random.nextInt(12) == 0) {
            return value(2);
        }
        if (value instanceof TreeMap<?, ?> members) {
            TreeMap<String, Object> part = new TreeMap<>();
            members.forEach((key, member) -> {
                if (random.nextInt(3) > 0) {
                    part.put((String) key, like(member));
                }
            });
            return part;
        }
        if (value instanceof List<?> elements) {
            List<Object> part = new ArrayList<>();
            for (int count = random.nextInt(elements.size() + 2); count > 0 && !elements.isEmpty(); count--) {
                part.add(like(elements.get(random.nextInt(elements.size()))));
            }
            return part;
        }
        return value;
    }

    String print(Object value) {
        if (value instanceof TreeMap<?, ?> members) {
            return members.entrySet().stream()
                    .map(member -> member.getKey() + ":" + print(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(this::print).collect(Collectors.joining(",", "[", "]"));
        }
        List<String> spellings = SCALARS.get((Integer) value);
        return spellings.get(random.nextInt(spellings.size()));
    }
}
