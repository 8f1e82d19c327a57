CREATE SCHEMA handover;
CREATE TABLE handover.migrations (
    version integer PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE handover.ledgers (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE
);
CREATE TABLE handover.titles (
    ledger integer PRIMARY KEY REFERENCES handover.ledgers (id),
    title text NOT NULL
);
CREATE TABLE handover.records (
    position bigint NOT NULL CHECK (position >= 1),
    recorded_at bigint NOT NULL,
    ledger integer NOT NULL,
    version integer NOT NULL CHECK (version BETWEEN 0 AND 65535),
    recorded_by text COLLATE "C" NOT NULL,
    payload text COLLATE "C" NOT NULL,
    PRIMARY KEY (ledger, position)
);
CREATE FUNCTION handover.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was recorded in % is never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER is_never_changed BEFORE UPDATE OR DELETE ON handover.records
    FOR EACH ROW EXECUTE FUNCTION handover.refuse();
CREATE TRIGGER is_never_emptied BEFORE TRUNCATE ON handover.records
    FOR EACH STATEMENT EXECUTE FUNCTION handover.refuse();
CREATE TRIGGER is_never_changed BEFORE UPDATE OR DELETE ON handover.ledgers
    FOR EACH ROW EXECUTE FUNCTION handover.refuse();
CREATE TRIGGER is_never_emptied BEFORE TRUNCATE ON handover.ledgers
    FOR EACH STATEMENT EXECUTE FUNCTION handover.refuse();
CREATE TRIGGER is_never_changed BEFORE UPDATE OR DELETE ON handover.titles
    FOR EACH ROW EXECUTE FUNCTION handover.refuse();
CREATE TRIGGER is_never_emptied BEFORE TRUNCATE ON handover.titles
    FOR EACH STATEMENT EXECUTE FUNCTION handover.refuse();
CREATE FUNCTION handover.readable(payload text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL RESTRICTED AS $$
BEGIN
    RETURN payload::jsonb;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;
CREATE VIEW handover.entries AS
SELECT
    read.name AS ledger,
    read.position AS position,
    CASE WHEN read.recorded_at >= -210866803200000000 THEN
        timestamptz 'epoch'
            + (read.recorded_at / 1000000) * interval '1 second'
            + (read.recorded_at % 1000000) * interval '1 microsecond'
    END AS recorded_at,
    read.recorded_by AS recorded_by,
    read.version AS version,
    read.body ->> 'id' AS entry,
    read.body ->> 'by' AS said_by,
    read.body ->> 'said' AS said_on,
    CASE WHEN jsonb_typeof(read.body -> 'what') = 'object' THEN
        (SELECT names.name FROM jsonb_object_keys(read.body -> 'what') AS names (name) LIMIT 1)
    END AS concept,
    read.payload AS payload,
    read.body AS body
FROM (
    SELECT ledgers.name, records.*, handover.readable(records.payload) AS body
    FROM handover.records
    JOIN handover.ledgers ON ledgers.id = records.ledger
) AS read;
CREATE VIEW handover.overview AS
SELECT
    ledgers.name AS ledger,
    titles.title AS title,
    coalesce((SELECT max(records.position) FROM handover.records WHERE records.ledger = ledgers.id), 0) AS records
FROM handover.ledgers
LEFT JOIN handover.titles ON titles.ledger = ledgers.id;
