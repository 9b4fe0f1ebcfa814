"""The tables of the state file."""

from __future__ import annotations

#: Schema version: increase it when a column changes its meaning.
VERSION = 18

# Long rows stand in tables with row numbers: without them, SQLite gives every row over a kilobyte a page of its own.
# An edit asks for the few stories with photos, with an end, and with links to headings; not to look through all.
SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, size INT, modified INT, changed INT, number INT, digest TEXT, at INT)
    WITHOUT ROWID;
CREATE TABLE cases (id TEXT PRIMARY KEY, record TEXT NOT NULL, entry TEXT NOT NULL, links TEXT NOT NULL,
    photos TEXT NOT NULL, until TEXT NOT NULL, line INT NOT NULL);
CREATE INDEX with_photos ON cases (id) WHERE photos != '{}';
CREATE INDEX ending ON cases (id) WHERE until != '';
CREATE INDEX to_headings ON cases (id) WHERE instr(links, '.md#');
CREATE TABLE tables (kind TEXT PRIMARY KEY, records TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE outputs (name TEXT PRIMARY KEY, output TEXT NOT NULL, plan TEXT NOT NULL, source TEXT NOT NULL,
    trace BLOB NOT NULL, digest TEXT NOT NULL, draft TEXT NOT NULL, pages INT NOT NULL,
    size INT, modified INT, changed INT, number INT, at INT);
CREATE TABLE rows (url TEXT PRIMARY KEY, language TEXT NOT NULL, facts TEXT NOT NULL, text BLOB NOT NULL,
    sections BLOB NOT NULL, postings BLOB NOT NULL, digest TEXT NOT NULL);
CREATE TABLE indexes (language TEXT PRIMARY KEY, words BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, note TEXT NOT NULL);
CREATE TABLE listings (output TEXT PRIMARY KEY, trace BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX named ON outputs (source) WHERE source != '';
CREATE TABLE dependencies (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE fragments (key TEXT PRIMARY KEY, text TEXT NOT NULL);
"""
