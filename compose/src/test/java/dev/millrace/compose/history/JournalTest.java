package dev.millrace.compose.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    private Path directory;

    @Test
    void aSendIsInTheFileBeforeItsOutcome() throws Exception {
        // Given
        Path file = directory.resolve("producer-1");
        try (Journal journal = Journal.open(file)) {
            // When
            journal.sending(intent(1));
            // Then
            assertThat(Files.readString(file))
                    .startsWith("{\"entry\":\"sending\",\"send\":1,")
                    .endsWith("}\n");
            assertThat(History.read(directory).unknown()).isOne();
        }
    }

    @Test
    void manyThreadsLoseNoEntry() throws Exception {
        // Given
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Journal journal = Journal.open(directory.resolve("producer-1"))) {
            // When
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int first = thread * 100;
                running.add(threads.submit(() -> sendAll(journal, first)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
        // Then
        History history = History.read(directory);
        assertThat(List.of(history.size(), history.acknowledged(), history.failed(), history.unknown()))
                .containsExactly(800L, 400L, 200L, 200L);
    }

    @Test
    void anInterruptedProducerStillKnowsThatItsSendIsWritten() {
        try (Journal journal = Journal.open(directory.resolve("producer-1"))) {
            // When
            Thread.currentThread().interrupt();
            journal.sending(intent(1));
            // Then
            assertThat(Thread.interrupted()).isTrue();
            journal.sending(intent(2));
            assertThat(History.read(directory).size()).isEqualTo(2);
        }
    }

    @Test
    void journalOfAnEarlierProducerIsNotContinued() {
        // Given
        Path file = directory.resolve("producer-1");
        Journal.open(file).close();
        // Then
        assertThatThrownBy(() -> Journal.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("is the journal of an earlier producer");
    }

    @Test
    void entryThatMakesNoSenseNamesItsLine() throws Exception {
        // Given
        Path file = directory.resolve("producer-1");
        try (Journal journal = Journal.open(file)) {
            journal.sending(intent(1));
            journal.acknowledged(1, 0, 5);
        }
        String broken = "{\"entry\":\"acknowledged\",\"send\":2,\"partition\":0,\"offset\":6}\n";
        // When
        Files.write(file, broken.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        // Then
        assertThatThrownBy(() -> History.read(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(file + " line 3: send 2 was not begun");
    }

    private static void sendAll(Journal journal, int first) {
        for (int send = first; send < first + 100; send++) {
            journal.sending(intent(send));
            switch (send % 4) {
                case 0 -> journal.failed(send, "too large");
                case 1 -> journal.unknown(send, "no answer");
                default -> journal.acknowledged(send, 0, send);
            }
        }
    }

    private static Intent intent(long send) {
        return new Intent(send, 1, new UUID(0, send), null, 0, Fate.VALID, new byte[] {1}, null);
    }
}
