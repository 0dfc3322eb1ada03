package dev.millrace.query.tail;

import dev.millrace.query.match.FilterMatch;
import dev.millrace.query.read.CursorCodec;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.Order;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The clients that ask for the same: an event is compared with their filter once. Not thread-safe. */
final class FilterGroup {
    private final FilterMatch match;
    private final long filterHash;
    private final StreamFormat format;
    private final Set<Subscription> members = new LinkedHashSet<>();

    FilterGroup(EventFilter filter, StreamFormat format) {
        this.match = new FilterMatch(filter);
        this.filterHash = filter.hash(Order.ASC);
        this.format = format;
    }

    Set<Subscription> members() {
        return members;
    }

    /**
     * The events that these clients ask for.
     *
     * @throws dev.millrace.query.match.CostlyMatchException if to find out takes too long
     */
    List<Frame> frames(List<Arrival> arrivals) {
        List<Frame> frames = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            if (match.holds(arrival.content())) {
                String cursor = CursorCodec.encode(arrival.behind().cursor(filterHash));
                frames.add(new Frame(arrival.event(), format.head(cursor), arrival.body(format)));
            }
        }
        return frames;
    }
}
