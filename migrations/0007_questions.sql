-- Questions about journeys that people keep. A deleted one keeps its number, so that no link leads to another question.
CREATE TABLE questions (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    asked_as TEXT NOT NULL,
    question TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE UNIQUE INDEX questions_by_name ON questions (name_key) WHERE deleted_at IS NULL;
