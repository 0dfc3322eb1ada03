-- Every valid event, once per Kafka partition. A row is a pure function of its partition's log: its
-- position is its Kafka coordinate, its time the broker's append time.
CREATE TABLE event (
    appended_at     timestamptz NOT NULL,
    kafka_partition int         NOT NULL,
    kafka_offset    bigint      NOT NULL,
    event_key       text,
    event_id        uuid        NOT NULL,
    event_type      text        NOT NULL,
    occurred_at     timestamptz NOT NULL,
    payload         jsonb       NOT NULL,
    metadata        jsonb       NOT NULL,
    PRIMARY KEY (kafka_partition, kafka_offset, appended_at)
) PARTITION BY RANGE (appended_at);

COMMENT ON TABLE event IS 'Every valid event, once per Kafka partition; rows never change';
COMMENT ON COLUMN event.appended_at IS 'Broker append time, kept from running backwards inside a Kafka partition';
COMMENT ON COLUMN event.kafka_partition IS 'Partition of events.v1 the record lies in';
COMMENT ON COLUMN event.kafka_offset IS 'Offset of the record in its partition';
COMMENT ON COLUMN event.event_key IS 'Key of the Kafka record; events with one key keep their order';
COMMENT ON COLUMN event.event_id IS 'Identity given by the producer';
COMMENT ON COLUMN event.event_type IS 'Kind of event, 1 to 200 characters';
COMMENT ON COLUMN event.occurred_at IS 'When it happened, as the producer says';
COMMENT ON COLUMN event.payload IS 'The event itself, a JSON object';
COMMENT ON COLUMN event.metadata IS 'What the producer says about the event, a JSON object';

-- The order of answers.
CREATE INDEX event_order ON event (appended_at, kafka_partition, kafka_offset);
-- Events of one type, in the order of answers.
CREATE INDEX event_type_order ON event (event_type, appended_at, kafka_partition, kafka_offset);
-- The history of one key.
CREATE INDEX event_key_order ON event (event_key, kafka_partition, kafka_offset);
-- Containment; see docs/architecture.md for the pending list.
CREATE INDEX event_payload ON event USING gin (payload jsonb_path_ops);
CREATE INDEX event_metadata ON event USING gin (metadata jsonb_path_ops);
-- Coarse ranges of the producers' time; a few pages whatever the size.
CREATE INDEX event_occurred ON event USING brin (occurred_at);

GRANT SELECT, INSERT ON event TO millrace_writer;

-- Who was first. It decides repeats, and leads from an id to its event.
CREATE TABLE event_identity (
    event_id        uuid        NOT NULL,
    kafka_partition int         NOT NULL,
    kafka_offset    bigint      NOT NULL,
    appended_at     timestamptz NOT NULL,
    PRIMARY KEY (event_id, kafka_partition)
);

COMMENT ON TABLE event_identity IS 'The first record of each event id in each Kafka partition';
COMMENT ON COLUMN event_identity.event_id IS 'Identity given by the producer';
COMMENT ON COLUMN event_identity.kafka_partition IS 'Partition of events.v1';
COMMENT ON COLUMN event_identity.kafka_offset IS 'Offset of the first record with this id';
COMMENT ON COLUMN event_identity.appended_at IS 'appended_at of the event, to find its table partition';

GRANT SELECT, INSERT ON event_identity TO millrace_writer;
