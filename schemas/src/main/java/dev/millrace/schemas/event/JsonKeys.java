package dev.millrace.schemas.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The member names of all objects of a document, to notice the second of two equal ones: an open
 * hash table that is never cleared, since every object gets a number of its own. Names are compared
 * without their escapes. Not thread-safe.
 */
final class JsonKeys {
    private static final int FIRST_CAPACITY = 64;

    /** Names come from outside: with a fixed factor, a sender could make all of them collide. */
    private final int factor = ThreadLocalRandom.current().nextInt() | 1;

    private byte[] names = new byte[1024];
    private int namesEnd;
    private long[] owners = new long[FIRST_CAPACITY];
    private int[] hashes = new int[FIRST_CAPACITY];
    private int[] offsets = new int[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private int used;
    private long lastObject;
    private long lastObjectBefore;

    /** Forgets every name. */
    void begin() {
        namesEnd = 0;
        used = 0;
        lastObjectBefore = lastObject;
    }

    /** A number for an object of this document. */
    long openObject() {
        return ++lastObject;
    }

    /**
     * Notes a name.
     *
     * @param from first byte after the opening quote
     * @param until position of the closing quote
     * @return false if the object has the name already
     */
    boolean add(long object, byte[] bytes, int from, int until, boolean escaped) {
        if (used * 2 >= owners.length) {
            grow();
        }
        int offset = namesEnd;
        if (escaped) {
            append(unescape(bytes, from, until));
        } else {
            append(bytes, from, until);
        }
        int length = namesEnd - offset;
        int hash = hash(object, offset, length);
        int slot = find(object, hash, offset, length);
        if (owners[slot] > lastObjectBefore) {
            return false;
        }
        put(slot, object, hash, offset, length);
        used++;
        return true;
    }

    /** The slot that holds the name, or the empty one where it belongs. */
    private int find(long object, int hash, int offset, int length) {
        int mask = owners.length - 1;
        int slot = hash & mask;
        while (owners[slot] > lastObjectBefore) {
            if (owners[slot] == object
                    && hashes[slot] == hash
                    && Arrays.equals(
                            names, offsets[slot], offsets[slot] + lengths[slot], names, offset, offset + length)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void put(int slot, long object, int hash, int offset, int length) {
        owners[slot] = object;
        hashes[slot] = hash;
        offsets[slot] = offset;
        lengths[slot] = length;
    }

    private int hash(long object, int offset, int length) {
        byte[] bytes = names;
        int multiplier = factor;
        int end = offset + length;
        int hash = (int) object;
        for (int index = offset; index < end; index++) {
            hash = (hash + bytes[index]) * multiplier;
        }
        return hash ^ hash >>> 16;
    }

    private void grow() {
        long[] oldOwners = owners;
        int[] oldHashes = hashes;
        int[] oldOffsets = offsets;
        int[] oldLengths = lengths;
        int capacity = oldOwners.length * 2;
        owners = new long[capacity];
        hashes = new int[capacity];
        offsets = new int[capacity];
        lengths = new int[capacity];
        for (int old = 0; old < oldOwners.length; old++) {
            if (oldOwners[old] > lastObjectBefore) {
                int slot = oldHashes[old] & capacity - 1;
                while (owners[slot] != 0) {
                    slot = slot + 1 & capacity - 1;
                }
                put(slot, oldOwners[old], oldHashes[old], oldOffsets[old], oldLengths[old]);
            }
        }
    }

    private void append(byte[] name) {
        append(name, 0, name.length);
    }

    private void append(byte[] bytes, int from, int until) {
        int length = until - from;
        if (names.length - namesEnd < length) {
            names = Arrays.copyOf(names, Math.max(names.length * 2, namesEnd + length));
        }
        System.arraycopy(bytes, from, names, namesEnd, length);
        namesEnd += length;
    }

    /** The name without its escapes, which are known to be well formed. */
    private static byte[] unescape(byte[] bytes, int from, int until) {
        String raw = new String(bytes, from, until - from, StandardCharsets.UTF_8);
        StringBuilder name = new StringBuilder(raw.length());
        int index = 0;
        while (index < raw.length()) {
            char next = raw.charAt(index++);
            if (next != '\\') {
                name.append(next);
                continue;
            }
            char kind = raw.charAt(index++);
            if (kind == 'u') {
                name.append((char) Integer.parseInt(raw, index, index + 4, 16));
                index += 4;
            } else {
                name.append(meaning(kind));
            }
        }
        return name.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static char meaning(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }
}
