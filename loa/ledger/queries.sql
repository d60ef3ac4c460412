-- Every question the ledger is asked and every change it makes, except its tables (migrations/).
-- A change of an occurrence names the state and the fence it expects and must change exactly one row.

-- name: read_meta
-- Which ledger this is.
SELECT instance, rehearsal FROM meta;

-- name: write_meta
-- Say which ledger this is, unless it has been said.
INSERT INTO meta (id, instance, rehearsal, created) VALUES (1, :instance, :rehearsal, :created)
ON CONFLICT (id) DO NOTHING;

-- name: entries
-- Every occurrence with its published attempt, if any; of one campaign, or of one id, where given.
SELECT
    o.*,
    (SELECT count(*) FROM attempt AS a WHERE a.occurrence_id = o.id) AS attempts,
    p.link, p.published_at, p.adopted
FROM occurrence AS o
LEFT JOIN attempt AS p ON p.occurrence_id = o.id AND p.outcome = 'published'
WHERE (:campaign IS NULL OR o.campaign = :campaign) AND (:id IS NULL OR o.id = :id)
ORDER BY o.starts_at, o.id;

-- name: same_code
-- The occurrence that already has a code.
SELECT campaign, announcement, channel, local_date, slot FROM occurrence WHERE code = :code;

-- name: insert
-- Put a planned occurrence into the ledger.
INSERT INTO occurrence (campaign, announcement, channel, local_date, slot, zone, starts_at, ends_at, code)
VALUES (:campaign, :announcement, :channel, :local_date, :slot, :zone, :starts_at, :ends_at, :code)
RETURNING id;

-- name: replan
-- Give an occurrence that nobody has begun the time of today's plan; one that was dropped waits again.
UPDATE occurrence
SET state = 'planned', reason = NULL, zone = :zone, starts_at = :starts_at, ends_at = :ends_at
WHERE id = :id AND fence = :fence AND state = :state;

-- name: due
-- What waits and whose time has come, earliest first.
SELECT id FROM occurrence WHERE state = 'planned' AND starts_at <= :now ORDER BY starts_at, id;

-- name: unknown
-- What may be out there and nobody is looking up.
SELECT id FROM occurrence
WHERE state = 'unknown' AND (lease_until IS NULL OR lease_until <= :now) ORDER BY starts_at, id;

-- name: stale
-- What a process took and did not finish before its lease ended.
SELECT id, fence, state FROM occurrence
WHERE state IN ('claimed', 'sending') AND lease_until <= :now ORDER BY id;

-- name: claim
-- Take a waiting occurrence whose time has come.
UPDATE occurrence SET state = 'claimed', fence = fence + 1, lease_until = :lease_until
WHERE id = :id AND state = 'planned' AND starts_at <= :now
RETURNING fence;

-- name: take_unknown
-- Take an occurrence of unknown outcome, to look it up.
UPDATE occurrence SET fence = fence + 1, lease_until = :lease_until
WHERE id = :id AND state = 'unknown' AND (lease_until IS NULL OR lease_until <= :now)
RETURNING fence;

-- name: expire
-- Take an occurrence away from a process whose lease is over; the raised fence stops it should it still live.
UPDATE occurrence SET state = :to, fence = fence + 1, lease_until = NULL
WHERE id = :id AND fence = :fence AND state = :state AND lease_until <= :now
RETURNING fence;

-- name: move
-- Bring an occurrence from one state to the next.
UPDATE occurrence SET state = :to, reason = :reason, trouble = :trouble, lease_until = :lease_until
WHERE id = :id AND fence = :fence AND state = :state;

-- name: begin_attempt
-- Write down what is about to be sent.
INSERT INTO attempt (occurrence_id, fence, marker, payload_sha256, started_at)
VALUES (:id, :fence, :marker, :payload_sha256, :now);

-- name: end_attempt
-- Write down what became of the try that may be out there.
UPDATE attempt
SET outcome = :outcome, ended_at = :now, remote_id = :remote_id, link = :link, published_at = :published_at,
    adopted = :adopted
WHERE occurrence_id = :id AND outcome IN ('open', 'unknown');

-- name: last_event
-- The newest event's hash.
SELECT hash FROM event ORDER BY id DESC LIMIT 1;

-- name: add_event
-- Append an event.
INSERT INTO event (at, occurrence_id, what, state, fence, detail, hash)
VALUES (:at, :occurrence_id, :what, :state, :fence, :detail, :hash);

-- name: events
-- Every event in order.
SELECT id, at, occurrence_id, what, state, fence, detail, hash FROM event ORDER BY id;

-- name: contradictions
-- Occurrences whose state is not the one that their newest event tells.
SELECT o.id FROM occurrence AS o
LEFT JOIN event AS e ON e.id = (SELECT max(id) FROM event WHERE occurrence_id = o.id)
WHERE e.id IS NULL OR e.state <> o.state OR e.fence <> o.fence
ORDER BY o.id;

-- name: registrations
-- Every number ever given, with its newest signed original, if any; of one campaign, or of one id, where given.
SELECT r.*, s.sha256 AS signed_sha256, s.file AS signed_file, s.scanned, s.person AS signed_by, s.attached_at
FROM registration AS r
LEFT JOIN signed_original AS s ON s.id = (SELECT max(id) FROM signed_original WHERE registration_id = r.id)
WHERE (:campaign IS NULL OR r.campaign = :campaign) AND (:id IS NULL OR r.id = :id)
ORDER BY r.agency, r.series, r.year, r.number;

-- name: last_number
-- The highest number of a series in a year, 0 before the first; and the latest day of those in force.
SELECT coalesce(max(number), 0) AS number, max(CASE WHEN cancelled_at IS NULL THEN day END) AS day FROM registration
WHERE agency = :agency AND series = :kind AND year = :year;

-- name: same_number
-- The paper that has, or had, a number: in the same series, or with the same symbol.
SELECT id FROM registration
WHERE agency = :agency AND year = :year AND number = :number AND (series = :kind OR symbol = :symbol);

-- name: register
-- Give a paper its number.
INSERT INTO registration (
    agency, series, year, number, symbol, day, campaign, document, columns, content, sha256, own, person, recorded_at
) VALUES (
    :agency, :kind, :year, :number, :symbol, :day, :campaign, :document, :columns, :content, :sha256, :own,
    :person, :recorded_at
)
RETURNING *;

-- name: cancel_registration
-- Take a number out of force; its row stays, so that it is not given again.
UPDATE registration SET cancelled_at = :now, cancelled_by = :person, reason = :reason
WHERE id = :id AND cancelled_at IS NULL
RETURNING *;

-- name: attach
-- Note which file is the signed original of a paper whose number is in force.
INSERT INTO signed_original (registration_id, sha256, file, scanned, person, attached_at)
SELECT id, :sha256, :file, :scanned, :person, :now FROM registration WHERE id = :id AND cancelled_at IS NULL
RETURNING *;

-- name: signed_originals
-- Every signed original that came back, oldest first.
SELECT registration_id, sha256, file, scanned, person, attached_at FROM signed_original ORDER BY id;

-- name: register_events
-- Every event of a number, in order.
SELECT at, state, detail FROM event WHERE occurrence_id IS NULL ORDER BY id;
