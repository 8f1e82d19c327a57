CREATE TABLE units (
    according_to TEXT NOT NULL, terms_of TEXT NOT NULL, as_of TEXT, said_by TEXT, position INTEGER NOT NULL,
    unit TEXT NOT NULL, exists_by_then TEXT NOT NULL, human TEXT NOT NULL, progress TEXT NOT NULL,
    comparisons_least INTEGER, comparisons_most INTEGER, comparisons_text TEXT,
    identification TEXT NOT NULL, possibly_later INTEGER NOT NULL,
    affiliation TEXT NOT NULL, affiliation_contested INTEGER NOT NULL, rest TEXT,
    PRIMARY KEY (according_to, terms_of, unit)
) STRICT;
