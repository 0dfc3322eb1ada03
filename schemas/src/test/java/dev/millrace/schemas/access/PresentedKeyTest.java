package dev.millrace.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"Bearer mr_a", "bearer mr_a", "BEARER   mr_a "})
    void aBearerIsAKey(String authorization) {
        assertThat(PresentedKey.of(List.of(authorization), List.of()).key()).contains("mr_a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer a b", "Basic mr_a", "mr_a", "Bearermr_a", "X Bearer mr_a"})
    void anythingElseIsNone(String authorization) {
        assertThat(PresentedKey.of(List.of(authorization), List.of()).key()).isEmpty();
    }

    @Test
    void theOtherHeaderIsTheKeyItself() {
        assertThat(PresentedKey.of(List.of(), List.of(" mr_a ")).key()).contains("mr_a");
        assertThat(PresentedKey.of(List.of("Basic x"), List.of("mr_a")).key()).contains("mr_a");
        assertThat(PresentedKey.of(List.of(), List.of(" ")).key()).isEmpty();
    }

    @Test
    void ofSeveralNoneCounts() {
        assertThat(PresentedKey.of(List.of("Bearer mr_a"), List.of("mr_b")).key())
                .isEmpty();
        assertThat(PresentedKey.of(List.of("Bearer mr_a", "Bearer mr_a"), List.of())
                        .key())
                .isEmpty();
        assertThat(PresentedKey.of(List.of(), List.of("mr_a", "mr_b")).key()).isEmpty();
    }

    @Test
    void theKeyIsNotShown() {
        assertThat(PresentedKey.of(List.of(), List.of("mr_a")).toString()).doesNotContain("mr_a");
    }
}
