package dev.millrace.compose.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLineTest {
    @Test
    void eachKindOfValueKeepsItsKind() {
        // Given
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("whole", 7L);
        members.put("fraction", 1234567.89149);
        members.put("small", 0.00049);
        members.put("large", 2e9);
        members.put("truth", true);
        members.put("text", "a\"b");
        members.put("object", Map.of("n", 1));
        members.put("array", List.of(1, 0.5, Map.of("n", 2)));
        // When
        String line = JsonLine.of(members);
        // Then
        assertThat(line)
                .isEqualTo("{\"whole\":7,\"fraction\":1234567.891,\"small\":0,\"large\":2000000000,\"truth\":true,"
                        + "\"text\":\"a\\\"b\",\"object\":{\"n\":1},\"array\":[1,0.5,{\"n\":2}]}");
    }
}
