package dev.millrace.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CursorCodecTest {
    private static final Instant NOVEMBER = Instant.parse("2026-11-22T16:00:00.123456Z");
    private static final CompleteThrough THROUGH = new CompleteThrough(List.of(
            new Bound(122, NOVEMBER),
            Bound.NONE,
            new Bound(Long.MAX_VALUE, Instant.parse("0001-01-01T00:00:00Z")),
            new Bound(7, Instant.parse("9999-12-31T23:59:59.999999Z"))));
    private static final CompleteThrough FROM =
            new CompleteThrough(List.of(new Bound(12, NOVEMBER), Bound.NONE, Bound.NONE, new Bound(9, null)));

    static Stream<Cursor> cursors() {
        return Stream.of(
                        new Walk.Ordered(THROUGH, new OrderKey(NOVEMBER, 3, 7)),
                        new Walk.Ordered(THROUGH, null),
                        new Walk.Following(FROM, THROUGH),
                        Walk.Following.begin(THROUGH),
                        Walk.Following.begin(new CompleteThrough(List.of())))
                .map(walk -> new Cursor("hKz6bSPTTYWBbUJPDHDUgA", -42, walk));
    }

    @ParameterizedTest
    @MethodSource("cursors")
    void aCursorIsReadBackAsItWas(Cursor cursor) {
        // When
        Cursor read = CursorCodec.decode(CursorCodec.encode(cursor));
        // Then
        assertThat(read).isEqualTo(cursor);
    }

    @ParameterizedTest
    @MethodSource("cursors")
    void everyOtherCharacterAnywhereIsRefused(Cursor cursor) {
        // Given
        String text = CursorCodec.encode(cursor);
        for (int index = 0; index < text.length(); index++) {
            for (char other : "AZaz09-_=+/ é\u0000".toCharArray()) {
                StringBuilder altered = new StringBuilder(text);
                altered.setCharAt(index, other);
                // When, Then
                if (other != text.charAt(index)) {
                    assertRefused(altered.toString());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cursors")
    void everyCutAndEveryAdditionIsRefused(Cursor cursor) {
        // Given
        String text = CursorCodec.encode(cursor);
        // When, Then
        for (int length = 0; length < text.length(); length++) {
            assertRefused(text.substring(0, length));
        }
        assertRefused(text + "A");
        assertRefused(text + "=");
        assertRefused(text + text);
        assertRefused("A".repeat(CursorCodec.MAX_CHARACTERS + 1));
    }

    @Test
    void forgedBytesWithARightChecksumAreReadOrRefusedButNothingElse() {
        // Given
        Random random = new Random(42);
        int read = 0;
        for (int attempt = 0; attempt < 200_000; attempt++) {
            byte[] body = new byte[random.nextInt(60) + 2];
            random.nextBytes(body);
            body[0] = 1;
            body[1] = (byte) random.nextInt(4);
            for (int index = 2; index < body.length; index++) {
                body[index] = random.nextInt(3) == 0 ? body[index] : (byte) random.nextInt(4);
            }
            // When
            try {
                Cursor cursor = CursorCodec.decode(sealed(body));
                // Then
                assertThat(CursorCodec.encode(cursor)).isNotEmpty();
                read++;
            } catch (InvalidCursorException refused) {
                assertThat(refused).hasMessageStartingWith("not a cursor");
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void anotherVersionIsRefused() {
        // When, Then
        assertThatThrownBy(() -> CursorCodec.decode(sealed(new byte[] {2, 0, 0})))
                .isInstanceOf(InvalidCursorException.class)
                .hasMessageContaining("version");
    }

    @Test
    void aCursorOfFourPartitionsFitsIntoALine() {
        // Given
        CompleteThrough through = new CompleteThrough(List.of(
                new Bound(10_000_000, NOVEMBER),
                new Bound(10_000_001, NOVEMBER.plusMillis(1)),
                new Bound(10_000_002, NOVEMBER.plusMillis(2)),
                new Bound(10_000_003, NOVEMBER.plusMillis(3))));
        // When
        String text =
                CursorCodec.encode(new Cursor("hKz6bSPTTYWBbUJPDHDUgA", Long.MAX_VALUE, Walk.Following.begin(through)));
        // Then
        assertThat(text).hasSizeLessThan(120).matches("[A-Za-z0-9_-]+");
    }

    private static String sealed(byte[] body) {
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        byte[] sealed = ByteBuffer.allocate(body.length + 4)
                .put(body)
                .putInt((int) checksum.getValue())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> CursorCodec.decode(text)).as(text).isInstanceOf(InvalidCursorException.class);
    }
}
