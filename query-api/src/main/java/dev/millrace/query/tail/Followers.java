package dev.millrace.query.tail;

import dev.millrace.query.match.CostlyMatchException;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.StoredEvent;
import dev.millrace.query.read.StreamPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The clients at the tail, and where the tail stands: whoever is among them is offered everything behind
 * the position at which it came. Thread-safe.
 */
final class Followers {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Map<EventFilter, FilterGroup> groups = new HashMap<>();
    private final StreamFormat format;
    private @Nullable StreamPosition position;

    Followers(StreamFormat format) {
        this.format = format;
    }

    /**
     * Takes a client in.
     *
     * @param own where it stands; null for wherever the tail is
     * @return where the tail stands; null if the client may not come, because it has ended, its position
     *     is one in another topic, or it has none and nobody else is here
     */
    @Nullable
    StreamPosition enter(Subscription client, @Nullable StreamPosition own) {
        lock.lock();
        try {
            StreamPosition tail = position == null ? own : position;
            if (client.isEnded() || tail == null || (own != null && !tail.isOf(own.topicId()))) {
                return null;
            }
            if (position == null) {
                position = tail;
                came.signalAll();
            }
            groups.computeIfAbsent(client.filter(), filter -> new FilterGroup(filter, format))
                    .members()
                    .add(client);
            return tail;
        } finally {
            lock.unlock();
        }
    }

    void exit(Subscription client) {
        lock.lock();
        try {
            FilterGroup group = groups.get(client.filter());
            if (group != null) {
                group.members().remove(client);
                forgetEmptyGroups();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until somebody is here, and says where the tail stands. */
    StreamPosition awaitPosition() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            StreamPosition tail = position;
            while (tail == null) {
                came.await();
                tail = position;
            }
            return tail;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives everybody what is new for them.
     *
     * @param from where the tail stood when this was read
     * @param through where it stands behind it
     * @param dropped is given those who cannot take it
     * @return false if the tail stands elsewhere by now: all have gone, and others have come
     */
    boolean publish(
            StreamPosition from, List<StoredEvent> events, StreamPosition through, Consumer<Subscription> dropped) {
        List<Subscription> slow = new ArrayList<>();
        lock.lock();
        try {
            if (!from.equals(position)) {
                return false;
            }
            List<Arrival> arrivals = arrivals(new StreamPosition(through.topicId(), from.seen()), events);
            groups.values().forEach(group -> offer(group, arrivals, through, slow));
            position = through;
            forgetEmptyGroups();
        } finally {
            lock.unlock();
        }
        slow.forEach(dropped);
        return true;
    }

    private static List<Arrival> arrivals(StreamPosition from, List<StoredEvent> events) {
        List<Arrival> arrivals = new ArrayList<>(events.size());
        StreamPosition behind = from;
        for (StoredEvent event : events) {
            behind = behind.after(event);
            arrivals.add(new Arrival(event, behind));
        }
        return arrivals;
    }

    private static void offer(
            FilterGroup group, List<Arrival> arrivals, StreamPosition through, List<Subscription> slow) {
        List<Frame> frames;
        try {
            frames = group.frames(arrivals);
        } catch (CostlyMatchException costly) {
            StreamEnd end = StreamEnd.tooExpensive(String.valueOf(costly.getMessage()));
            group.members().forEach(client -> client.end(end));
            group.members().clear();
            return;
        }
        if (frames.isEmpty()) {
            return;
        }
        Iterator<Subscription> members = group.members().iterator();
        while (members.hasNext()) {
            Subscription client = members.next();
            Verdict verdict = client.offer(frames, through);
            if (verdict != Verdict.KEEP) {
                members.remove();
            }
            if (verdict == Verdict.DROP) {
                slow.add(client);
            }
        }
    }

    /** A sign of life for those of the clients that are still silent, between two publications. */
    void beat(List<Subscription> clients) {
        lock.lock();
        try {
            StreamPosition tail = position;
            clients.stream().filter(Subscription::isSilent).forEach(client -> client.beat(tail));
        } finally {
            lock.unlock();
        }
    }

    /** Ends all of them. */
    void endAll(StreamEnd end) {
        lock.lock();
        try {
            everybody(client -> client.end(end));
            groups.clear();
            forgetEmptyGroups();
        } finally {
            lock.unlock();
        }
    }

    /** Whether that is true of more than this share of them: 0 for any, 0.5 for most. */
    boolean areMoreThan(double share, Predicate<Subscription> kind) {
        lock.lock();
        try {
            int[] counts = new int[2];
            everybody(client -> counts[kind.test(client) ? 1 : 0]++);
            return counts[1] > share * (counts[0] + counts[1]);
        } finally {
            lock.unlock();
        }
    }

    private void everybody(Consumer<Subscription> action) {
        groups.values().forEach(group -> group.members().forEach(action));
    }

    private void forgetEmptyGroups() {
        groups.values().removeIf(group -> group.members().isEmpty());
        if (groups.isEmpty()) {
            position = null;
        }
    }
}
