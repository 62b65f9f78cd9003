-- What became of each outward write, sending by sending: the effect row holds only how it stands now.
CREATE TABLE trueup.effect_note (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key       text NOT NULL,
  -- The record the key is made of: `sf:<record id>:<operation>`.
  record_id text NOT NULL GENERATED ALWAYS AS (split_part(key, ':', 2)) STORED,
  what      text NOT NULL CHECK (what IN ('sent', 'resent', 'revised', 'answered', 'released')),
  revision  integer NOT NULL,
  reason    text,
  at        timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX effect_note_record ON trueup.effect_note (record_id, id);

-- How often a person had an operation tried again, and whether one asked that it be given up.
ALTER TABLE trueup.progress ADD COLUMN retries integer NOT NULL DEFAULT 0;
ALTER TABLE trueup.progress ADD COLUMN cancelled_by text;
CREATE INDEX progress_invoice ON trueup.progress (invoice_id, created_at);
CREATE INDEX webhook_inbox_received ON trueup.webhook_inbox (received_at);
