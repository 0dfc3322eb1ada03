package dev.millrace.query.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainmentTest {
    /** What {@code FilterMatchIT} finds by chance, by name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{}|true",
                "{\"a\":1}|{}|true",
                "{}|{\"a\":1}|false",
                "{\"a\":1.0}|{\"a\":1e0}|true",
                "{\"a\":0}|{\"a\":-0.00}|true",
                "{\"a\":\"1\"}|{\"a\":1}|false",
                "{\"a\":null}|{\"a\":null}|true",
                "{}|{\"a\":null}|false",
                "{\"a\":[1,2,3]}|{\"a\":[3,1,3]}|true",
                "{\"a\":[1]}|{\"a\":[]}|true",
                "{\"a\":[1]}|{\"a\":{}}|false",
                "{\"a\":[1]}|{\"a\":1}|false",
                "{\"a\":1}|{\"a\":[1]}|false",
                "{\"a\":[[1,2],[3]]}|{\"a\":[[2]]}|true",
                "{\"a\":[[1,2],[3]]}|{\"a\":[[2,3]]}|false",
                "{\"a\":[{\"b\":1},{\"c\":2}]}|{\"a\":[{\"b\":1,\"c\":2}]}|false",
                "{\"a\":[{\"b\":1,\"c\":2}]}|{\"a\":[{\"b\":1},{\"c\":2}]}|true",
                "{\"a\":[]}|{\"a\":[[]]}|false",
                "{\"a\":{\"b\":{}}}|{\"a\":{\"b\":{}}}|true",
                "{\"a\":{\"b\":1}}|{\"b\":1}|false"
            })
    void containsWhatJsonbContains(String whole, String part, boolean contained) {
        // When
        boolean verdict = new Containment().contains(JsonDocument.parse(whole), JsonDocument.parse(part));
        // Then
        assertThat(verdict).isEqualTo(contained);
    }

    @Test
    void manyScalarsCostLittleAndManyContainersAreRefused() {
        // Given
        String scalars = numbers(0, 100_000, "", "");
        JsonDocument objects = JsonDocument.parse(numbers(0, 20_000, "{\"n\":", "}"));
        JsonDocument some = JsonDocument.parse(numbers(19_000, 20_000, "{\"n\":", "}"));
        // When
        boolean contained = new Containment().contains(JsonDocument.parse(scalars), JsonDocument.parse(scalars));
        // Then
        assertThat(contained).isTrue();
        assertThatThrownBy(() -> new Containment().contains(objects, some)).isInstanceOf(CostlyMatchException.class);
    }

    private static String numbers(int from, int until, String before, String after) {
        return IntStream.range(from, until)
                .mapToObj(number -> before + number + after)
                .collect(Collectors.joining(",", "{\"a\":[", "]}"));
    }
}
