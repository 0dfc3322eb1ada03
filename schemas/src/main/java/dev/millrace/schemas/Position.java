package dev.millrace.schemas;

/**
 * Where a record lies in its topic, and with that the position of an event for ever. Written
 * {@code partition:offset}: the token with which a producer asks to read its own write.
 *
 * @param partition Kafka partition, 0 or more
 * @param offset Kafka offset, 0 or more
 */
public record Position(int partition, long offset) {
    public Position {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "a position is partition:offset, both 0 or more, not " + partition + ":" + offset);
        }
    }

    /**
     * Reads {@code partition:offset}, decimal digits only.
     *
     * @throws IllegalArgumentException if the text is anything else; the message quotes it
     */
    public static Position parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || !text.matches("[0-9]{1,10}:[0-9]{1,19}")) {
            throw new IllegalArgumentException("a position is partition:offset, for example 0:42, not '" + text + "'");
        }
        try {
            return new Position(Integer.parseInt(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
        } catch (NumberFormatException tooLarge) {
            throw new IllegalArgumentException("a position outside the range of Kafka: '" + text + "'", tooLarge);
        }
    }

    @Override
    public String toString() {
        return partition + ":" + offset;
    }
}
