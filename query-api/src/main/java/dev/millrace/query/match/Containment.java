package dev.millrace.query.match;

import dev.millrace.query.match.JsonDocument.Elements;
import java.util.Map;

/**
 * The operator {@code @>} of jsonb: an object contains another that has no other members, each of them
 * contained in its own; an array contains another each of whose elements is contained in one of its own;
 * a scalar contains its equal. For one question; not thread-safe.
 */
final class Containment {
    /** Some 10 ms; no sensible question comes near. */
    private static final int MOST_STEPS = 500_000;

    private int steps;

    /** @throws CostlyMatchException if the answer would take too long */
    boolean contains(JsonDocument whole, JsonDocument part) {
        for (Map.Entry<String, Object> member : part.members().entrySet()) {
            step(1);
            Object own = whole.members().get(member.getKey());
            if (own == null || !contains(own, member.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean contains(Object whole, Object part) {
        if (part instanceof JsonDocument document) {
            return whole instanceof JsonDocument own && contains(own, document);
        }
        if (part instanceof Elements elements) {
            return whole instanceof Elements own && contains(own, elements);
        }
        return whole.equals(part);
    }

    private boolean contains(Elements whole, Elements part) {
        step(part.scalars().size());
        if (!whole.scalars().containsAll(part.scalars())) {
            return false;
        }
        for (Object element : part.containers()) {
            if (!isContainedInOne(whole, element)) {
                return false;
            }
        }
        return true;
    }

    private boolean isContainedInOne(Elements whole, Object part) {
        for (Object own : whole.containers()) {
            step(1);
            if (contains(own, part)) {
                return true;
            }
        }
        return false;
    }

    private void step(int count) {
        steps += count;
        if (steps > MOST_STEPS) {
            throw new CostlyMatchException();
        }
    }
}
