package dev.millrace.sink.loop;

import dev.millrace.sink.simulator.Schedule;
import dev.millrace.sink.simulator.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The group's coordinator, in one of two protocols: eager, where everybody gives up everything and all
 * have to join again, or incremental, where only what moves is given up before it is given away.
 */
final class SimulatedGroup {
    private final Schedule schedule;
    private final Topic topic;
    private final boolean eager;
    private final List<SimulatedConsumer> members = new ArrayList<>();
    private final Map<Integer, SimulatedConsumer> targets = new TreeMap<>();
    private final Map<Integer, SimulatedConsumer> owners = new TreeMap<>();
    private final Set<SimulatedConsumer> joined = new HashSet<>();
    private final Map<Integer, Long> committed = new TreeMap<>();
    private int generation;

    SimulatedGroup(Schedule schedule, Topic topic) {
        this.schedule = schedule;
        this.topic = topic;
        eager = schedule.chance(500);
    }

    boolean isEager() {
        return eager;
    }

    Topic topic() {
        return topic;
    }

    Schedule schedule() {
        return schedule;
    }

    /** The group's offsets by partition; nobody may rely on them. */
    Map<Integer, Long> committed() {
        return committed;
    }

    @Nullable
    Long committed(int partition) {
        return committed.get(partition);
    }

    List<SimulatedConsumer> members() {
        return members;
    }

    boolean isMember(SimulatedConsumer consumer) {
        return members.contains(consumer);
    }

    void join(SimulatedConsumer consumer) {
        members.add(consumer);
        rebalance();
    }

    /** A member has left, or has not been heard of for too long. */
    void remove(SimulatedConsumer consumer) {
        if (members.remove(consumer)) {
            owners.values().removeIf(owner -> owner == consumer);
            rebalance();
        }
    }

    void rebalance() {
        generation++;
        joined.clear();
        targets.clear();
        int shift = schedule.below(8);
        for (int partition = 0; partition < topic.partitions() && !members.isEmpty(); partition++) {
            targets.put(partition, members.get((partition + shift) % members.size()));
        }
    }

    int generation() {
        return generation;
    }

    boolean hasJoined(SimulatedConsumer consumer) {
        return joined.contains(consumer);
    }

    /** The member has given up everything and waits for the new generation. */
    void rejoin(SimulatedConsumer consumer) {
        release(consumer, owners.keySet());
        joined.add(consumer);
    }

    boolean isComplete() {
        return joined.size() == members.size();
    }

    /** What the group wants a member to have. */
    Set<Integer> targets(SimulatedConsumer consumer) {
        Set<Integer> wanted = new TreeSet<>();
        targets.forEach((partition, member) -> {
            if (member == consumer) {
                wanted.add(partition);
            }
        });
        return wanted;
    }

    /** Those of the partitions that nobody else has yet; they are the member's from now on. */
    Set<Integer> take(SimulatedConsumer consumer, Set<Integer> partitions) {
        Set<Integer> taken = new TreeSet<>();
        for (int partition : partitions) {
            if (owners.putIfAbsent(partition, consumer) == null) {
                taken.add(partition);
            }
        }
        return taken;
    }

    void release(SimulatedConsumer consumer, Set<Integer> partitions) {
        for (int partition : Set.copyOf(partitions)) {
            owners.remove(partition, consumer);
        }
    }
}
