package dev.millrace.query.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pass over the events below a bound that was fixed when the pass began, page by page. Walks that
 * follow each other meet at their bounds, so together they show every event once.
 */
sealed interface Walk {
    /** The upper bound: what the walk includes when it is finished. */
    CompleteThrough through();

    /** The bound above which the next walk goes on. */
    CompleteThrough end();

    /** A time up to which everything was delivered, or was there to be; null if that is not known. */
    @Nullable
    Instant reached();

    /** Whether it is the place to go on from, and its bound is fixed by what is stored when it does. */
    default boolean isYetToBegin() {
        return false;
    }

    /** The rest of this walk after a page. */
    Walk after(List<StoredEvent> page);

    /**
     * From the beginning, or the end, in the order of all events.
     *
     * @param last the last event that was delivered; null before the first
     */
    record Ordered(CompleteThrough through, @Nullable OrderKey last) implements Walk {
        @Override
        public CompleteThrough end() {
            return through;
        }

        @Override
        public @Nullable Instant reached() {
            return last == null ? null : last.appendedAt();
        }

        @Override
        public Walk after(List<StoredEvent> page) {
            return page.isEmpty() ? this : new Ordered(through, lastOf(page));
        }
    }

    /**
     * Goes on above the bound of an earlier walk. It knows where it stands in each partition, so
     * each page is one range of the primary key per partition.
     *
     * @param from what was delivered already
     */
    record Following(CompleteThrough from, CompleteThrough through) implements Walk {
        /** Stands at its end: reading on means to begin the next walk. */
        static Following begin(CompleteThrough from) {
            return new Following(from, from);
        }

        /** Whether nothing lies between the two bounds. */
        boolean isAtEnd() {
            return from.covers(through);
        }

        @Override
        public boolean isYetToBegin() {
            return isAtEnd();
        }

        /** Of the partition that is furthest: an idle one has nothing newer, however old its last event is. */
        @Override
        public @Nullable Instant reached() {
            return isAtEnd() ? null : from.latest();
        }

        /** A database that lost its tail can be behind: what was delivered stays delivered. */
        @Override
        public CompleteThrough end() {
            return from.furthest(through);
        }

        @Override
        public Following after(List<StoredEvent> page) {
            if (page.isEmpty()) {
                return this;
            }
            List<Bound> delivered = new ArrayList<>(from.bounds());
            while (delivered.size() < through.partitions()) {
                delivered.add(Bound.NONE);
            }
            for (StoredEvent event : page) {
                OrderKey place = event.place();
                delivered.set(place.partition(), new Bound(place.offset(), place.appendedAt()));
            }
            OrderKey last = lastOf(page);
            return new Following(
                    new CompleteThrough(delivered).merge(through, (bound, end) -> notBefore(last, bound, end)),
                    through);
        }

        /** What is left of a partition is not earlier than the page's last event. */
        private static Bound notBefore(OrderKey last, Bound bound, Bound end) {
            if (bound.offset() >= end.offset()) {
                return bound;
            }
            boolean later = bound.appendedAt() == null || bound.appendedAt().isBefore(last.appendedAt());
            return later ? new Bound(bound.offset(), last.appendedAt()) : bound;
        }
    }

    private static OrderKey lastOf(List<StoredEvent> page) {
        return page.get(page.size() - 1).place();
    }
}
