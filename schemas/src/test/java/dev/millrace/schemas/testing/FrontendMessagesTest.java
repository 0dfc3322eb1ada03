package dev.millrace.schemas.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontendMessagesTest {
    private static final byte[] STARTUP =
            ByteBuffer.allocate(12).putInt(12).putInt(196_608).putInt(0).array();

    private final FrontendMessages messages = new FrontendMessages("COMMIT");

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "commit;", " Commit ;\n"})
    void simpleQueryThatCommitsIsSeen(String sql) {
        // When
        boolean commit = sees(message('Q', sql));
        // Then
        assertThat(commit).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLLBACK", "SELECT 'COMMIT'", "COMMIT PREPARED 'x'"})
    void otherQueriesAreNot(String sql) {
        // When
        boolean commit = sees(message('Q', sql));
        // Then
        assertThat(commit).isFalse();
    }

    @Test
    void preparedCommitIsSeenEachTimeItIsExecuted() {
        // When
        boolean prepared = sees(message('P', "S_1", "COMMIT", "")) || sees(message('B', "", "S_1", ""));
        boolean first = sees(message('E', "", ""));
        boolean other = sees(message('B', "", "S_2", "")) || sees(message('E', "", ""));
        boolean second = sees(message('B', "", "S_1", "")) || sees(message('E', "", ""));
        // Then
        assertThat(prepared).isFalse();
        assertThat(first).isTrue();
        assertThat(other).isFalse();
        assertThat(second).isTrue();
    }

    @Test
    void wordInsideCopiedDataIsNoCommit() {
        // When
        boolean commit = sees(message('d', "COMMIT")) || sees(message('c'));
        // Then
        assertThat(commit).isFalse();
    }

    @Test
    void theOrderIsTheOneThatIsAskedForAndComesBeforeTheStatementItIsSentWith() {
        // Given
        FrontendMessages begins = new FrontendMessages("BEGIN");
        ByteArrayOutputStream transaction = new ByteArrayOutputStream();
        transaction.writeBytes(message('P', "", "BEGIN", ""));
        transaction.writeBytes(message('B', "", "", ""));
        transaction.writeBytes(message('E', "", ""));
        transaction.writeBytes(message('P', "", "UPDATE sink_offset SET next_offset = 1", ""));
        byte[] bytes = transaction.toByteArray();
        byte[] commit = message('Q', "COMMIT");
        // When
        boolean begin = begins.orderIn(bytes, bytes.length);
        boolean other = begins.orderIn(commit, commit.length);
        // Then
        assertThat(begin).isTrue();
        assertThat(other).isFalse();
    }

    @Test
    void messagesMayArriveInAnyPieces() {
        // Given
        ByteArrayOutputStream session = new ByteArrayOutputStream();
        session.writeBytes(STARTUP);
        session.writeBytes(message('P', "S_1", "COMMIT", ""));
        session.writeBytes(message('S'));
        session.writeBytes(message('B', "", "S_1", ""));
        session.writeBytes(message('E', "", ""));
        byte[] bytes = session.toByteArray();
        int seenAt = -1;
        // When
        for (int index = 0; index < bytes.length; index++) {
            if (messages.orderIn(new byte[] {bytes[index]}, 1)) {
                seenAt = index;
            }
        }
        // Then
        assertThat(seenAt).isEqualTo(bytes.length - 1);
        assertThat(new FrontendMessages("COMMIT").orderIn(bytes, bytes.length)).isTrue();
    }

    private boolean sees(byte[] message) {
        return messages.orderIn(message, message.length);
    }

    /** A message with its texts, each ended by a zero byte. */
    private static byte[] message(char type, String... texts) {
        byte[] body =
                String.join("\0", texts).concat(texts.length == 0 ? "" : "\0").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) type)
                .putInt(4 + body.length)
                .put(body)
                .array();
    }
}
