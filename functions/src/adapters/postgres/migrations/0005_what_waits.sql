-- What the event made dirty, where it did: some events mean more than that their object changed.
ALTER TABLE trueup.webhook_inbox ADD COLUMN dirty_kind text;

-- By the object first: the events of a dirty one are looked for whatever they call it.
DROP INDEX trueup.webhook_inbox_object;
CREATE INDEX webhook_inbox_object ON trueup.webhook_inbox (object_id, object_type);
