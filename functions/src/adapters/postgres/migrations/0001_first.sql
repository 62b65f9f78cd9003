-- Everything lives in one schema; the engine keeps its own beside it.

-- What was sent outward: the body frozen before the call, the answer kept after it.
CREATE TABLE trueup.effect (
  key           text PRIMARY KEY,
  system        text NOT NULL,
  revision      integer NOT NULL DEFAULT 1,
  state         text NOT NULL CHECK (state IN ('idle', 'sent', 'answered')),
  body          jsonb NOT NULL,
  answer        jsonb,
  first_sent_at timestamptz,
  last_sent_at  timestamptz,
  created_at    timestamptz NOT NULL DEFAULT now()
);

-- Documents that are no calls: the frozen order of an operation. The last write wins.
CREATE TABLE trueup.kept_document (
  key        text PRIMARY KEY,
  document   jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Invoice numbers: counted up per company and prefix, never reused, gaps with their reason.
CREATE TABLE trueup.number_series (
  company text NOT NULL,
  prefix  text NOT NULL,
  last    bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (company, prefix)
);
CREATE TABLE trueup.invoice_number (
  company       text NOT NULL,
  number        text NOT NULL,
  operation_key text NOT NULL,
  attempt       integer NOT NULL,
  gap_reason    text,
  given_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (company, number),
  UNIQUE (company, operation_key, attempt)
);

-- Where each operation stands, for the person who waits.
CREATE TABLE trueup.progress (
  key            text PRIMARY KEY,
  kind           text NOT NULL,
  state          text NOT NULL DEFAULT 'accepted',
  invoice_id     text,
  invoice_number text,
  steps          jsonb NOT NULL DEFAULT '[]',
  problems       jsonb NOT NULL DEFAULT '[]',
  created_at     timestamptz NOT NULL DEFAULT now(),
  changed_at     timestamptz NOT NULL DEFAULT now()
);

-- Webhooks as they came, once each.
CREATE TABLE trueup.webhook_inbox (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider    text NOT NULL,
  account     text NOT NULL,
  event_id    text NOT NULL,
  type        text NOT NULL,
  object_type text NOT NULL,
  object_id   text NOT NULL,
  applied     boolean NOT NULL,
  received_at timestamptz NOT NULL,
  body        text NOT NULL,
  UNIQUE (provider, account, event_id)
);
CREATE INDEX webhook_inbox_object ON trueup.webhook_inbox (object_type, object_id);

-- Objects whose state must be fetched again. A generation comes from a sequence, so that a lease that ran out long ago
-- can never settle a mark made after it.
CREATE SEQUENCE trueup.dirty_generation;
CREATE TABLE trueup.dirty_object (
  kind         text NOT NULL,
  id           text NOT NULL,
  invoice_id   text,
  generation   bigint NOT NULL DEFAULT nextval('trueup.dirty_generation'),
  attempts     integer NOT NULL DEFAULT 0,
  due_at       timestamptz NOT NULL DEFAULT now(),
  leased_until timestamptz,
  parked       boolean NOT NULL DEFAULT false,
  reason       text,
  PRIMARY KEY (kind, id)
);
CREATE INDEX dirty_object_due ON trueup.dirty_object (due_at) WHERE NOT parked;

-- Shared rate budgets, one row each (GCRA). Losing one to a power cut costs nothing.
CREATE UNLOGGED TABLE trueup.rate_budget (
  bucket text PRIMARY KEY,
  tat    timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);

-- Tokens of connected systems, encrypted with TRUEUP_ENCRYPTION_KEY.
CREATE TABLE trueup.connection (
  system     text NOT NULL,
  account    text NOT NULL,
  sealed     bytea NOT NULL,
  version    integer NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (system, account)
);
