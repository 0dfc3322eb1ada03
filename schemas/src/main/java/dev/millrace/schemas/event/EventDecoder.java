package dev.millrace.schemas.event;

import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of an event inside the value of its record, without copying or judging them.
 *
 * <p>Written by hand for the one schema there is: Avro's own reader accepts trailing bytes, turns
 * bytes that are not UTF-8 into other characters, and trusts a length before it has seen the bytes.
 * Not thread-safe.
 */
final class EventDecoder {
    private static final int ID_CHARACTERS = 36;

    /** By byte: what it is worth as a hexadecimal digit, or -1. */
    private static final byte[] HEX_DIGITS = new byte[1 << Byte.SIZE];

    static {
        for (int character = 0; character < HEX_DIGITS.length; character++) {
            HEX_DIGITS[character] = (byte) Character.digit(character, 16);
        }
    }

    private byte[] value = new byte[0];
    private int position;

    /**
     * @throws InvalidEventException if the value is not exactly one event in a known schema
     */
    EncodedEvent decode(byte @Nullable [] record) {
        if (record == null) {
            throw undecodable("the record has no value");
        }
        value = record;
        position = EventSchema.HEADER_BYTES;
        checkHeader();
        int idOffset = text("event_id", ID_CHARACTERS);
        if (position - idOffset != ID_CHARACTERS) {
            throw undecodable("event_id is not a UUID of 36 characters");
        }
        long idHigh = half(idOffset, 0, 18);
        long idLow = half(idOffset, 18, ID_CHARACTERS);
        int typeOffset = text("event_type", Integer.MAX_VALUE);
        int typeEnd = position;
        long occurredAt = number("occurred_at");
        int payloadOffset = text("payload", Integer.MAX_VALUE);
        int payloadEnd = position;
        int metadataOffset = text("metadata", Integer.MAX_VALUE);
        if (position != value.length) {
            throw undecodable((value.length - position) + " bytes after the event");
        }
        return new EncodedEvent(
                value,
                idHigh,
                idLow,
                occurredAt,
                typeOffset,
                typeEnd - typeOffset,
                payloadOffset,
                payloadEnd - payloadOffset,
                metadataOffset,
                position - metadataOffset);
    }

    private void checkHeader() {
        checkMarker();
        if (value.length < EventSchema.HEADER_BYTES) {
            throw undecodable("ends inside the schema fingerprint");
        }
        long fingerprint = 0;
        for (int index = EventSchema.HEADER_BYTES - 1; index >= 2; index--) {
            fingerprint = (fingerprint << 8) | (value[index] & 0xFF);
        }
        if (fingerprint != EventSchema.VERSION_1_FINGERPRINT) {
            throw new InvalidEventException(
                    RejectReason.UNKNOWN_SCHEMA, "schema fingerprint %016x".formatted(fingerprint));
        }
    }

    private void checkMarker() {
        if (value.length > 0 && value[0] == 0) {
            throw undecodable("framed for a schema registry (first byte 0), not in Avro single-object encoding");
        }
        if (value.length < 2 || value[0] != EventSchema.MARKER_FIRST || value[1] != EventSchema.MARKER_SECOND) {
            throw undecodable("does not begin with the marker of Avro single-object encoding, C3 01");
        }
    }

    /** Steps over a string and returns where it began. */
    private int text(String field, int most) {
        long length = number(field);
        if (length < 0 || length > value.length - position) {
            throw undecodable(field + " claims " + length + " bytes, " + (value.length - position) + " are left");
        }
        if (length > most) {
            throw undecodable(field + " has " + length + " bytes instead of " + most);
        }
        int offset = position;
        position += (int) length;
        return offset;
    }

    /** Avro's long: zigzag, seven bits a byte, lowest first, at most ten bytes. */
    private long number(String field) {
        long zigzag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == value.length) {
                throw undecodable("ends inside " + field);
            }
            byte next = value[position++];
            zigzag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
        }
        throw undecodable(field + " has a number of more than 64 bits");
    }

    /** The hexadecimal digits of one half of a UUID; index 8, 13, 18 and 23 hold hyphens. */
    private long half(int idOffset, int from, int until) {
        long bits = 0;
        for (int index = from; index < until; index++) {
            byte character = value[idOffset + index];
            if (index != 8 && index != 13 && index != 18 && index != 23) {
                bits = bits << 4 | hexDigit(character);
            } else if (character != '-') {
                throw undecodable("event_id is not a UUID");
            }
        }
        return bits;
    }

    private static int hexDigit(byte character) {
        int digit = HEX_DIGITS[character & 0xFF];
        if (digit < 0) {
            throw undecodable("event_id is not a UUID");
        }
        return digit;
    }

    private static InvalidEventException undecodable(String detail) {
        return new InvalidEventException(RejectReason.UNDECODABLE, detail);
    }
}
