package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags in their order: we clean, another cleans, checkpoint, vacuum, ANALYZE. */
class StallCauseTest {
    @ParameterizedTest
    @CsvSource({
        "Lock,   transactionid, client backend,    -----, LOCK",
        "Lock,   extend,        '',                -----, LOCK",
        "Lock,   relation,      autovacuum worker, ---v-, AUTOVACUUM",
        "Lock,   relation,      autovacuum worker, ----a, ANALYZE",
        "'',     '',            '',                c----, PENDING_LIST",
        "IO,     DataFileRead,  '',                c--v-, PENDING_LIST",
        "LWLock, BufferContent, '',                -o---, PENDING_LIST",
        "LWLock, BufferContent, '',                ---v-, AUTOVACUUM",
        "LWLock, BufferContent, '',                -----, UNKNOWN",
        "IO,     DataFileRead,  '',                ---va, AUTOVACUUM",
        "IO,     DataFileRead,  '',                ----a, ANALYZE",
        "IO,     DataFileExtend,'',                -----, IO",
        "IO,     WalSync,       '',                -----, WAL",
        "IO,     WalSync,       '',                --k--, CHECKPOINT",
        "LWLock, WALWrite,      '',                ---v-, WAL",
        "IO,     DataFileExtend,'',                --k--, CHECKPOINT",
        "IPC,    SyncRep,       '',                --k--, REPLICA",
        "Client, ClientRead,    '',                --kva, CLIENT",
        "'',     '',            '',                --kva, CPU",
        "Timeout,VacuumDelay,   '',                -----, UNKNOWN",
    })
    void causeFollowsFromWhatTheServerSays(
            String type, String event, String blockers, String flags, StallCause expected) {
        // Given
        BackendSample sample = new BackendSample(
                type,
                event,
                blockers,
                flags.charAt(0) == 'c',
                flags.charAt(1) == 'o',
                flags.charAt(2) == 'k',
                flags.charAt(3) == 'v',
                flags.charAt(4) == 'a');
        // When
        StallCause cause = StallCause.of(sample);
        // Then
        assertThat(cause).isEqualTo(expected);
    }
}
