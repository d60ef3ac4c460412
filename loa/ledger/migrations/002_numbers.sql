-- Events tell of numbers too, and those belong to no occurrence. SQLite cannot lift NOT NULL, so the table is made
-- anew; rows keep their ids and hashes, and with them the chain.
CREATE TABLE event_anew (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    occurrence_id INTEGER REFERENCES occurrence (id),
    what TEXT NOT NULL,
    state TEXT NOT NULL,                 -- of the occurrence or the number, after the event
    fence INTEGER NOT NULL,
    detail TEXT NOT NULL,                -- JSON
    hash TEXT NOT NULL
) STRICT;

INSERT INTO event_anew (id, at, occurrence_id, what, state, fence, detail, hash)
SELECT id, at, occurrence_id, what, state, fence, detail, hash FROM event ORDER BY id;

DROP TABLE event;

ALTER TABLE event_anew RENAME TO event;

CREATE INDEX event_by_occurrence ON event (occurrence_id);

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;

-- The outgoing register: a row per number that was ever given. A cancelled one stays and is not given again.
CREATE TABLE registration (
    id INTEGER PRIMARY KEY,
    agency TEXT NOT NULL,                -- the body whose numbers these are, by code and place: 'snv, sông trà'
    series TEXT NOT NULL,                -- '': one for all its papers; else the kind of paper
    year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    symbol TEXT NOT NULL,                -- 'SNV-CCHC'
    day TEXT NOT NULL CHECK (substr(day, 1, 4) = CAST(year AS TEXT)),  -- of issue: '2026-09-05'
    campaign TEXT NOT NULL,
    document TEXT NOT NULL,
    columns TEXT NOT NULL,               -- JSON: what else the register prints of the paper
    content TEXT NOT NULL,               -- JSON: the lines of the paper as it was numbered
    sha256 TEXT NOT NULL,                -- of the content
    own INTEGER NOT NULL CHECK (own IN (0, 1)),  -- taken from our own book, not told by the registry
    person TEXT NOT NULL,                -- who recorded it
    recorded_at TEXT NOT NULL,
    cancelled_at TEXT,
    cancelled_by TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '' CHECK ((cancelled_at IS NULL) = (reason = '')),
    UNIQUE (agency, series, year, number),
    UNIQUE (agency, year, number, symbol)  -- also when the office changed its series within a year (Điều 15)
) STRICT;

-- A paper has one number at a time.
CREATE UNIQUE INDEX registration_in_force ON registration (campaign, document) WHERE cancelled_at IS NULL;

-- Signed originals that came back; the newest one counts. The files lie beside the ledger under their hash.
CREATE TABLE signed_original (
    id INTEGER PRIMARY KEY,
    registration_id INTEGER NOT NULL REFERENCES registration (id),
    sha256 TEXT NOT NULL,
    file TEXT NOT NULL,                  -- its name when it came
    scanned INTEGER NOT NULL CHECK (scanned IN (0, 1)),  -- a picture of paper, whose words a person has compared
    person TEXT NOT NULL,
    attached_at TEXT NOT NULL
) STRICT;

CREATE INDEX signed_original_by_registration ON signed_original (registration_id, id);
