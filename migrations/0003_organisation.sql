-- What people set: the organisation, access keys, the meaning of activities, and the record of who changed what.

CREATE TABLE organisation (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    week_start TEXT NOT NULL,
    currency TEXT NOT NULL,
    language TEXT NOT NULL
);

CREATE TABLE access_keys (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    channel TEXT,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE UNIQUE INDEX access_keys_in_use_by_name ON access_keys (name) WHERE revoked_at IS NULL;

CREATE TABLE activity_entries (
    name_key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT,
    wait_property TEXT,
    reason_property TEXT,
    alias_of TEXT
);

CREATE TABLE audit_entries (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
