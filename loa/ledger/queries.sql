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
-- Every occurrence.
SELECT * FROM entry ORDER BY starts_at, id;

-- name: entry
-- One occurrence.
SELECT * FROM entry WHERE id = :id;

-- name: entries_of_campaign
-- Every occurrence of a campaign.
SELECT * FROM entry WHERE campaign = :campaign ORDER BY starts_at, id;

-- name: entries_of_announcement
-- Every occurrence of an announcement.
SELECT * FROM entry WHERE campaign = :campaign AND announcement = :announcement ORDER BY starts_at, id;

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
SET
    state = 'planned', reason = NULL, next_at = NULL, shifted = 0,
    zone = :zone, starts_at = :starts_at, ends_at = :ends_at
WHERE id = :id AND fence = :fence AND state = :state;

-- name: shift
-- A person gives a waiting occurrence another time; the plan no longer moves it.
UPDATE occurrence SET shifted = 1, next_at = NULL, starts_at = :starts_at, ends_at = :ends_at
WHERE id = :id AND state = 'planned'
RETURNING fence;

-- name: due
-- What waits and whose time has come, earliest first.
SELECT id FROM occurrence
WHERE state = 'planned' AND starts_at <= :now AND (next_at IS NULL OR next_at <= :now) ORDER BY starts_at, id;

-- name: next_due
-- When the next of what waits is due.
SELECT min(max(starts_at, coalesce(next_at, starts_at))) AS at FROM occurrence
WHERE state = 'planned' AND max(starts_at, coalesce(next_at, starts_at)) > :now;

-- name: open_questions
-- What the far side has to be asked about now and nobody is asking, unless it told us to wait: in one of these states.
SELECT id FROM occurrence
WHERE
    state = :state AND (lease_until IS NULL OR lease_until <= :now)
    AND (next_at <= :now OR (next_at IS NULL AND state <> 'published'))
    AND NOT EXISTS (SELECT 1 FROM account AS a WHERE a.channel = occurrence.channel AND a.wait_until > :now)
ORDER BY starts_at, id;

-- name: stale
-- What a process took and did not finish before its lease ended.
SELECT id, fence, state FROM occurrence
WHERE state IN ('claimed', 'sending') AND lease_until <= :now ORDER BY id;

-- name: claim
-- Take a waiting occurrence whose time has come.
UPDATE occurrence SET state = 'claimed', fence = fence + 1, lease_until = :lease_until
WHERE id = :id AND state = 'planned' AND starts_at <= :now AND (next_at IS NULL OR next_at <= :now)
RETURNING fence;

-- name: take
-- Take an occurrence in the state that it is in, to ask the far side about it, unless it is too early or told us to wait.
UPDATE occurrence SET fence = fence + 1, lease_until = :lease_until
WHERE
    id = :id AND state = :state AND (lease_until IS NULL OR lease_until <= :now)
    AND (next_at IS NULL OR next_at <= :now)
    AND NOT EXISTS (SELECT 1 FROM account AS a WHERE a.channel = occurrence.channel AND a.wait_until > :now)
RETURNING fence;

-- name: expire
-- Take an occurrence away from a process whose lease is over; the raised fence stops it should it still live.
UPDATE occurrence SET state = :to, fence = fence + 1, lease_until = NULL
WHERE id = :id AND fence = :fence AND state = :state AND lease_until <= :now
RETURNING fence;

-- name: move
-- Bring an occurrence from one state to the next.
UPDATE occurrence
SET state = :to, reason = :reason, trouble = :trouble, lease_until = :lease_until, next_at = :next_at, looks = :looks
WHERE id = :id AND fence = :fence AND state = :state;

-- name: fence
-- The fence of an occurrence that is still in a state.
SELECT fence FROM occurrence WHERE id = :id AND state = :state;

-- name: decide
-- A person brings an occurrence into another state; the raised fence stops whoever had taken it.
UPDATE occurrence
SET
    state = :to, reason = :reason, fence = fence + 1, lease_until = NULL, next_at = :next_at, looks = 0, note = :note,
    trouble = coalesce(:trouble, trouble)
WHERE id = :id AND fence = :fence AND state = :state
RETURNING fence;

-- name: steps
-- How far a publication of several steps has come.
SELECT steps FROM occurrence WHERE id = :id;

-- name: save_steps
-- Write down how far a publication of several steps has come; who comes on keeps its lease.
UPDATE occurrence SET steps = :steps, lease_until = :lease_until WHERE id = :id AND fence = :fence AND state = :state;

