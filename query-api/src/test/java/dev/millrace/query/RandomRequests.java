package dev.millrace.query;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Requests of every kind: right ones, nearly right ones, and nonsense. The same ones for the same seed. */
final class RandomRequests {
    private static final List<String> METHODS = List.of("GET", "GET", "GET", "GET", "POST", "HEAD", "PUT", "X");
    private static final List<String> PATHS = List.of(
            "/v1/events",
            "/v1/events",
            "/v1/events",
            "/v1/events/query",
            "/v1/events/stream",
            "/v1/events/export",
            "/v1/events/01937b2e-7c1e-7000-8000-000000000000",
            "/v1/events/%00",
            "/v1/receipts/0:0",
            "/v1/receipts/0:9223372036854775807",
            "/v1/receipts/x",
            "/v1/status",
            "/v1/stats",
            "/health/ready",
            "/openapi.yaml",
            "/v1/../v1/events",
            "//v1/events",
            "/%2e%2e/etc/passwd",
            "/nothing");
    private static final List<String> NAMES = List.of(
            "type",
            "key",
            "match",
            "match_metadata",
            "occurred_from",
            "occurred_until",
            "appended_from",
            "appended_until",
            "order",
            "limit",
            "cursor",
            "wait_for",
            "wait_ms",
            "from",
            "until",
            "step",
            "x",
            "");
    private static final List<String> VALUES = List.of(
            "",
            "a",
            "0",
            "1",
            "-1",
            "1000",
            "1000000000",
            "9223372036854775807",
            "99999999999999999999",
            "1e5",
            "asc",
            "desc",
            "order.placed",
            "it%27s%20%22--%22%3B",
            "%00",
            "%FF%FE",
            "%ED%A0%80",
            "%F0%9F%98%80",
            "%",
            "%zz",
            "{}",
            "%7B%22second%22:1%7D",
            "%7B%22second%22:%7B%7D%7D",
            "%7B%22a%22:%5B1,%7B%22b%22:null%7D%5D%7D",
            "%7B%22a%22:1e308%7D",
            "%7B%22a%22:1e-308%7D",
            "%7B%22a%22:%22%5Cu0000%22%7D",
            "%7B%22a%22:%22%5Cud800%22%7D",
            "%5B".repeat(70),
            "2026-11-01T00:00:00Z",
            "2026-11-30T23:59:60Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z",
            "2026-13-01T00:00:00Z",
            "0:0",
            "0:5,1:7",
            "3:9223372036854775807",
            "9:0",
            "0:-1",
            "1h",
            "60",
            "beginning",
            "a.**",
            "b".repeat(300));
    private static final List<String> HEADERS = List.of(
            "Accept: application/json",
            "Accept: */*;q=nonsense",
            "Accept-Encoding: gzip",
            "Accept-Encoding: identity;q=0, *;q=0",
            "Last-Event-ID: rubbish",
            "Range: bytes=0-1",
            "If-None-Match: *",
            "Expect: 100-continue",
            "Content-Type: application/json",
            "Content-Type: text/html; charset=nothing",
            "Authorization: Bearer x",
            "X-API-Key: ",
            "Cookie: a=b; a=b");
    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "{\"any_of\":[{\"types\":[\"order.placed\"]}],\"limit\":3}",
            "{\"any_of\":[{\"match_any\":[{\"second\":1}],\"match_all\":[{}]}],\"order\":\"desc\"}",
            "{\"any_of\":[{\"match_metadata_any\":[{\"a\":[1,2,{}]}]},{\"keys\":[\"k\"]}],\"wait_for\":\"0:0\"}",
            "{\"cursor\":\"AQID\"}",
            "{\"limit\":1e9}",
            "[".repeat(2_000),
            "{\"a\":".repeat(2_000),
            "\u0000",
            "null",
            "{\"occurred_from\":\"2026-11-01T00:00:00Z\",\"appended_until\":\"2026-12-01T00:00:00Z\"}");

    private final SplittableRandom random;
    private final List<String> cursors;

    /** @param cursors that the server gave out */
    RandomRequests(long seed, List<String> cursors) {
        random = new SplittableRandom(seed);
        this.cursors = cursors;
    }

    byte[] next() {
        String method = of(METHODS);
        StringBuilder request =
                new StringBuilder(method).append(' ').append(target()).append(" HTTP/1.1\r\n");
        request.append("Host: localhost\r\nConnection: close\r\n");
        for (int count = random.nextInt(3); count > 0; count--) {
            request.append(of(HEADERS)).append("\r\n");
        }
        byte[] body = body(method).getBytes(StandardCharsets.UTF_8);
        if (body.length > 0 || method.equals("POST")) {
            request.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] head = request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[head.length + body.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        return bytes;
    }

    private String target() {
        StringBuilder target = new StringBuilder(of(PATHS));
        String separator = "?";
        for (int count = random.nextInt(5); count > 0; count--) {
            target.append(separator).append(of(NAMES)).append('=').append(value());
            separator = random.nextInt(20) == 0 ? "&&" : "&";
        }
        return target.toString();
    }

    private String value() {
        return switch (random.nextInt(8)) {
            case 0 -> of(cursors);
            case 1 -> altered(of(cursors));
            case 2 -> noise();
            default -> of(VALUES);
        };
    }

    private String body(String method) {
        if (!method.equals("POST") && random.nextInt(10) > 0) {
            return "";
        }
        String body = of(BODIES);
        return random.nextInt(4) == 0 ? altered(body) : body;
    }

    /** With one character that is another one. */
    private String altered(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        char other = (char) ('!' + random.nextInt(90));
        return text.substring(0, at) + (other == '#' ? 'x' : other) + text.substring(at + 1);
    }

    private String noise() {
        StringBuilder noise = new StringBuilder();
        for (int count = random.nextInt(40); count > 0; count--) {
            noise.append('%').append("%02X".formatted(random.nextInt(256)));
        }
        return noise.toString();
    }

    private <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
