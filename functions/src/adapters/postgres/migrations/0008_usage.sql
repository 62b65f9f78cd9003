-- Calls that a provider meters by the month, a row a day (UTC): every process adds to it.
CREATE TABLE trueup.usage (
  meter text NOT NULL,
  day   date NOT NULL,
  calls bigint NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (meter, day)
);
