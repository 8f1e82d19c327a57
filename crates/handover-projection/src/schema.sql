CREATE TABLE projection (
    format INTEGER NOT NULL, position INTEGER NOT NULL, title TEXT, as_of TEXT, said_by TEXT,
    unit_codes INTEGER NOT NULL, made_at TEXT NOT NULL, made_by TEXT NOT NULL
) STRICT;

CREATE TABLE readings (
    according_to TEXT NOT NULL, terms_of TEXT NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (according_to, terms_of)
) STRICT;

CREATE TABLE parties (party TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT;

CREATE TABLE legs (
    according_to TEXT NOT NULL, terms_of TEXT NOT NULL, as_of TEXT, said_by TEXT, position INTEGER NOT NULL,
    leg TEXT NOT NULL, handover TEXT NOT NULL, agreement TEXT, from_party TEXT NOT NULL, to_party TEXT NOT NULL,
    matter TEXT NOT NULL, category TEXT, unit TEXT NOT NULL, towards TEXT, batches INTEGER NOT NULL,
    earliest TEXT, latest TEXT, dates_label TEXT NOT NULL, counted TEXT NOT NULL,
    passed_least INTEGER, passed_most INTEGER, passed_text TEXT, passed_label TEXT NOT NULL,
    PRIMARY KEY (according_to, terms_of, leg)
) STRICT;

CREATE TABLE obligations (
    according_to TEXT NOT NULL, terms_of TEXT NOT NULL, as_of TEXT, said_by TEXT, position INTEGER NOT NULL,
    obligation TEXT NOT NULL, debtor TEXT NOT NULL, creditor TEXT NOT NULL,
    matter TEXT NOT NULL, category TEXT, unit TEXT NOT NULL,
    basis TEXT NOT NULL, agreement TEXT, duty TEXT, standard TEXT NOT NULL, credits_at TEXT NOT NULL,
    term_label TEXT NOT NULL,
    floor_least INTEGER, floor_most INTEGER, floor_text TEXT,
    ceiling_least INTEGER, ceiling_most INTEGER, ceiling_text TEXT,
    tendered_least INTEGER, tendered_most INTEGER, tendered_text TEXT, tendered_label TEXT NOT NULL,
    passed_least INTEGER, passed_most INTEGER, passed_text TEXT, passed_label TEXT NOT NULL,
    credited_least INTEGER, credited_most INTEGER, credited_text TEXT, credited_label TEXT NOT NULL,
    outstanding_least INTEGER, outstanding_most INTEGER, outstanding_text TEXT,
    surplus_least INTEGER, surplus_most INTEGER, surplus_text TEXT,
    remaining_least INTEGER, remaining_most INTEGER, remaining_text TEXT,
    verdict TEXT NOT NULL, due_earliest TEXT, due_latest TEXT, overdue TEXT NOT NULL,
    PRIMARY KEY (according_to, terms_of, obligation)
) STRICT;

CREATE TABLE obligation_states (
    according_to TEXT NOT NULL, terms_of TEXT NOT NULL, as_of TEXT, said_by TEXT, position INTEGER NOT NULL,
    obligation TEXT NOT NULL, state TEXT NOT NULL, holds TEXT NOT NULL,
    PRIMARY KEY (according_to, terms_of, obligation, state)
) STRICT;

CREATE TABLE claims (
    according_to TEXT NOT NULL, terms_of TEXT NOT NULL, as_of TEXT, said_by TEXT, position INTEGER NOT NULL,
    claim TEXT NOT NULL, speaker TEXT NOT NULL, organ TEXT NOT NULL, party TEXT,
    about_kind TEXT NOT NULL, about TEXT NOT NULL, about_of TEXT, scope TEXT NOT NULL, unit TEXT,
    told_least INTEGER, told_most INTEGER, told_text TEXT, told_label TEXT,
    standing TEXT NOT NULL, believed INTEGER NOT NULL,
    said_earliest TEXT, said_latest TEXT, source TEXT,
    PRIMARY KEY (according_to, terms_of, claim)
) STRICT;

CREATE TABLE units_by_status (
    according_to TEXT NOT NULL, terms_of TEXT NOT NULL, as_of TEXT, said_by TEXT, position INTEGER NOT NULL,
    axis TEXT NOT NULL, status TEXT NOT NULL,
    units_least INTEGER, units_most INTEGER, units_text TEXT, possibly_later INTEGER NOT NULL,
    PRIMARY KEY (according_to, terms_of, axis, status)
) STRICT;
