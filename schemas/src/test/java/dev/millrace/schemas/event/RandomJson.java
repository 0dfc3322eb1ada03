package dev.millrace.schemas.event;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Makes JSON objects of every shape that is near a limit, and now and then damages one. */
final class RandomJson {
    private static final String[] ESCAPES = {
        "\\n",
        "\\/",
        "\\\"",
        "\\\\",
        "\\b",
        "\\f",
        "\\r",
        "\\t",
        "\\u0041",
        "\\u00e9",
        "\\u20AC",
        "\\ud83d\\ude00",
        "\\u0001",
        "\\u001F",
        "\\u007f",
        "\\u0000",
        "\\ud83d",
        "\\udc00",
        "\\uFFFF"
    };
    private static final int RARE_ESCAPES = 4;
    private static final String SPACES = " \t\n\r";
    private static final int DEEPEST = 70;

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    byte[] next() {
        StringBuilder json = new StringBuilder();
        if (oneIn(40)) {
            nested(json);
        } else {
            object(json, 0);
        }
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        if (oneIn(4)) {
            damage(bytes);
        }
        return bytes;
    }

    private void damage(byte[] bytes) {
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            byte[] choice = {
                '"', '\\', '{', '}', '[', ']', ',', ':', '0', '9', 'e', '-', '.', ' ', 'u', (byte) random.nextInt()
            };
            bytes[random.nextInt(bytes.length)] = choice[random.nextInt(choice.length)];
        }
    }

    private void nested(StringBuilder json) {
        int depth = 55 + random.nextInt(DEEPEST - 55);
        json.append("{\"a\":".repeat(depth)).append("[]").append("}".repeat(depth));
    }

    private void value(StringBuilder json, int depth) {
        space(json);
        switch (random.nextInt(depth > 3 ? 6 : 8)) {
            case 0 -> json.append("null");
            case 1 -> json.append(random.nextBoolean());
            case 2, 3 -> string(json);
            case 4, 5 -> number(json);
            case 6 -> object(json, depth);
            default -> array(json, depth);
        }
        space(json);
    }

    private void object(StringBuilder json, int depth) {
        json.append('{');
        for (int left = random.nextInt(6); left > 0; left--) {
            space(json);
            string(json);
            space(json);
            json.append(':');
            value(json, depth + 1);
            json.append(left > 1 ? "," : "");
        }
        space(json);
        json.append('}');
    }

    private void array(StringBuilder json, int depth) {
        json.append('[');
        for (int left = random.nextInt(6); left > 0; left--) {
            value(json, depth + 1);
            json.append(left > 1 ? "," : "");
        }
        space(json);
        json.append(']');
    }

    private void string(StringBuilder json) {
        json.append('"');
        for (int left = random.nextInt(oneIn(20) ? 300 : 6); left > 0; left--) {
            switch (random.nextInt(6)) {
                case 0 ->
                    json.append(ESCAPES[random.nextInt(oneIn(30) ? ESCAPES.length : ESCAPES.length - RARE_ESCAPES)]);
                case 1 -> json.appendCodePoint(codePoint());
                default -> json.append((char) ('a' + random.nextInt(26)));
            }
        }
        json.append('"');
    }

    private int codePoint() {
        int codePoint = random.nextInt(oneIn(2) ? 0x800 : Character.MAX_CODE_POINT + 1);
        boolean isPlain = codePoint >= 0x20
                && codePoint != '"'
                && codePoint != '\\'
                && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
        return isPlain ? codePoint : '€';
    }

    private void number(StringBuilder json) {
        json.append(random.nextBoolean() ? "-" : "");
        if (oneIn(3)) {
            json.append('0');
        } else {
            json.append((char) ('1' + random.nextInt(9)));
            digits(json, random.nextInt(oneIn(10) ? 110 : 5));
        }
        if (oneIn(2)) {
            json.append('.');
            digits(json, 1 + random.nextInt(oneIn(10) ? 110 : 5));
        }
        if (oneIn(2)) {
            String[] marks = {"e", "E", "e+", "E-", "e-", "e0"};
            json.append(marks[random.nextInt(marks.length)]).append(random.nextInt(oneIn(3) ? 320 : 12));
        }
    }

    private void digits(StringBuilder json, int count) {
        boolean isZeros = oneIn(3);
        for (int left = count; left > 0; left--) {
            json.append(isZeros ? '0' : (char) ('0' + random.nextInt(10)));
        }
    }

    private void space(StringBuilder json) {
        if (oneIn(8)) {
            json.append(SPACES.charAt(random.nextInt(SPACES.length())));
        }
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }
}
