package dev.millrace.sink.write;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.simulator.PlantedBug;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A primary that is used wrongly, in one way. */
final class PlantedPrimary implements Primary {
    private final Primary primary;
    private final PlantedBug bug;
    private final Map<Integer, Long> groupOffsets;

    PlantedPrimary(Primary primary, PlantedBug bug, Map<Integer, Long> groupOffsets) {
        this.primary = primary;
        this.bug = bug;
        this.groupOffsets = groupOffsets;
    }

    @Override
    public void makeRoom(Batch batch) throws SQLException {
        if (bug == PlantedBug.KAFKA_COMMITTED_FIRST) {
            batch.ranges().forEach(range -> groupOffsets.put(range.partition(), range.end()));
        }
        primary.makeRoom(batch);
    }

    @Override
    public void forgetRoom() {
        primary.forgetRoom();
    }

    @Override
    public List<StoredOffset> lockOffsets(Collection<Integer> partitions) throws SQLException {
        List<StoredOffset> stored = primary.lockOffsets(partitions);
        return switch (bug) {
            case KAFKA_COMMITTED_FIRST ->
                stored.stream()
                        .map(offset -> new StoredOffset(
                                offset.partition(),
                                groupOffsets.getOrDefault(offset.partition(), offset.nextOffset()),
                                offset.leaderEpoch(),
                                offset.lastAppendedAtMillis()))
                        .toList();
            case APPEND_TIME_FORGOTTEN ->
                stored.stream()
                        .map(offset -> new StoredOffset(
                                offset.partition(), offset.nextOffset(), offset.leaderEpoch(), Long.MIN_VALUE))
                        .toList();
            default -> stored;
        };
    }

    @Override
    public Set<Integer> advance(Batch batch) throws SQLException {
        Set<Integer> moved = primary.advance(batch);
        if (moved.isEmpty()) {
            return moved;
        }
        return switch (bug) {
            case MOVED_IGNORED -> Set.of();
            case NO_COMPARE_AND_SWAP, KAFKA_COMMITTED_FIRST -> {
                moveFromWherever(batch, moved);
                yield Set.of();
            }
            default -> moved;
        };
    }

    @Override
    public void passGaps(Collection<Gap> gaps) throws SQLException {
        primary.passGaps(gaps);
    }

    @Override
    public List<Gap> acceptGaps() throws SQLException {
        return primary.acceptGaps();
    }

    private void moveFromWherever(Batch batch, Set<Integer> moved) throws SQLException {
        List<OffsetRange> ranges = new ArrayList<>();
        for (StoredOffset stored : primary.lockOffsets(moved)) {
            for (OffsetRange range : batch.ranges()) {
                if (range.partition() == stored.partition() && stored.nextOffset() < range.end()) {
                    ranges.add(new OffsetRange(
                            range.partition(),
                            stored.nextOffset(),
                            range.end(),
                            range.leaderEpoch(),
                            range.lastAppendedAtMillis()));
                }
            }
        }
        if (!ranges.isEmpty()) {
            primary.advance(new Batch(ranges, batch.events(), batch.rejected()));
        }
    }

    @Override
    public Verdicts writeRows(Batch batch, WritePath path) throws SQLException {
        return primary.writeRows(new Batch(batch.ranges(), events(batch), batch.rejected()), path);
    }

    private List<EventRow> events(Batch batch) {
        List<EventRow> events = new ArrayList<>(batch.events());
        if (bug == PlantedBug.ROW_DROPPED && events.size() > 3) {
            events.remove(events.size() - 1);
        }
        if (bug == PlantedBug.ROWS_SWAPPED && events.size() > 3) {
            EventRow one = events.get(1);
            EventRow other = events.get(2);
            events.set(1, at(one, other));
            events.set(2, at(other, one));
        }
        return events;
    }

    private static EventRow at(EventRow place, EventRow row) {
        return new EventRow(
                place.partition(), place.offset(), place.appendedAtMillis(), row.key(), row.event(), row.headers());
    }

    @Override
    public void recount(Batch batch, Verdicts verdicts) throws SQLException {
        primary.recount(batch, verdicts);
        if (bug == PlantedBug.REPEATS_COUNTED_TWICE) {
            primary.recount(batch, verdicts);
        }
    }

    @Override
    public void commit() throws SQLException {
        primary.commit();
    }

    @Override
    public void rollback() throws SQLException {
        primary.rollback();
    }

    @Override
    public void discard() {
        primary.discard();
    }

    @Override
    public void close() {
        primary.close();
    }
}
