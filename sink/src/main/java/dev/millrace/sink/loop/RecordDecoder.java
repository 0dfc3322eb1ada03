package dev.millrace.sink.loop;

import dev.millrace.schemas.event.EncodedEvent;
import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.InvalidEventException;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.RecordHeader;
import dev.millrace.sink.batch.RejectedRow;
import dev.millrace.sink.batch.Row;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Turns a record into a row, whatever its bytes are. Not thread-safe. */
final class RecordDecoder {
    private final EventCodec codec = new EventCodec();

    /**
     * @param appendedAtMillis the record's append time, kept from running backwards
     */
    Row decode(ConsumerRecord<byte[], byte[]> record, long appendedAtMillis) {
        List<RecordHeader> headers = headers(record);
        try {
            EncodedEvent event = codec.decode(record.value());
            codec.checkKey(record.key());
            return new EventRow(record.partition(), record.offset(), appendedAtMillis, record.key(), event, headers);
        } catch (InvalidEventException invalid) {
            return new RejectedRow(
                    record.partition(),
                    record.offset(),
                    invalid.reason(),
                    invalid.detail(),
                    record.key(),
                    record.value(),
                    headers);
        }
    }

    /** Most records have none; those cost nothing. */
    private static List<RecordHeader> headers(ConsumerRecord<byte[], byte[]> record) {
        Header[] headers = record.headers().toArray();
        if (headers.length == 0) {
            return List.of();
        }
        RecordHeader[] kept = new RecordHeader[headers.length];
        for (int index = 0; index < headers.length; index++) {
            kept[index] = new RecordHeader(headers[index].key(), headers[index].value());
        }
        return List.of(kept);
    }
}
