-- How often a customer may be interrupted, and when each was: once for every identifier that is known, of which only a hash is kept.
CREATE TABLE contact_rule (
    id BIGINT NOT NULL PRIMARY KEY,
    most BIGINT NOT NULL,
    days BIGINT NOT NULL,
    apart_days BIGINT NOT NULL,
    from_hour BIGINT NOT NULL,
    until_hour BIGINT NOT NULL
);
CREATE TABLE contacts (
    identifier_hash TEXT NOT NULL,
    contacted_at BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    PRIMARY KEY (identifier_hash, contacted_at, purpose)
);
CREATE INDEX contacts_by_time ON contacts (contacted_at);
-- Whom surveys are about to invite, what became of those before, and how far the log and the calendar were looked at for them.
CREATE TABLE planned_invitations (
    id BIGINT NOT NULL PRIMARY KEY,
    survey BIGINT NOT NULL,
    node BIGINT NOT NULL,
    subject TEXT NOT NULL,
    wanted_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    priority BIGINT NOT NULL
);
CREATE INDEX planned_invitations_by_due ON planned_invitations (due_at);
CREATE INDEX planned_invitations_by_survey ON planned_invitations (survey);
CREATE TABLE planned_invitation_ends (
    survey BIGINT NOT NULL,
    plan_end TEXT NOT NULL,
    invitations BIGINT NOT NULL,
    PRIMARY KEY (survey, plan_end)
);
CREATE TABLE planning_marks (
    name TEXT NOT NULL PRIMARY KEY,
    mark BIGINT NOT NULL
);
-- When it was taken for abandoned that somebody had begun to answer.
ALTER TABLE survey_invitations ADD COLUMN abandoned_at BIGINT;
CREATE INDEX survey_invitations_begun ON survey_invitations (started_at)
    WHERE started_at IS NOT NULL AND answered_at IS NULL AND refused_at IS NULL AND abandoned_at IS NULL
    AND identifiers <> '[]';
