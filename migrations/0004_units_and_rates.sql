-- Where things happen, who sees only a part of it, and what foreign money was worth on which day.

-- A tree: who hangs under nobody hangs under the organisation.
CREATE TABLE units (
    name TEXT NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    parent TEXT,
    kind TEXT
);

ALTER TABLE access_keys ADD COLUMN unit TEXT;

-- One unit of the currency is worth `rate` (a decimal as text) of the reporting currency from this day on.
CREATE TABLE exchange_rates (
    reporting TEXT NOT NULL,
    currency TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    rate TEXT NOT NULL,
    PRIMARY KEY (reporting, currency, valid_from)
);
