-- Why a genuine event is kept and not applied.
ALTER TABLE trueup.webhook_inbox ADD COLUMN kept text CHECK (kept IN ('wrong-mode', 'wrong-account', 'newer-version'));
CREATE INDEX webhook_inbox_kept ON trueup.webhook_inbox (received_at) WHERE kept IS NOT NULL;

-- Bodies of a few kilobytes stay in their row as they are: to compress one costs as much as to store it (bench:inbox).
ALTER TABLE trueup.webhook_inbox SET (toast_tuple_target = 8160);

CREATE INDEX dirty_object_parked ON trueup.dirty_object (marked_at) WHERE parked;
