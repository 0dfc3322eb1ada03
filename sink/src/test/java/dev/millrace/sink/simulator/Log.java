package dev.millrace.sink.simulator;

import dev.millrace.schemas.event.RejectReason;
import dev.millrace.sink.simulator.Entry.Fate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One partition of the topic. Says of each record what has to become of it, by the rules and not by the sink's code. */
public final class Log {
    private static final int MAX_ENTRIES = 60;
    private static final long START_MILLIS = 1_763_000_000_000L;

    private final Schedule schedule;
    private final int repeatsPerMille;
    private final int oddPerMille;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, Content> kept = new HashMap<>();
    private int nextId;
    private int leaderEpoch;
    private long appendedAtMillis = Long.MIN_VALUE;

    Log(Schedule schedule, int repeatsPerMille, int oddPerMille) {
        this.schedule = schedule;
        this.repeatsPerMille = repeatsPerMille;
        this.oddPerMille = oddPerMille;
    }

    public List<Entry> entries() {
        return entries;
    }

    /** The offset after the last. */
    public long end() {
        return entries.size();
    }

    /** Adds what the schedule says. */
    void append(int count) {
        for (int i = 0; i < count && entries.size() < MAX_ENTRIES; i++) {
            if (schedule.chance(30)) {
                leaderEpoch++;
            }
            if (schedule.chance(oddPerMille)) {
                add(schedule.pick(List.of(Content.REFUSED, Content.GARBAGE, Content.NO_VALUE, Content.MARKER)));
            } else {
                add(Content.FIRST);
            }
        }
    }

    private void add(Content fresh) {
        boolean repeat = fresh.isEvent() && nextId > 0 && schedule.chance(repeatsPerMille);
        int id = repeat ? schedule.below(nextId) : nextId;
        Content content = repeat ? Content.values()[schedule.below(Content.REFUSED.ordinal() + 1)] : fresh;
        if (content.isEvent() && !repeat) {
            nextId++;
        }
        // The broker's clock goes back now and then.
        long timestamp = START_MILLIS + entries.size() * 10L - (schedule.chance(150) ? schedule.below(500) : 0);
        if (content != Content.MARKER) {
            appendedAtMillis = Math.max(appendedAtMillis, timestamp);
        }
        Fate fate = fate(content, id);
        RejectReason reason = fate == Fate.REJECTED ? reason(content, id) : null;
        if (fate == Fate.STORED) {
            kept.put(id, content);
        }
        entries.add(new Entry(entries.size(), content, id, timestamp, leaderEpoch, fate, appendedAtMillis, reason));
    }

    private Fate fate(Content content, int id) {
        if (content == Content.MARKER) {
            return Fate.NOTHING;
        }
        Content before = kept.get(id);
        if (!content.isEvent()) {
            return Fate.REJECTED;
        }
        if (before == null) {
            return content == Content.REFUSED ? Fate.REJECTED : Fate.STORED;
        }
        return before.agreesWith(content) ? Fate.DUPLICATE : Fate.REJECTED;
    }

    private RejectReason reason(Content content, int id) {
        if (!content.isEvent()) {
            return RejectReason.UNDECODABLE;
        }
        return kept.containsKey(id) ? RejectReason.CONFLICT : RejectReason.REFUSED_BY_DATABASE;
    }
}
