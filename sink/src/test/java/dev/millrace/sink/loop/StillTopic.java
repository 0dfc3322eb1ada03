package dev.millrace.sink.loop;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A topic about which the brokers say at once what a test decided; at first all is well. */
final class StillTopic implements TopicView {
    private volatile LogRange range = new LogRange(0, Long.MAX_VALUE);
    private volatile CompletableFuture<Void> look = CompletableFuture.completedFuture(null);
    private volatile long news;

    /** The log of every partition covers this from now on. */
    void covers(long start, long end) {
        range = new LogRange(start, end);
    }

    /** The consumer hears about the cluster, and a look at the topic ends like this from now on. */
    void changes(CompletableFuture<Void> answer) {
        look = answer;
        news++;
    }

    @Override
    public CompletableFuture<Map<Integer, LogRange>> ranges(Collection<Integer> partitions) {
        Map<Integer, LogRange> ranges = new HashMap<>();
        partitions.forEach(partition -> ranges.put(partition, range));
        return CompletableFuture.completedFuture(ranges);
    }

    @Override
    public CompletableFuture<Void> look() {
        return look;
    }

    @Override
    public long news() {
        return news;
    }

    @Override
    public void close() {}
}
