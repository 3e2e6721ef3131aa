-- Invitations that leave by e-mail. While a message waits, its content holds what it takes to write it, the secrets of its links
-- included; it is emptied when the message leaves. Numbers are random. A message that belongs to nobody gets another number and
-- loses its invitation and the time within its day when it leaves, so that nothing ties its address to a link.
CREATE TABLE mail (
    id BIGINT NOT NULL PRIMARY KEY,
    message_id TEXT NOT NULL,
    unsubscribe_hash TEXT NOT NULL,
    address TEXT NOT NULL,
    content TEXT NOT NULL,
    invitation BIGINT,
    is_anonymous BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    problem TEXT,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX mail_by_message ON mail (message_id);
CREATE UNIQUE INDEX mail_by_unsubscribe ON mail (unsubscribe_hash);
CREATE INDEX mail_by_due ON mail (state, due_at, id);
-- Addresses that nothing is sent to any more, and why.
CREATE TABLE contact_refusals (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    survey BIGINT,
    invitation BIGINT
);
CREATE UNIQUE INDEX contact_refusals_by_address ON contact_refusals (kind, value, reason);
