package dev.millrace.compose.history;

import dev.millrace.compose.history.Send.Outcome.Acknowledged;
import dev.millrace.schemas.Position;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Inside a partition, what one producer sent with one key lies in the order of sending. */
final class OrderCheck {
    private static final Comparator<Send> BY_KEY_AND_PLACE = Comparator.<Send>comparingInt(Send::producer)
            .thenComparing(send -> Objects.requireNonNull(send.key()))
            .thenComparingInt(send -> place(send).partition())
            .thenComparingLong(send -> place(send).offset());

    private OrderCheck() {}

    static void check(History history, Violations violations) {
        List<Send> sends = history.sends().stream()
                .filter(send -> send.key() != null && send.outcome() instanceof Acknowledged)
                .sorted(BY_KEY_AND_PLACE)
                .toList();
        for (int index = 1; index < sends.size(); index++) {
            Send earlier = sends.get(index - 1);
            Send later = sends.get(index);
            if (isOneStream(earlier, later) && later.keySequence() <= earlier.keySequence()) {
                violations.add(
                        Invariant.ORDER,
                        "key " + later.key() + ": number " + later.keySequence() + " of " + later + " is at "
                                + place(later) + ", after number " + earlier.keySequence() + " at " + place(earlier));
            }
        }
    }

    private static boolean isOneStream(Send one, Send other) {
        return one.producer() == other.producer()
                && Objects.equals(one.key(), other.key())
                && place(one).partition() == place(other).partition();
    }

    private static Position place(Send send) {
        if (send.outcome() instanceof Acknowledged acknowledged) {
            return acknowledged.at();
        }
        throw new IllegalArgumentException(send + " has no place");
    }
}
