-- Delivery to services that know no keys: more states, what each try sent, approvals, pauses, accounts.
-- SQLite cannot change a CHECK, so two tables are made anew; rows keep their ids, and events their chain.
CREATE TABLE occurrence_anew (
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
        CHECK (state IN (
            'planned', 'held', 'claimed', 'sending', 'processing', 'unknown', 'needs_person', 'handed',
            'published', 'rejected', 'skipped', 'cancelled', 'withdrawn'
        )),
    reason TEXT CHECK ((reason IS NOT NULL) = (state = 'skipped')),
    trouble TEXT NOT NULL DEFAULT '[]',  -- JSON: the problems of the last try
    fence INTEGER NOT NULL DEFAULT 0,    -- raised whenever somebody takes the row
    lease_until TEXT,
    next_at TEXT,                        -- the job leaves the row alone before this instant
    looks INTEGER NOT NULL DEFAULT 0,    -- look-ups that found nothing since the outcome became unknown
    steps TEXT NOT NULL DEFAULT '{}',    -- JSON: what a publication of several steps has reached
    verified_at TEXT,                    -- last seen by the public
    gone_at TEXT,                        -- found to be no longer public, though nobody here took it down
    note TEXT NOT NULL DEFAULT '',       -- what a person said of it
    shifted INTEGER NOT NULL DEFAULT 0 CHECK (shifted IN (0, 1)),  -- a person gave it another time than the plan
    recalled TEXT NOT NULL DEFAULT '',   -- why somebody withdrew what could not be taken down there and then
    recalled_by TEXT NOT NULL DEFAULT '' CHECK ((recalled_by = '') = (recalled = '')),
    CHECK (state NOT IN ('claimed', 'sending') OR lease_until IS NOT NULL),
    UNIQUE (campaign, announcement, channel, local_date, slot)
) STRICT;

INSERT INTO occurrence_anew (
    id, campaign, announcement, channel, local_date, slot, zone, starts_at, ends_at, code, state, reason, trouble,
    fence, lease_until
)
SELECT
    id, campaign, announcement, channel, local_date, slot, zone, starts_at, ends_at, code, state, reason, trouble,
    fence, lease_until
FROM occurrence ORDER BY id;

CREATE TABLE attempt_anew (
    id INTEGER PRIMARY KEY,
    occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
    fence INTEGER NOT NULL,
    marker TEXT NOT NULL,
    payload_sha256 TEXT NOT NULL,
    content_sha256 TEXT NOT NULL DEFAULT '',  -- of what was approved
    title TEXT NOT NULL DEFAULT '',      -- what a look-up compares
    text TEXT NOT NULL DEFAULT '',
    page TEXT NOT NULL DEFAULT '',
    started_at TEXT NOT NULL,
    asked_at TEXT,                       -- when it was last told to go ahead: a byte may have left then
    ended_at TEXT,
    outcome TEXT NOT NULL DEFAULT 'open'
        CHECK (outcome IN (
            'open', 'unknown', 'processing', 'handed', 'published', 'rejected', 'not_sent', 'absent', 'withdrawn',
            'given_up'
        )),
    remote_id TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT '',
    media TEXT NOT NULL DEFAULT '{}',    -- JSON: the public address of each file
    published_at TEXT,
    adopted INTEGER NOT NULL DEFAULT 0 CHECK (adopted IN (0, 1)),
    UNIQUE (occurrence_id, fence)
) STRICT;

INSERT INTO attempt_anew (
    id, occurrence_id, fence, marker, payload_sha256, started_at, ended_at, outcome, remote_id, link, published_at,
    adopted
)
SELECT
    id, occurrence_id, fence, marker, payload_sha256, started_at, ended_at, outcome, remote_id, link, published_at,
    adopted
FROM attempt ORDER BY id;

DROP TABLE attempt;

DROP TABLE occurrence;

ALTER TABLE occurrence_anew RENAME TO occurrence;

ALTER TABLE attempt_anew RENAME TO attempt;

CREATE INDEX occurrence_by_state ON occurrence (state, starts_at);

CREATE INDEX occurrence_by_channel ON occurrence (channel, state);

CREATE INDEX event_by_time ON event (at);

CREATE INDEX event_of_clock ON event (id) WHERE what = 'clock set';

-- What the ledger tells of an occurrence: with the try that is out there, if any.
CREATE VIEW entry AS
SELECT
    o.*,
    (SELECT count(*) FROM attempt AS a WHERE a.occurrence_id = o.id) AS attempts,
    p.remote_id, p.link, p.media, p.published_at, p.adopted, p.content_sha256
FROM occurrence AS o
LEFT JOIN attempt AS p ON p.occurrence_id = o.id AND p.outcome IN ('published', 'handed', 'withdrawn');

-- Nothing is sent again while an earlier try may be out there, and nothing after one is known to be.
CREATE UNIQUE INDEX attempt_that_may_be_out
    ON attempt (occurrence_id) WHERE outcome IN ('open', 'unknown', 'processing', 'handed', 'published');

-- A leader's yes to the content of one announcement on one channel; the newest of each that is not void counts.
CREATE TABLE approval (
    id INTEGER PRIMARY KEY,
    campaign TEXT NOT NULL,
    announcement TEXT NOT NULL,
    channel TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    content TEXT NOT NULL,               -- JSON: what was approved, files by their hash
    person TEXT NOT NULL,                -- who approved
    basis TEXT NOT NULL DEFAULT '',      -- the paper that says so, as recorded: 'Phiếu trình số 12/PTr-VP'
    basis_day TEXT,
    scan_sha256 TEXT NOT NULL DEFAULT '',
    recorded_by TEXT NOT NULL,
    approved_at TEXT NOT NULL,
    void_at TEXT
) STRICT;

CREATE INDEX approval_by_announcement ON approval (campaign, announcement, channel, id);

-- A stop by a person: of everything, of a channel, of a campaign.
CREATE TABLE pause (
    id INTEGER PRIMARY KEY,
    scope TEXT NOT NULL CHECK (scope IN ('all', 'channel', 'campaign')),
    name TEXT NOT NULL CHECK ((scope = 'all') = (name = '')),
    reason TEXT NOT NULL CHECK (reason <> ''),
    person TEXT NOT NULL,
    paused_at TEXT NOT NULL,
    resumed_at TEXT,
    resumed_by TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE UNIQUE INDEX pause_in_force ON pause (scope, name) WHERE resumed_at IS NULL;

-- How each account is: closed until a person mends it, told to wait, when it was last asked.
CREATE TABLE account (
    channel TEXT PRIMARY KEY,
    closed_at TEXT,
    closed_for TEXT NOT NULL DEFAULT '[]',  -- JSON: the problem
    reopens INTEGER NOT NULL DEFAULT 1 CHECK (reopens IN (0, 1)),  -- whether asking it shows that it is well again
    wait_until TEXT,
    probed_at TEXT,
    name TEXT NOT NULL DEFAULT '',       -- what the service calls it
    expires_at TEXT,                     -- of the right to post
    CHECK ((closed_at IS NULL) = (closed_for = '[]'))
) STRICT;

-- What a person has to be told outside the terminal, each once.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,            -- what it is about, so that it is told once
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    told_at TEXT
) STRICT;

-- The last pass of the posting job.
CREATE TABLE job (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    began_at TEXT NOT NULL,
    ended_at TEXT,
    worked_at TEXT                       -- of the last pass that did something
) STRICT;
