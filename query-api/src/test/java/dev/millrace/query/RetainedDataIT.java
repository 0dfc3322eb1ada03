package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.ApiClient.Answer;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** October is taken away while readers stand in it, and elsewhere. */
class RetainedDataIT extends OwnStore {
    private static final Instant OCTOBER = Instant.parse("2026-10-05T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-05T00:00:00Z");

    @BeforeEach
    void appendOctober() throws SQLException {
        append(0, OCTOBER);
        append(0, OCTOBER.plusSeconds(1));
        append(1, OCTOBER.plusSeconds(2));
        store.commit();
    }

    @Test
    void cursorInRemovedDataIsGone() throws SQLException {
        // Given
        Answer first = api.events("limit", "1");
        append(0, NOVEMBER);
        store.commit();
        // When
        removeOctober();
        Answer next = api.events("limit", "1", "cursor", first.text("next_cursor"));
        Answer tail = api.events("cursor", first.text("tail_cursor"));
        // Then
        assertThat(next.status()).isEqualTo(410);
        assertThat(next.text("detail")).contains("retained");
        assertThat(tail.status()).isEqualTo(410);
    }

    @Test
    void cursorInWhatIsLeftGoesOnWhateverAnIdlePartitionHadLast() throws SQLException {
        // Given
        append(0, NOVEMBER);
        store.commit();
        String tail = api.events().text("tail_cursor");
        append(0, NOVEMBER.plusSeconds(86_400));
        append(1, NOVEMBER.plusSeconds(86_401));
        store.commit();
        // When
        removeOctober();
        Answer followed = api.events("cursor", tail);
        Answer all = api.events();
        // Then
        assertThat(followed.places()).containsExactly("0:3", "1:1");
        assertThat(all.places()).containsExactly("0:2", "0:3", "1:1");
    }

    @Test
    void cursorOfAStandstillGoesOnAlthoughItsEventsAreRemoved() throws SQLException {
        // Given
        String tail = api.events().text("tail_cursor");
        // When
        removeOctober();
        // Then
        assertThat(api.events("cursor", tail).status()).isEqualTo(200);
    }

    private void removeOctober() throws SQLException {
        store.execute("ALTER TABLE event DETACH PARTITION \"event_2026-10\"");
        store.commit();
    }

    private void append(int partition, Instant appendedAt) throws SQLException {
        store.append(partition, appendedAt, "lent", null, "{}");
    }
}
