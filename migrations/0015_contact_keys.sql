-- Whether a contact is found by a key that was made with the secret of the installation; before, it was a plain hash.
ALTER TABLE contacts ADD COLUMN is_keyed BIGINT NOT NULL DEFAULT 0;
-- Whether an address has answered before is asked of each that somebody is known by.
CREATE INDEX mail_by_address ON mail (address);
-- How far people came by the open link of a survey, by day: numbers alone, because nobody is known.
CREATE TABLE survey_open_days (
    survey BIGINT NOT NULL,
    open_day BIGINT NOT NULL,
    shown BIGINT NOT NULL,
    started BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    PRIMARY KEY (survey, open_day)
);
