-- Surveys. The newest version of the file of each stands here, every version in survey_versions: answers keep the one they answered.
CREATE TABLE surveys (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    link_token TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX surveys_by_name ON surveys (name_key);
CREATE UNIQUE INDEX surveys_by_link ON surveys (link_token);
CREATE TABLE survey_versions (
    survey BIGINT NOT NULL,
    version BIGINT NOT NULL,
    definition TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (survey, version)
);
-- Links that one person can answer by. The secret is kept as a hash only. Without identifiers the answer is nobody's.
CREATE TABLE survey_invitations (
    id BIGINT NOT NULL PRIMARY KEY,
    survey BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    identifiers TEXT NOT NULL,
    traits TEXT NOT NULL,
    subject TEXT NOT NULL,
    channel TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    shown_at BIGINT,
    started_at BIGINT,
    answered_at BIGINT,
    refused_at BIGINT
);
CREATE UNIQUE INDEX survey_invitations_by_token ON survey_invitations (token_hash);
CREATE INDEX survey_invitations_by_survey ON survey_invitations (survey);
-- What was answered. Numbers are random, so that they tell no order. An answer that belongs to nobody has neither invitation nor a
-- time within its day.
CREATE TABLE survey_responses (
    id BIGINT NOT NULL PRIMARY KEY,
    survey BIGINT NOT NULL,
    version BIGINT NOT NULL,
    page_hash TEXT NOT NULL,
    invitation BIGINT,
    is_complete BIGINT NOT NULL,
    answers TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    channel TEXT NOT NULL,
    marks TEXT NOT NULL,
    answered_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX survey_responses_by_page ON survey_responses (survey, page_hash);
CREATE UNIQUE INDEX survey_responses_by_invitation ON survey_responses (invitation) WHERE invitation IS NOT NULL;
CREATE INDEX survey_responses_by_survey ON survey_responses (survey, answered_at, id);
-- How many complete answers made each choice.
CREATE TABLE survey_choices (
    survey BIGINT NOT NULL,
    question TEXT NOT NULL,
    choice TEXT NOT NULL,
    answers BIGINT NOT NULL,
    PRIMARY KEY (survey, question, choice)
);
-- Events that changes of the state record, until the event log has them.
CREATE TABLE outbox (
    id BIGINT NOT NULL PRIMARY KEY,
    event TEXT NOT NULL
);
