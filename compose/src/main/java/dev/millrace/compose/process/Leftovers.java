package dev.millrace.compose.process;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * What is left of a run that was killed and could not stop its children. To be called by the one who
 * has the directory for himself; otherwise the children are somebody's.
 */
public final class Leftovers {
    private final ChildRecords records;
    private final Consumer<String> announcements;

    /** @param announcements receives a line for each process that is ended */
    public Leftovers(ChildRecords records, Consumer<String> announcements) {
        this.records = records;
        this.announcements = announcements;
    }

    /**
     * Ends those that still run, the youngest first, and removes all records. A record whose pid is
     * somebody else's by now ends nobody.
     *
     * @throws NotReadyException if one of them cannot be ended
     */
    public void end() throws IOException {
        for (ChildRecord child : records.youngestFirst()) {
            end(child);
        }
        records.removeAll();
    }

    private void end(ChildRecord child) {
        String who = child.name() + " (pid " + child.identity().pid() + ")";
        if (child.identity().isAlive()) {
            announcements.accept(who + " was left by a run that was killed, ending it");
            long start = System.nanoTime();
            if (!Ending.end(child.identity(), child.stopSignals())) {
                throw new NotReadyException(who + " was left by a run that was killed and cannot be ended; kill it");
            }
            announcements.accept("%s ended after %.1f s".formatted(who, (System.nanoTime() - start) / 1e9));
        }
        int ended = new Descendants(child.workplace(), records.home()).end();
        if (ended > 0) {
            announcements.accept("ended what " + who + " had left, processes: " + ended);
        }
    }
}