-- name: mark_seen
-- Write down whether the public still sees a post.
UPDATE occurrence
SET verified_at = coalesce(:verified_at, verified_at), gone_at = :gone_at, next_at = :next_at, lease_until = NULL
WHERE id = :id AND fence = :fence AND state = 'published';

-- name: renew
-- Go on with an occurrence, if nobody has taken it over.
UPDATE occurrence SET lease_until = :lease_until WHERE id = :id AND fence = :fence AND state = :state;

-- name: forget_steps
-- What tries have reached does not count any more: a person has seen that nothing is out there.
UPDATE occurrence SET steps = '{}' WHERE id = :id;

-- name: recall
-- Somebody withdraws what is or may be out there: whoever works on it goes on, and then it is taken down.
UPDATE occurrence
SET recalled = :why, recalled_by = :by, next_at = CASE WHEN state = 'published' THEN NULL ELSE next_at END
WHERE id = :id AND state IN ('sending', 'processing', 'unknown', 'needs_person', 'published')
RETURNING state, fence;

-- name: is_recalled
-- Whether somebody has withdrawn an occurrence.
SELECT 1 FROM occurrence WHERE id = :id AND recalled_by <> '';

-- name: recalled
-- What was withdrawn while nobody knew, and turned out to be there.
SELECT id FROM occurrence
WHERE
    recalled_by <> '' AND state IN ('published', 'handed') AND trouble = '[]'
    AND (lease_until IS NULL OR lease_until <= :now) AND (next_at IS NULL OR next_at <= :now)
ORDER BY starts_at, id;

-- name: later_due
-- Later occurrences of the same announcement on the same channel whose time has come too.
SELECT o.id FROM occurrence AS o JOIN occurrence AS own ON own.id = :id
WHERE
    o.campaign = own.campaign AND o.announcement = own.announcement AND o.channel = own.channel
    AND o.starts_at > own.starts_at AND o.starts_at <= :now
    AND o.state IN (
        'planned', 'claimed', 'sending', 'processing', 'unknown', 'needs_person', 'handed', 'published'
    );

-- name: others
-- Posts of other occurrences through the same channel, by the channel's own names.
SELECT a.remote_id FROM attempt AS a JOIN occurrence AS o ON o.id = a.occurrence_id
WHERE
    o.channel = (SELECT channel FROM occurrence WHERE id = :id) AND o.id <> :id
    AND a.remote_id <> '' AND a.outcome IN ('published', 'withdrawn') AND a.started_at >= :since;

-- name: sending_elsewhere
-- An occurrence that somebody is sending through the same channel right now.
SELECT id FROM occurrence
WHERE channel = :channel AND state = 'sending' AND lease_until > :now AND id <> :id LIMIT 1;

-- name: begin_attempt
-- Write down what is about to be sent.
INSERT INTO attempt (occurrence_id, fence, marker, payload_sha256, content_sha256, title, text, page, started_at)
VALUES (:id, :fence, :marker, :payload_sha256, :content_sha256, :title, :text, :page, :now);

-- name: ask_attempt
-- Write down that the try which may be out there was told to go ahead.
UPDATE attempt SET asked_at = :now WHERE occurrence_id = :id AND outcome IN ('open', 'unknown', 'processing');

-- name: end_attempt
-- Write down what became of the try that may be out there.
UPDATE attempt
SET outcome = :outcome, ended_at = :now, remote_id = :remote_id, link = :link, media = :media,
    published_at = :published_at, adopted = :adopted
WHERE occurrence_id = :id AND outcome IN ('open', 'unknown', 'processing', 'handed');

-- name: close_attempt
-- Write down what a person made of the try that counted.
UPDATE attempt SET outcome = :outcome, ended_at = :now
WHERE occurrence_id = :id AND outcome IN ('open', 'unknown', 'processing', 'handed', 'published');

-- name: correct_attempt
-- Write down the content that stands there now, or is to, and where its files are.
UPDATE attempt SET content_sha256 = :content_sha256, media = coalesce(:media, media)
WHERE occurrence_id = :id AND outcome IN ('published', 'handed');

-- name: confirm_attempt
-- Write down that a person has seen the post out there.
UPDATE attempt SET outcome = 'published', ended_at = :now, link = :link, published_at = :now
WHERE occurrence_id = :id AND outcome IN ('open', 'unknown', 'processing', 'handed');

