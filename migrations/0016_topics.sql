-- The topics of comments that the organisation has added or changed, and how often it did so.
CREATE TABLE topics (
    name TEXT NOT NULL PRIMARY KEY,
    definition TEXT NOT NULL
);
CREATE TABLE topics_version (
    id BIGINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
