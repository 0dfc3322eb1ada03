package dev.millrace.schemas.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a request showed as its key: {@code Authorization: Bearer KEY} or {@code X-API-Key: KEY}.
 *
 * @param key empty if there is none, and also if there are several: which of them counts would be a
 *     guess, and another program on the way may guess otherwise
 */
public record PresentedKey(Optional<String> key) {
    /** The other header that a key may stand in, beside {@code Authorization}. */
    public static final String HEADER = "X-API-Key";

    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S+) *");

    /**
     * Reads the headers.
     *
     * @param authorization every value of {@code Authorization}
     * @param apiKey every value of {@link #HEADER}
     */
    public static PresentedKey of(List<String> authorization, List<String> apiKey) {
        List<String> all = new ArrayList<>(apiKey.stream().map(String::strip).toList());
        authorization.stream().flatMap(PresentedKey::bearer).forEach(all::add);
        return new PresentedKey(all.size() == 1 && !all.get(0).isEmpty() ? Optional.of(all.get(0)) : Optional.empty());
    }

    private static Stream<String> bearer(String value) {
        Matcher matcher = BEARER.matcher(value);
        return matcher.matches() ? Stream.of(matcher.group(1)) : Stream.empty();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return key.isPresent() ? "a key" : "no key";
    }
}
