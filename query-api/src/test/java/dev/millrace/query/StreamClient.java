package dev.millrace.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one client of a stream was sent. Written by one thread, read by any. */
final class StreamClient {
    private static final String PARTITION = "\"partition\":";
    private static final String OFFSET = "\"offset\":";

    private SseParser parser = new SseParser(this::line);
    private final List<String> ids = new ArrayList<>();
    private final boolean keepsIds;
    private long[] places = new long[64];
    private int events;
    private int heartbeats;
    private String head = "";
    private String event = "message";
    private @Nullable String data;
    private @Nullable String end;
    private @Nullable String id;
    private @Nullable String lastId;
    private boolean closed;

    StreamClient(boolean keepsIds) {
        this.keepsIds = keepsIds;
    }

    synchronized void feed(byte[] bytes, int length) {
        parser.feed(bytes, length);
    }

    synchronized void closed() {
        closed = true;
    }

    /** Goes on with another answer, behind what it has. */
    synchronized void resume() {
        parser = new SseParser(this::line);
        head = "";
        event = "message";
        data = null;
        id = lastId;
        closed = false;
    }

    private void line(boolean isHead, String text) {
        if (isHead) {
            head = text;
        } else if (text.isEmpty()) {
            block();
        } else if (text.startsWith(":")) {
            heartbeats++;
        } else if (text.startsWith("id: ")) {
            id = text.substring(4);
        } else if (text.startsWith("event: ")) {
            event = text.substring(7);
        } else if (text.startsWith("data: ")) {
            data = text.substring(6);
        }
    }

    /** Only a whole block counts: what was cut in the middle comes again. */
    private void block() {
        lastId = id;
        if (data != null && event.equals("event")) {
            event(data);
        } else if (data != null) {
            end = data;
        }
        event = "message";
        data = null;
    }

    private void event(String json) {
        if (events == places.length) {
            places = Arrays.copyOf(places, 2 * events);
        }
        places[events++] = number(json, PARTITION) << 48 | number(json, OFFSET);
        if (keepsIds) {
            ids.add(lastId);
        }
    }

    private static long number(String json, String name) {
        int begin = json.indexOf(name) + name.length();
        int index = begin;
        while (Character.isDigit(json.charAt(index))) {
            index++;
        }
        return Long.parseLong(json, begin, index, 10);
    }

    synchronized int status() {
        return head.isEmpty() ? 0 : Integer.parseInt(head.substring(9, 12));
    }

    synchronized String head() {
        return head;
    }

    synchronized String body() {
        return parser.rest();
    }

    synchronized int events() {
        return events;
    }

    /** As {@code partition:offset}, in the order they came. */
    synchronized List<String> places() {
        return Arrays.stream(places, 0, events)
                .mapToObj(place -> (place >>> 48) + ":" + (place & (1L << 48) - 1))
                .toList();
    }

    /** The offsets of a partition, in the order they came. */
    synchronized long[] offsets(int partition) {
        return Arrays.stream(places, 0, events)
                .filter(place -> place >>> 48 == partition)
                .map(place -> place & (1L << 48) - 1)
                .toArray();
    }

    /** The id of each event. */
    synchronized List<String> ids() {
        return List.copyOf(ids);
    }

    /** What it would go on from. */
    synchronized @Nullable String lastId() {
        return lastId;
    }

    synchronized int heartbeats() {
        return heartbeats;
    }

    /** The problem that ended it. */
    synchronized @Nullable String end() {
        return end;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Whether the answer came to its end. */
    synchronized boolean isComplete() {
        return parser.isComplete();
    }
}
