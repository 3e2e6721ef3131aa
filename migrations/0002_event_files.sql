-- Which immutable files hold the events at each moment, and which properties were seen in them.

CREATE TABLE catalogue_versions (
    version BIGINT NOT NULL PRIMARY KEY,
    log_position BIGINT NOT NULL,
    published_at BIGINT NOT NULL
);

-- A version names the files with added_version <= version and (dropped_version > version or none).
CREATE TABLE data_files (
    name TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    format BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    byte_count BIGINT NOT NULL,
    checksum BIGINT NOT NULL,
    period BIGINT NOT NULL,
    min_seq BIGINT NOT NULL,
    max_seq BIGINT NOT NULL,
    min_node BIGINT NOT NULL,
    max_node BIGINT NOT NULL,
    min_occurred_at BIGINT NOT NULL,
    max_occurred_at BIGINT NOT NULL,
    is_kept BIGINT NOT NULL CHECK (is_kept IN (0, 1)),
    added_version BIGINT NOT NULL,
    dropped_version BIGINT,
    dropped_at BIGINT
);

CREATE TABLE properties (
    activity_key TEXT NOT NULL,
    name_key TEXT NOT NULL,
    value_type TEXT NOT NULL,
    activity TEXT NOT NULL,
    name TEXT NOT NULL,
    events BIGINT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (activity_key, name_key, value_type)
);
