-- The requestid under which a write went to QuickBooks in a batch, its item's id included; null: it went alone.
ALTER TABLE trueup.effect ADD COLUMN sent_as text;
