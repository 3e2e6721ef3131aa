-- How often a customer may be interrupted, and when each was: once for every identifier that is known.
CREATE TABLE contact_rule (
    id BIGINT NOT NULL PRIMARY KEY,
    most BIGINT NOT NULL,
    days BIGINT NOT NULL,
    apart_days BIGINT NOT NULL,
    from_hour BIGINT NOT NULL,
    until_hour BIGINT NOT NULL
);
CREATE TABLE contacts (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    contacted_at BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    PRIMARY KEY (kind, value, contacted_at, purpose)
);
CREATE INDEX contacts_by_time ON contacts (contacted_at);
-- Whom surveys are about to invite, what became of those before, and how far the log and the calendar were looked at for them.
CREATE TABLE planned_invitations (
    id BIGINT NOT NULL PRIMARY KEY,
    survey BIGINT NOT NULL,
    node BIGINT NOT NULL,
    subject TEXT NOT NULL,
    wanted_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX planned_invitations_by_due ON planned_invitations (due_at);
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
