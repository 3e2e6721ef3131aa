-- What happened to the company that may explain what customers said. A deleted one keeps its number, and nothing of what it said.
CREATE TABLE annotations (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    body TEXT NOT NULL,
    channel TEXT,
    unit TEXT,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT
);
