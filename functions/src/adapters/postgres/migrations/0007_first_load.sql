-- A first load with its position and counts; who saves names the version that was read.
CREATE TABLE trueup.load (
  key        text PRIMARY KEY,
  company    text NOT NULL,
  version    integer NOT NULL,
  standing   boolean NOT NULL,
  state      text NOT NULL,
  document   jsonb NOT NULL,
  started_at timestamptz NOT NULL
);
-- One at a time of a company.
CREATE UNIQUE INDEX load_standing ON trueup.load (company) WHERE standing;
CREATE INDEX load_company ON trueup.load (company, started_at);

-- Outside customers that a load has read, and what became of them.
CREATE TABLE trueup.load_customer (
  load       text NOT NULL REFERENCES trueup.load ON DELETE CASCADE,
  system     text NOT NULL,
  id         text NOT NULL COLLATE "C",
  customer   jsonb NOT NULL,
  standing   text NOT NULL CHECK (standing IN ('read', 'linked', 'waiting', 'refused')),
  account_id text,
  PRIMARY KEY (load, system, id)
);

-- Which invoice a payment pays, where only the invoice tells.
CREATE TABLE trueup.load_part (
  load       text NOT NULL REFERENCES trueup.load ON DELETE CASCADE,
  payment_id text NOT NULL,
  invoice_id text NOT NULL,
  amount     bigint NOT NULL,
  PRIMARY KEY (load, payment_id, invoice_id)
);
