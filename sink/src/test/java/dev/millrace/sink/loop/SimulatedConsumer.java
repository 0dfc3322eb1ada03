package dev.millrace.sink.loop;

import dev.millrace.sink.simulator.Entry;
import dev.millrace.sink.simulator.Fault;
import dev.millrace.sink.simulator.Log;
import dev.millrace.sink.simulator.Schedule;
import dev.millrace.sink.simulator.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A member of the group. Behaves as Kafka's client: callbacks run inside poll, what is assigned has no
 * position of its own, and a partition that is not assigned cannot be touched.
 */
class SimulatedConsumer extends RestlessConsumer {
    private static final WakeupException WOKEN = new WakeupException();

    private final String name;
    private final SimulatedGroup group;
    private final Schedule schedule;
    private final Map<Integer, Long> positions = new TreeMap<>();
    private final Set<Integer> owned = new TreeSet<>();
    private final Set<Integer> pausedOnes = new TreeSet<>();
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private @Nullable ConsumerRebalanceListener listener;
    private boolean wakeup;
    private boolean assignedNow;
    private int generation = -1;

    SimulatedConsumer(String name, SimulatedGroup group) {
        this.name = name;
        this.group = group;
        schedule = group.schedule();
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener rebalanceListener) {
        listener = rebalanceListener;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        boolean early = wakeup && schedule.chance(700);
        if (early) {
            throw woken();
        }
        while (!answers.isEmpty()) {
            answers.remove().run();
        }
        assignedNow = false;
        followGroup();
        if (wakeup) {
            throw woken();
        }
        findPositions();
        return fetch();
    }

    @Override
    public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        boolean refused = !group.isMember(this) || schedule.strikes(Fault.GROUP_OFFSETS_REFUSED);
        if (!refused) {
            offsets.forEach((partition, offset) -> group.committed().put(partition.partition(), offset.offset()));
        }
        answers.add(() -> callback.onComplete(offsets, refused ? new RetriableCommitFailedException("not now") : null));
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        positions.put(assigned(partition), offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        positions.put(assigned(partition), offset.offset());
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> pausedOnes.add(assigned(partition)));
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> pausedOnes.remove(assigned(partition)));
    }

    @Override
    public long position(TopicPartition partition) {
        return positions.get(assigned(partition));
    }

    @Override
    public Set<TopicPartition> assignment() {
        return named(owned);
    }

    @Override
    public Set<TopicPartition> paused() {
        return named(pausedOnes);
    }

    @Override
    public void wakeup() {
        wakeup = true;
    }

    @Override
    public void close() {
        group.remove(this);
    }

    private WakeupException woken() {
        wakeup = false;
        return WOKEN;
    }

    private int assigned(TopicPartition partition) {
        if (!owned.contains(partition.partition())) {
            throw new IllegalStateException("No current assignment for partition " + partition);
        }
        return partition.partition();
    }

    private void followGroup() {
        if (!group.isMember(this)) {
            if (!owned.isEmpty()) {
                listener().onPartitionsLost(named(owned));
                forget(owned);
            }
            group.join(this);
        } else if (!group.isEager()) {
            followIncrementally();
        } else if (generation != group.generation()) {
            followEagerly();
        }
    }

    private void followEagerly() {
        if (!group.hasJoined(this)) {
            revoke(owned);
            group.rejoin(this);
        }
        if (group.isComplete()) {
            generation = group.generation();
            assign(group.take(this, group.targets(this)));
        }
    }

    private void followIncrementally() {
        Set<Integer> wanted = group.targets(this);
        Set<Integer> unwanted = new TreeSet<>(owned);
        unwanted.removeAll(wanted);
        wanted.removeAll(owned);
        revoke(unwanted);
        group.release(this, unwanted);
        Set<Integer> added = group.take(this, wanted);
        if (!added.isEmpty() || generation < 0) {
            generation = group.generation();
            assign(added);
        }
    }

    private void revoke(Set<Integer> partitions) {
        if (!partitions.isEmpty()) {
            listener().onPartitionsRevoked(named(partitions));
            forget(partitions);
        }
    }

    private void forget(Set<Integer> partitions) {
        Set<Integer> gone = Set.copyOf(partitions);
        schedule.note(() -> name + " loses " + named(gone));
        gone.forEach(positions::remove);
        pausedOnes.removeAll(gone);
        owned.removeAll(gone);
    }

    private void assign(Set<Integer> added) {
        schedule.note(() -> name + " gets " + named(added));
        owned.addAll(added);
        assignedNow = !added.isEmpty();
        listener().onPartitionsAssigned(named(added));
    }

    private void findPositions() {
        if (assignedNow && schedule.strikes(Fault.POSITION_MISSING)) {
            throw new NoOffsetForPartitionException(assignment());
        }
        for (int partition : owned) {
            if (!positions.containsKey(partition)) {
                Long committed = group.committed(partition);
                if (committed == null) {
                    throw new NoOffsetForPartitionException(Set.of(new TopicPartition(Topic.NAME, partition)));
                }
                positions.put(partition, committed);
            }
        }
    }

    private ConsumerRecords<byte[], byte[]> fetch() {
        SimulatedFetch fetch = new SimulatedFetch();
        for (int partition : owned) {
            Log log = group.topic().log(partition);
            long position = positions.get(partition);
            if (!pausedOnes.contains(partition) && position < log.end() && schedule.chance(700)) {
                long end = Math.min(log.end(), position + 1 + schedule.below(12));
                for (Entry entry : log.entries().subList((int) position, (int) end)) {
                    fetch.add(partition, entry);
                }
                positions.put(partition, end);
                schedule.note(() -> name + " reads partition " + partition + " from " + position + " to " + end);
            }
        }
        return fetch.records();
    }

    private ConsumerRebalanceListener listener() {
        if (listener == null) {
            throw new IllegalStateException("not subscribed");
        }
        return listener;
    }

    private static Set<TopicPartition> named(Set<Integer> partitions) {
        Map<Integer, TopicPartition> named = new HashMap<>();
        partitions.forEach(partition -> named.put(partition, new TopicPartition(Topic.NAME, partition)));
        return Set.copyOf(named.values());
    }
}
