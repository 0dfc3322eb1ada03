package dev.millrace.compose.bench;

import dev.millrace.compose.bench.BenchStack.Addresses;
import dev.millrace.compose.bench.PreparedRows.PreparedBatch;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the database takes at best: rows that were encoded beforehand, in the sink's transactions
 * (offsets, identities, events), over as many connections as the sink has workers, without Kafka.
 */
final class CopyContender implements Contender {
    private final String name;
    private final Schema schema;
    private final Addresses addresses;
    private final PreparedRows rows;
    private final CountDownLatch stop;

    CopyContender(String name, Schema schema, Addresses addresses, PreparedRows rows, CountDownLatch stop) {
        this.name = name;
        this.schema = schema;
        this.addresses = addresses;
        this.rows = rows;
        this.stop = stop;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public void run(CommitClock clock) throws Exception {
        List<CopyConnection> connections = new ArrayList<>();
        try (PendingListLane lane = new PendingListLane(addresses.owner())) {
            lane.begin();
            for (int share = 0; share < rows.shares().size(); share++) {
                connections.add(new CopyConnection(addresses.writer(), schema, rows.file()));
            }
            write(connections, clock);
        } finally {
            // Not one by one as they finish: the processor time of a backend that ends is nobody's for a moment.
            for (CopyConnection connection : connections) {
                connection.close();
            }
        }
    }

    private void write(List<CopyConnection> connections, CommitClock clock) throws Exception {
        AtomicLong handled = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(connections.size());
        try {
            List<Future<?>> shares = new ArrayList<>();
            for (int share = 0; share < connections.size(); share++) {
                CopyConnection connection = connections.get(share);
                List<PreparedBatch> batches = rows.shares().get(share);
                shares.add(threads.submit(() -> {
                    write(connection, batches, handled, clock);
                    return null;
                }));
            }
            for (Future<?> share : shares) {
                share.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void write(CopyConnection connection, List<PreparedBatch> batches, AtomicLong handled, CommitClock clock)
            throws SQLException, IOException {
        for (PreparedBatch batch : batches) {
            if (stop.getCount() == 0) {
                throw new CancellationException("stopped");
            }
            connection.write(batch);
            clock.see(handled.addAndGet(batch.events()));
        }
    }
}
