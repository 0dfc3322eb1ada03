package dev.millrace.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final List<ApiKey> KEYS = List.of(
            key("first", AccessScope.READ),
            key("second", AccessScope.WRITE),
            key("third", AccessScope.READ, AccessScope.WRITE),
            key("fourth", AccessScope.ADMIN));

    @ParameterizedTest
    @ValueSource(strings = {"first", "third", "fourth", "nobody", ""})
    void everyKeyIsLookedAtWhereverTheRightOneIs(String presented) {
        // Given
        List<byte[]> compared = new ArrayList<>();
        ApiKeys keys = new ApiKeys(KEYS, (stored, digest) -> {
            compared.add(stored);
            return Arrays.equals(stored, digest);
        });
        // When
        keys.check(new PresentedKey(Optional.of(presented)), AccessScope.READ);
        // Then
        assertThat(compared).containsExactly(KEYS.stream().map(ApiKey::sha256).toArray(byte[][]::new));
    }

    @Test
    void noKeyCostsAsMuchAsAnUnknownOne() {
        // Given
        List<byte[]> compared = new ArrayList<>();
        ApiKeys keys = new ApiKeys(List.of(key("", AccessScope.ADMIN)), (stored, digest) -> compared.add(digest));
        // When
        Access access = keys.check(new PresentedKey(Optional.empty()), AccessScope.READ);
        // Then
        assertThat(compared).hasSize(1);
        assertThat(access).isEqualTo(new Access.Unknown());
    }

    @ParameterizedTest
    @CsvSource({
        "first, READ, true",
        "first, WRITE, false",
        "first, ADMIN, false",
        "second, READ, false",
        "second, WRITE, true",
        "third, READ, true",
        "third, WRITE, true",
        "third, ADMIN, false",
        "fourth, READ, true",
        "fourth, WRITE, true",
        "fourth, ADMIN, true"
    })
    void aKeyOpensWhatItIsFor(String name, AccessScope needed, boolean granted) {
        // When
        Access access = new ApiKeys(KEYS).check(new PresentedKey(Optional.of(name)), needed);
        // Then
        assertThat(access).isEqualTo(granted ? new Access.Granted(name) : new Access.OutOfScope(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "First", "first ", "fifth", "firs", "firstt"})
    void whatIsNoKeyOpensNothing(String presented) {
        // When
        Access access = new ApiKeys(KEYS).check(new PresentedKey(Optional.of(presented)), AccessScope.READ);
        // Then
        assertThat(access).isEqualTo(new Access.Unknown());
    }

    /** A key whose characters are its name. */
    private static ApiKey key(String name, AccessScope... scopes) {
        return new ApiKey(name, Set.of(scopes), ApiKey.digest(name));
    }
}
