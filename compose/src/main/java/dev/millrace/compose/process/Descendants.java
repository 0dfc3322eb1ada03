package dev.millrace.compose.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Processes that a dead child has left: the backends of a Postgres server that was killed, say. They
 * hold its shared memory, so that no new server can start, and one that computes does not notice the
 * death. A session does not tell them, for each makes its own; two facts together do: they work in
 * the child's workplace, and their program lies in our directory. Of a system other than Linux
 * nothing is known, and nothing is ended.
 */
final class Descendants {
    /** Those that notice the death by themselves are gone by then. */
    private static final Duration OWN_END_LIMIT = Duration.ofSeconds(2);

    private final @Nullable Path workplace;
    private final Path home;

    /**
     * @param workplace that of a child which has ended; null if it had none
     * @param home directory of the stack, which holds the workplace and the program
     */
    Descendants(@Nullable Path workplace, Path home) {
        this.workplace = workplace;
        this.home = home;
    }

    /** Waits a moment for them to go, then ends them. Returns how many it had to end. */
    int end() {
        if (Waiting.until(() -> alive().isEmpty(), OWN_END_LIMIT)) {
            return 0;
        }
        List<ProcessIdentity> left = alive();
        left.forEach(process -> Ending.end(process, List.of("TERM")));
        return left.size();
    }

    /** Those that run now. */
    List<ProcessIdentity> alive() {
        if (workplace == null || !Files.isDirectory(workplace) || !ProcessStatus.isKnownHere()) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(ProcessStatus.ALL)) {
            Path realWorkplace = workplace.toRealPath();
            Path realHome = home.toRealPath();
            return all.filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .filter(process -> leadsInto(process.resolve("cwd"), realWorkplace))
                    .filter(process -> leadsInto(process.resolve("exe"), realHome))
                    .map(process -> ProcessIdentity.of(
                            Long.parseLong(process.getFileName().toString())))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static boolean leadsInto(Path link, Path directory) {
        try {
            return Files.readSymbolicLink(link).startsWith(directory);
        } catch (IOException goneOrSomebodyElses) {
            return false;
        }
    }
}