-- name: add_confirmed_attempt
-- What no try of ours can have put there, a person has: the row that says where it stands.
INSERT INTO attempt (
    occurrence_id, fence, marker, payload_sha256, started_at, ended_at, outcome, link, published_at
)
SELECT id, fence, code, '', :now, :now, 'published', :link, :now FROM occurrence
WHERE id = :id AND NOT EXISTS (SELECT 1 FROM attempt WHERE occurrence_id = :id AND outcome = 'published');

-- name: sought
-- What the tries that may be out there have sent; since when.
SELECT
    a.marker, a.title, a.text, a.page, o.steps, coalesce(a.asked_at, a.started_at) AS last,
    (SELECT min(started_at) FROM attempt WHERE occurrence_id = :id) AS since
FROM attempt AS a JOIN occurrence AS o ON o.id = a.occurrence_id
WHERE a.id = (SELECT max(id) FROM attempt WHERE occurrence_id = :id);

-- name: newest_instant
-- The latest time that the ledger knows of since a person confirmed the clock; in a rehearsal time goes where it likes.
SELECT at FROM event
WHERE
    (SELECT rehearsal FROM meta) = 0
    AND +id >= coalesce((SELECT max(id) FROM event WHERE what = 'clock set'), 0)  -- plus: by time, not by id
ORDER BY at DESC LIMIT 1;

-- name: cut_occurrences
-- What a clock that ran ahead has touched, or would hold back for longer than anything waits, waits no longer.
UPDATE occurrence SET lease_until = min(lease_until, :now), next_at = min(next_at, :now)
WHERE
    (lease_until > :now OR next_at > :now)
    AND (
        max(coalesce(lease_until, ''), coalesce(next_at, '')) > :horizon
        OR EXISTS (SELECT 1 FROM event AS e WHERE e.occurrence_id = occurrence.id AND e.at > :now)
    );

-- name: cut_attempts
-- Tries that a clock which ran ahead has dated began after the last event whose time has come, and were sent by now.
UPDATE attempt
SET
    started_at = min(
        started_at, coalesce((SELECT e.at FROM event AS e WHERE e.at <= :now ORDER BY e.at DESC LIMIT 1), :now)
    ),
    asked_at = min(asked_at, :now)
WHERE (started_at > :now OR asked_at > :now) AND outcome IN ('open', 'unknown', 'processing');

-- name: cut_accounts
-- No account waits longer than any service asks for, and one that was asked how it is in the future is asked again.
UPDATE account
SET
    wait_until = CASE WHEN wait_until > :horizon THEN :now ELSE wait_until END,
    probed_at = CASE WHEN probed_at > :now THEN NULL ELSE probed_at END;

-- name: last_event
-- The newest event's hash.
SELECT hash FROM event ORDER BY id DESC LIMIT 1;

-- name: changes
-- How often each occurrence of a campaign has changed.
SELECT e.occurrence_id AS id, count(*) - 1 AS changes FROM event AS e
JOIN occurrence AS o ON o.id = e.occurrence_id
WHERE o.campaign = :campaign GROUP BY e.occurrence_id;

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
SELECT at, state, detail FROM event
WHERE occurrence_id IS NULL AND state IN ('numbered', 'cancelled', 'signed') ORDER BY id;

-- name: approvals
-- Every approval, oldest first; of one campaign where given.
SELECT * FROM approval WHERE :campaign IS NULL OR campaign = :campaign ORDER BY id;

-- name: submitted
-- What a person has handed in where an editor still has to let it through.
SELECT o.id FROM occurrence AS o
JOIN event AS e ON e.id = (SELECT max(id) FROM event WHERE occurrence_id = o.id AND what IN ('handed', 'submitted'))
WHERE o.state = 'handed' AND e.what = 'submitted';

-- name: confirmed
-- What a person has confirmed as posted.
SELECT DISTINCT occurrence_id AS id FROM event WHERE what = 'published' AND json_extract(detail, '$.by') IS NOT NULL;

-- name: approval_in_force
-- The approval that counts for one announcement on one channel.
SELECT content_sha256 FROM approval
WHERE campaign = :campaign AND announcement = :announcement AND channel = :channel AND void_at IS NULL
ORDER BY id DESC LIMIT 1;

