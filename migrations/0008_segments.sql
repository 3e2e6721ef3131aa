-- Customers by what they lived, found anew whenever somebody asks. A deleted segment keeps its number, so that no link leads to another.
CREATE TABLE segments (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    customers TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE UNIQUE INDEX segments_by_name ON segments (name_key) WHERE deleted_at IS NULL;
