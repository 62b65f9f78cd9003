-- What the event made dirty, where it did: some events mean more than that their object changed.
ALTER TABLE trueup.webhook_inbox ADD COLUMN dirty_kind text;

-- By the object first: the events of a dirty one are looked for whatever they call it.
DROP INDEX trueup.webhook_inbox_object;
CREATE INDEX webhook_inbox_object ON trueup.webhook_inbox (object_id, object_type);

-- When it happened, by the provider's clock: what waits is not known from then on, however late it was heard of.
ALTER TABLE trueup.webhook_inbox ADD COLUMN happened_at timestamptz;

-- What its object looked like then: a change that an event told of is not found once more by a sweep.
ALTER TABLE trueup.webhook_inbox ADD COLUMN looks text;

-- The runs that deal with an object, and the generation they were given: it is dirty until they are done.
ALTER TABLE trueup.dirty_object ADD COLUMN runs text[] NOT NULL DEFAULT '{}';
ALTER TABLE trueup.dirty_object ADD COLUMN handed_over bigint;
