"""The tables of the desk's inbox: its columns and its words by letter, in pieces of 8,192 rows.

They follow from the projections and the bodies beside them. Triggers keep them so, because whatever
takes a row or its words away must not forget them here: of what was erased nothing stays. Of what
was changed, and when, only the piece is remembered; and of the last thousand decisions that went
the newest one left, for its number is given again.
"""

_GOES = """
    DELETE FROM inbox_piece WHERE piece = old.rowid >> 13;
    DELETE FROM inbox_column WHERE piece = old.rowid >> 13;
    INSERT INTO inbox_stale(piece, version, review)
        SELECT old.rowid >> 13, coalesce(max(version), 0) + 1, NULL FROM inbox_stale
        WHERE true ON CONFLICT(piece) DO UPDATE SET version = excluded.version;
"""
_WORDS_GO = """
    DELETE FROM inbox_word WHERE place >= (old.rowid >> 13) << 32
        AND place < ((old.rowid >> 13) + 1) << 32;
"""
INBOX_SHAPE = f"""
CREATE TABLE inbox_piece(
    piece INTEGER PRIMARY KEY,
    reviews INTEGER NOT NULL
) STRICT;
CREATE TABLE inbox_column(
    piece INTEGER PRIMARY KEY,
    terms TEXT NOT NULL,
    digest INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE TABLE inbox_word(
    place INTEGER PRIMARY KEY,
    rows BLOB NOT NULL
) STRICT;
CREATE TABLE inbox_stale(
    piece INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    review INTEGER
) STRICT;
CREATE INDEX inbox_stale_version ON inbox_stale(version);
CREATE TRIGGER feedback_goes AFTER DELETE ON feedback BEGIN {_GOES} {_WORDS_GO} END;
CREATE TRIGGER feedback_changes AFTER UPDATE ON feedback BEGIN {_GOES} END;
CREATE TRIGGER feedback_words_go AFTER UPDATE OF erased ON feedback BEGIN {_WORDS_GO} END;
CREATE TRIGGER review_goes AFTER DELETE ON review BEGIN
    DELETE FROM inbox_column WHERE piece IN
        (SELECT f.rowid >> 13 FROM feedback f WHERE f.id = old.feedback);
    DELETE FROM inbox_piece WHERE piece IN
        (SELECT f.rowid >> 13 FROM feedback f WHERE f.id = old.feedback);
    UPDATE inbox_piece SET reviews = (SELECT coalesce(max(rowid), 0) FROM review)
        WHERE reviews > (SELECT coalesce(max(rowid), 0) FROM review);
    INSERT INTO inbox_stale(piece, version, review)
        SELECT f.rowid >> 13, (SELECT coalesce(max(version), 0) + 1 FROM inbox_stale), NULL
        FROM feedback f WHERE f.id = old.feedback
        ON CONFLICT(piece) DO UPDATE SET version = excluded.version;
    INSERT INTO inbox_stale(piece, version, review)
        SELECT -coalesce(max(version), 0) - 1, coalesce(max(version), 0) + 1,
            (SELECT coalesce(max(rowid), 0) FROM review) FROM inbox_stale;
    DELETE FROM inbox_stale WHERE piece < 0
        AND piece > 1000 - (SELECT max(version) FROM inbox_stale);
END;
"""
INBOX = ("inbox_piece", "inbox_column", "inbox_word")
"""Tables that hold nothing the projections and the bodies beside them do not; what changed of those
stands in `inbox_stale`."""
