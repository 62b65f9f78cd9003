-- A dirty object that was looked at waits for one of few turns at the books, all of an invoice's in one run. `lines`: what it belongs
-- to; null: to be found out. `turn_until`: its runs hold a turn until then, or until they end.
ALTER TABLE trueup.dirty_object ADD COLUMN waits boolean NOT NULL DEFAULT false;
ALTER TABLE trueup.dirty_object ADD COLUMN lines text[];
ALTER TABLE trueup.dirty_object ADD COLUMN turn_until timestamptz;
DROP INDEX trueup.dirty_object_due;
CREATE INDEX dirty_object_due ON trueup.dirty_object (due_at) WHERE NOT parked AND NOT waits;
CREATE INDEX dirty_object_waits ON trueup.dirty_object (due_at, generation) WHERE waits AND NOT parked;
CREATE INDEX dirty_object_turn ON trueup.dirty_object (turn_until) WHERE turn_until IS NOT NULL;

-- Those that faults of ours ended are looked for every minute.
CREATE INDEX progress_broken ON trueup.progress (created_at) WHERE state = 'needs-attention';
