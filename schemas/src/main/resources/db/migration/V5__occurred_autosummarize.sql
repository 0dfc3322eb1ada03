-- A block range that has no summary is read whole by every question for occurred_at. Left to vacuum, that
-- was a fifth of a table partition; now a range is summarised soon after the next one has begun.
DROP INDEX event_occurred;
CREATE INDEX event_occurred ON event USING brin (occurred_at) WITH (autosummarize = on);