-- name: approve
-- Write down an approval.
INSERT INTO approval (
    campaign, announcement, channel, content_sha256, content, person, basis, basis_day, scan_sha256, recorded_by,
    approved_at
) VALUES (
    :campaign, :announcement, :channel, :content_sha256, :content, :person, :basis, :basis_day, :scan_sha256,
    :recorded_by, :now
);

-- name: void_approvals
-- Earlier approvals of an announcement no longer count, on a channel or, where none is named, on any.
UPDATE approval SET void_at = :now
WHERE
    campaign = :campaign AND announcement = :announcement AND (:channel IS NULL OR channel = :channel)
    AND void_at IS NULL;

-- name: wake_approved
-- What waited for this approval need not wait any longer, nor say so.
UPDATE occurrence SET next_at = NULL, trouble = '[]'
WHERE
    campaign = :campaign AND announcement = :announcement AND channel = :channel AND state = 'planned'
    AND EXISTS (SELECT 1 FROM json_each(trouble) AS t WHERE json_extract(t.value, '$.key') = 'delivery.unapproved');

-- name: pauses
-- What is stopped now.
SELECT scope, name, reason, person, paused_at FROM pause WHERE resumed_at IS NULL ORDER BY id;

-- name: pause
-- Stop; a second stop of the same keeps the first.
INSERT INTO pause (scope, name, reason, person, paused_at) VALUES (:scope, :name, :reason, :person, :now)
ON CONFLICT DO NOTHING;

-- name: resume
-- Let go on.
UPDATE pause SET resumed_at = :now, resumed_by = :person
WHERE scope = :scope AND name = :name AND resumed_at IS NULL;

-- name: paused
-- The stop, if any, that holds for an occurrence.
SELECT scope, name, reason, person, paused_at FROM pause
WHERE
    resumed_at IS NULL
    AND (scope = 'all' OR (scope = 'channel' AND name = :channel) OR (scope = 'campaign' AND name = :campaign))
ORDER BY id LIMIT 1;

-- name: accounts
-- How the accounts are; one where named.
SELECT * FROM account WHERE :channel IS NULL OR channel = :channel ORDER BY channel;

-- name: close_account
-- Nothing goes through this account until a person has mended it; what nobody but a person can open stays so.
INSERT INTO account (channel, closed_at, closed_for, reopens) VALUES (:channel, :now, :closed_for, :reopens)
ON CONFLICT (channel) DO UPDATE
SET closed_at = coalesce(closed_at, :now), closed_for = :closed_for, reopens = min(reopens, :reopens);

-- name: open_account
-- A person says that the account may be used again.
UPDATE account SET closed_at = NULL, closed_for = '[]', reopens = 1, wait_until = NULL WHERE channel = :channel;

-- name: reopen_account
-- The service says that the account is well again.
UPDATE account SET closed_at = NULL, closed_for = '[]' WHERE channel = :channel AND reopens = 1;

-- name: wake_channel
-- What waited for its next try on a channel is due at once.
UPDATE occurrence SET next_at = NULL WHERE channel = :channel AND state = 'planned' AND next_at IS NOT NULL;

-- name: limit_account
-- Nothing goes through this account before an instant; a later one that was told before stays.
INSERT INTO account (channel, wait_until) VALUES (:channel, :until)
ON CONFLICT (channel) DO UPDATE SET wait_until = max(coalesce(wait_until, ''), :until);

-- name: probe_account
-- What the service told of the account.
INSERT INTO account (channel, probed_at, name, expires_at) VALUES (:channel, :now, :name, :expires_at)
ON CONFLICT (channel) DO UPDATE SET probed_at = :now, name = :name, expires_at = :expires_at;

-- name: note
-- Something a person has to be told, once.
INSERT INTO notice (key, subject, body, noted_at) VALUES (:key, :subject, :body, :now) ON CONFLICT DO NOTHING;

-- name: untold
-- What still has to be told.
SELECT id, key, subject, body FROM notice WHERE told_at IS NULL ORDER BY id;

-- name: told
-- It was told.
UPDATE notice SET told_at = :now WHERE id = :id AND told_at IS NULL;

-- name: begin_pass
-- The posting job begins a pass.
INSERT INTO job (id, began_at) VALUES (1, :now) ON CONFLICT (id) DO UPDATE SET began_at = :now;

-- name: end_pass
-- The posting job has ended a pass.
UPDATE job SET ended_at = :now, worked_at = CASE WHEN :worked THEN :now ELSE worked_at END WHERE id = 1;

-- name: job
-- The last pass.
SELECT began_at, ended_at, worked_at FROM job;
