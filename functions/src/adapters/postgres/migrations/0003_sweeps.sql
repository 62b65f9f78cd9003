-- How far each source was read without webhooks. One process sweeps a source at a time; a claim that is not given back runs out.
CREATE TABLE trueup.sweep_checkpoint (
  source        text PRIMARY KEY,
  -- By the clock of whoever is read, and the same moment by ours.
  read_to       timestamptz,
  as_of         timestamptz,
  -- The full compare that has to end before `as_of` moves on.
  compare       jsonb,
  due_at        timestamptz NOT NULL DEFAULT now(),
  claimed_until timestamptz
);

-- Entries of the inbox that no webhook brought: a sweep found them. `counts`: a webhook should have brought it.
CREATE TABLE trueup.swept_event (
  provider text NOT NULL,
  account  text NOT NULL,
  event_id text NOT NULL,
  counts   boolean NOT NULL,
  found_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (provider, account, event_id)
);
CREATE INDEX swept_event_found ON trueup.swept_event (provider, found_at) WHERE counts;

-- What an object of a provider looked like when it was last listed.
CREATE TABLE trueup.swept_object (
  kind    text NOT NULL,
  id      text NOT NULL,
  looks   text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, id)
);

-- Since when an object waits to be looked at: set with its first mark, gone with the row.
ALTER TABLE trueup.dirty_object ADD COLUMN marked_at timestamptz NOT NULL DEFAULT now();

-- Our own documents in QuickBooks, by the id its answer gave them, and what was booked on them.
CREATE INDEX effect_quickbooks_id ON trueup.effect ((answer ->> 'id')) WHERE system = 'quickbooks';
CREATE INDEX effect_quickbooks_operation ON trueup.effect (split_part(key, ':', 3)) WHERE system = 'quickbooks';
