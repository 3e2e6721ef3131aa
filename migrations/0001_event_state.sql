-- What the event log knows besides its files: where the projection stands, who is who, and what was personal.
-- The same text runs on SQLite and PostgreSQL: types TEXT, BIGINT and DOUBLE PRECISION, flags 0/1, instants in UTC milliseconds.

-- How often the database changed owners. Who finds another number than its own has been replaced.
CREATE TABLE ownership (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    epoch BIGINT NOT NULL
);
INSERT INTO ownership (id, epoch) VALUES (1, 0);

-- The last log record applied and the absolute numbers after it.
CREATE TABLE log_state (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    position BIGINT NOT NULL,
    received BIGINT NOT NULL,
    stored BIGINT NOT NULL,
    duplicate BIGINT NOT NULL,
    dead BIGINT NOT NULL,
    next_seq BIGINT NOT NULL,
    next_node BIGINT NOT NULL,
    next_merge BIGINT NOT NULL,
    next_dead BIGINT NOT NULL,
    next_personal BIGINT NOT NULL
);
INSERT INTO log_state (
    id, position, received, stored, duplicate, dead, next_seq, next_node, next_merge, next_dead, next_personal
) VALUES (1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1);

CREATE TABLE identifiers (
    node BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX identifiers_by_value ON identifiers (value);

CREATE TABLE merges (
    id BIGINT NOT NULL PRIMARY KEY,
    node_a BIGINT NOT NULL,
    node_b BIGINT NOT NULL,
    rule TEXT NOT NULL,
    evidence TEXT,
    decided_by TEXT NOT NULL,
    merged_at BIGINT NOT NULL,
    undone_at BIGINT,
    undone_by TEXT
);
CREATE INDEX merges_by_node_a ON merges (node_a);
CREATE INDEX merges_by_node_b ON merges (node_b);

CREATE TABLE coded_names (
    dictionary TEXT NOT NULL,
    code BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (dictionary, code)
);

CREATE TABLE personal_values (
    id BIGINT NOT NULL PRIMARY KEY,
    node BIGINT NOT NULL,
    body TEXT NOT NULL
);

-- The latest value of each trait of a node. Names may be longer than an index takes: the key is the name or its hash.
CREATE TABLE traits (
    node BIGINT NOT NULL,
    name_key TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    source BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    position BIGINT NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (node, name_key)
);

-- The bytes as they came, as base64url text, last so that reading the rest does not touch them.
CREATE TABLE dead_letters (
    id BIGINT NOT NULL PRIMARY KEY,
    source BIGINT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    item_index BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    recipe TEXT NOT NULL,
    raw_bytes BIGINT NOT NULL,
    replayed_position BIGINT,
    raw TEXT NOT NULL
);
CREATE INDEX dead_letters_kept ON dead_letters (id) WHERE replayed_position IS NULL;
