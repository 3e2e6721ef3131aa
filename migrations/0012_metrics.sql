-- How answers become a score, beside the metrics that come with the program.
CREATE TABLE metrics (
    name TEXT NOT NULL PRIMARY KEY,
    definition TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
