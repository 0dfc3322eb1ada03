-- How far each Kafka partition is stored. The row moves in the transaction that writes the events,
-- and only from the value that was read: this is what makes writing exactly-once.
CREATE TABLE sink_offset (
    topic            text        NOT NULL,
    kafka_partition  int         NOT NULL,
    topic_id         text        NOT NULL,
    next_offset      bigint      NOT NULL,
    leader_epoch     int,
    last_appended_at timestamptz,
    stored           bigint      NOT NULL DEFAULT 0,
    duplicates       bigint      NOT NULL DEFAULT 0,
    rejected         bigint      NOT NULL DEFAULT 0,
    updated_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, kafka_partition)
) WITH (
    -- A few rows, updated by every batch: room for heap-only updates, and vacuumed at once.
    fillfactor = 50,
    autovacuum_vacuum_threshold = 50,
    autovacuum_vacuum_scale_factor = 0,
    vacuum_truncate = off
);

COMMENT ON TABLE sink_offset IS 'How far each Kafka partition is stored; moves together with the rows';
COMMENT ON COLUMN sink_offset.topic IS 'Name of the Kafka topic';
COMMENT ON COLUMN sink_offset.kafka_partition IS 'Partition of the topic';
COMMENT ON COLUMN sink_offset.topic_id IS 'Kafka''s id of the topic; another id means it was made again';
COMMENT ON COLUMN sink_offset.next_offset IS 'First offset that is not stored yet';
COMMENT ON COLUMN sink_offset.leader_epoch IS 'Leader epoch of the last stored record, to notice truncation';
COMMENT ON COLUMN sink_offset.last_appended_at IS 'Latest append time delivered from the partition';
COMMENT ON COLUMN sink_offset.stored IS 'Records stored as events since the beginning';
COMMENT ON COLUMN sink_offset.duplicates IS 'Records left out because their id was there already';
COMMENT ON COLUMN sink_offset.rejected IS 'Records put into rejected_event';
COMMENT ON COLUMN sink_offset.updated_at IS 'When the row moved last';

GRANT SELECT, INSERT, UPDATE ON sink_offset TO millrace_writer;

-- Records that are no event, with their bytes, for a person to look at.
CREATE TABLE rejected_event (
    topic           text        NOT NULL,
    kafka_partition int         NOT NULL,
    kafka_offset    bigint      NOT NULL,
    reason          text        NOT NULL,
    detail          text        NOT NULL,
    key             bytea,
    value           bytea,
    headers         jsonb       NOT NULL,
    rejected_at     timestamptz NOT NULL DEFAULT now(),
    published_at    timestamptz,
    PRIMARY KEY (topic, kafka_partition, kafka_offset)
);

COMMENT ON TABLE rejected_event IS 'Records that could not become an event, with their bytes';
COMMENT ON COLUMN rejected_event.topic IS 'Topic of the record';
COMMENT ON COLUMN rejected_event.kafka_partition IS 'Partition of the record';
COMMENT ON COLUMN rejected_event.kafka_offset IS 'Offset of the record';
COMMENT ON COLUMN rejected_event.reason IS 'Why, as one of a fixed list of words';
COMMENT ON COLUMN rejected_event.detail IS 'Why, for a person';
COMMENT ON COLUMN rejected_event.key IS 'Key of the record, as it came';
COMMENT ON COLUMN rejected_event.value IS 'Value of the record, as it came';
COMMENT ON COLUMN rejected_event.headers IS 'Headers of the record: [["name", "base64"], …], null for a header without value';
COMMENT ON COLUMN rejected_event.rejected_at IS 'When it was rejected';
COMMENT ON COLUMN rejected_event.published_at IS 'When it was published to events.dlq.v1; null until then';

CREATE INDEX rejected_event_unpublished ON rejected_event (rejected_at) WHERE published_at IS NULL;

GRANT SELECT, INSERT ON rejected_event TO millrace_writer;

-- Offsets that could never be read, accepted by a person.
CREATE TABLE sink_gap (
    topic           text        NOT NULL,
    kafka_partition int         NOT NULL,
    from_offset     bigint      NOT NULL,
    until_offset    bigint      NOT NULL,
    reason          text        NOT NULL,
    accepted_at     timestamptz,
    PRIMARY KEY (topic, kafka_partition, from_offset),
    CHECK (from_offset < until_offset)
);

COMMENT ON TABLE sink_gap IS 'Offsets that Kafka no longer held when the sink came to read them';
COMMENT ON COLUMN sink_gap.topic IS 'Topic of the gap';
COMMENT ON COLUMN sink_gap.kafka_partition IS 'Partition of the gap';
COMMENT ON COLUMN sink_gap.from_offset IS 'First offset that is missing';
COMMENT ON COLUMN sink_gap.until_offset IS 'First offset after the gap';
COMMENT ON COLUMN sink_gap.reason IS 'How it came about';
COMMENT ON COLUMN sink_gap.accepted_at IS 'When a person let the sink go on; null while it waits';

GRANT SELECT, INSERT ON sink_gap TO millrace_writer;
