package dev.millrace.compose.bench;

import dev.millrace.compose.bench.BenchStack.Addresses;
import dev.millrace.compose.stack.Progress;
import dev.millrace.ingest.library.LibraryEvents;
import dev.millrace.ingest.load.Load;
import dev.millrace.ingest.load.LoadPlan;
import dev.millrace.ingest.load.LoadReport;
import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.PublisherConfig;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The library's events, published and stored by the sink while it runs. Not thread-safe. */
final class StoredLibrary {
    private static final long STEP_MILLIS = 100;

    private final Addresses addresses;
    private final LibraryEvents library;
    private final CountDownLatch stop;
    private final Progress progress;
    private long published;

    StoredLibrary(Addresses addresses, LibraryEvents library, CountDownLatch stop, Progress progress) {
        this.addresses = addresses;
        this.library = library;
        this.stop = stop;
        this.progress = progress;
    }

    /** How many events are published; all of them are stored, unless some are being written. */
    long size() {
        return published;
    }

    /** Publishes what is missing, and returns when the replica has it and no pending list holds any of it. */
    void fillTo(long events) throws SQLException, IOException, InterruptedException {
        if (events > published) {
            load(new LoadPlan(LoadPlan.UNLIMITED, events - published, LoadPlan.ENDLESS));
        }
        awaitStored();
        try (PendingListProbe lists = new PendingListProbe(addresses.owner())) {
            do {
                pause();
                lists.take(0);
            } while (lists.bytes().get(lists.bytes().size() - 1) > 0);
        }
        progress.say("stored: " + new ReplicaEvents(addresses.replica()).require(published) + " events");
    }

    /** Begins to publish at a steady rate. */
    Writing write(int perSecond) {
        return new Writing(perSecond);
    }

    private void load(LoadPlan plan) throws IOException {
        publish(new Load(plan, library::next, count -> {
            if (stop.getCount() == 0) {
                throw new CancellationException("stopped");
            }
        }));
    }

    private void publish(Load load) throws IOException {
        LoadReport report =
                load.run(new EventPublisher(PublisherConfig.defaults().withBootstrapServers(addresses.kafka())));
        if (report.failed() > 0) {
            throw new IOException("Kafka did not acknowledge " + report.failed() + " events");
        }
        published += report.acknowledged();
    }

    private void awaitStored() throws SQLException, InterruptedException {
        try (Connection replica = BoundedConnection.open(addresses.replica());
                Statement statement = replica.createStatement()) {
            while (handled(statement) < published) {
                pause();
            }
        }
    }

    private static long handled(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT coalesce(sum(next_offset), 0) FROM sink_offset")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void pause() throws InterruptedException {
        if (stop.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new CancellationException("stopped");
        }
    }

    /** Events that come at a steady rate until it is finished. */
    final class Writing implements AutoCloseable {
        private final Load load;
        private final CompletableFuture<Void> work;

        private Writing(int perSecond) {
            load = new Load(new LoadPlan(perSecond, Long.MAX_VALUE, LoadPlan.ENDLESS), library::next, count -> {});
            work = CompletableFuture.runAsync(() -> {
                try {
                    publish(load);
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
        }

        /** Returns when all of them are stored. */
        void finish() throws SQLException, InterruptedException, ExecutionException {
            load.stop();
            work.get();
            awaitStored();
        }

        @Override
        public void close() {
            try {
                load.stop();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
