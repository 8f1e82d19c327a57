CREATE TABLE ledgers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT,
    checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE heads (
    ledger INTEGER PRIMARY KEY REFERENCES ledgers (id),
    position INTEGER NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE records (
    ledger INTEGER NOT NULL REFERENCES ledgers (id),
    position INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (ledger, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER records_are_not_changed BEFORE UPDATE ON records
BEGIN
    SELECT RAISE(ABORT, 'a record is never changed');
END;
CREATE TRIGGER records_are_not_removed BEFORE DELETE ON records
BEGIN
    SELECT RAISE(ABORT, 'a record is never removed');
END;
CREATE TRIGGER heads_do_not_fall BEFORE UPDATE ON heads WHEN NEW.position <= OLD.position OR NEW.ledger <> OLD.ledger
BEGIN
    SELECT RAISE(ABORT, 'the head of a ledger never falls');
END;
CREATE TRIGGER heads_are_not_removed BEFORE DELETE ON heads
BEGIN
    SELECT RAISE(ABORT, 'the head of a ledger is never removed');
END;
CREATE TRIGGER ledgers_are_named_and_titled_once BEFORE UPDATE ON ledgers
WHEN NEW.id <> OLD.id OR NEW.name <> OLD.name OR OLD.title IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'the name and the title of a ledger are never changed');
END;
CREATE TRIGGER ledgers_are_not_removed BEFORE DELETE ON ledgers
BEGIN
    SELECT RAISE(ABORT, 'a ledger is never removed');
END;
CREATE VIEW entries AS
SELECT
    ledgers.name AS ledger,
    read.position AS position,
    strftime('%Y-%m-%dT%H:%M:%S', read.second, 'unixepoch')
        || printf('.%06dZ', read.recorded_at - read.second * 1000000) AS recorded_at,
    read.recorded_by AS recorded_by,
    read.version AS version,
    json_extract(read.json, '$.id') AS entry,
    json_extract(read.json, '$.by') AS said_by,
    json_extract(read.json, '$.said') AS said_on,
    (SELECT each.key FROM json_each(read.json, '$.what') AS each LIMIT 1) AS concept,
    read.payload AS payload
FROM (
    SELECT
        *,
        recorded_at / 1000000 - (recorded_at % 1000000 < 0) AS second,
        CASE WHEN json_valid(payload) THEN payload END AS json
    FROM records
) AS read
JOIN ledgers ON ledgers.id = read.ledger;
CREATE VIEW overview AS
SELECT
    ledgers.name AS ledger,
    ledgers.title AS title,
    coalesce(heads.position, 0) AS records
FROM ledgers
LEFT JOIN heads ON heads.ledger = ledgers.id;
