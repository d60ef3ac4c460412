-- Which ledger this is.
CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    instance TEXT NOT NULL,              -- random; the chain of events starts from it
    rehearsal INTEGER NOT NULL CHECK (rehearsal IN (0, 1)),
    created TEXT NOT NULL
) STRICT;

-- Times are UTC, '2023-09-05T00:30:00.000Z', all of one length so that text compares as time.
CREATE TABLE occurrence (
    id INTEGER PRIMARY KEY,
    campaign TEXT NOT NULL,
    announcement TEXT NOT NULL,
    channel TEXT NOT NULL,
    local_date TEXT NOT NULL,
    slot TEXT NOT NULL,
    zone TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL CHECK (ends_at > starts_at),
    code TEXT NOT NULL UNIQUE,           -- what a look-up searches for
    state TEXT NOT NULL DEFAULT 'planned'
        CHECK (state IN ('planned', 'claimed', 'sending', 'unknown', 'published', 'rejected', 'skipped')),
    reason TEXT CHECK ((reason IS NOT NULL) = (state = 'skipped')),
    trouble TEXT NOT NULL DEFAULT '[]',  -- JSON: the problems of the last try
    fence INTEGER NOT NULL DEFAULT 0,    -- raised whenever somebody takes the row
    lease_until TEXT,
    CHECK (state NOT IN ('claimed', 'sending') OR lease_until IS NOT NULL),
    UNIQUE (campaign, announcement, channel, local_date, slot)
) STRICT;

CREATE INDEX occurrence_by_state ON occurrence (state, starts_at);

-- One row per try at sending, committed before the first byte leaves.
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
    fence INTEGER NOT NULL,
    marker TEXT NOT NULL,
    payload_sha256 TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    outcome TEXT NOT NULL DEFAULT 'open'
        CHECK (outcome IN ('open', 'unknown', 'published', 'rejected', 'not_sent', 'absent')),
    remote_id TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT '',
    published_at TEXT,
    adopted INTEGER NOT NULL DEFAULT 0 CHECK (adopted IN (0, 1)),
    UNIQUE (occurrence_id, fence)
) STRICT;

-- Nothing is sent again while an earlier try may be out there, and nothing after one is known to be.
CREATE UNIQUE INDEX attempt_that_may_be_out
    ON attempt (occurrence_id) WHERE outcome IN ('open', 'unknown', 'published');

-- What happened, append-only; each row's hash covers the one before.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
    what TEXT NOT NULL,
    state TEXT NOT NULL,                 -- after the event
    fence INTEGER NOT NULL,
    detail TEXT NOT NULL,                -- JSON
    hash TEXT NOT NULL
) STRICT;

CREATE INDEX event_by_occurrence ON event (occurrence_id);

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;
