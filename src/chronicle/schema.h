// The tables of a store, as docs/store.md prints and explains them (a test holds the two together).
//
// A store is made by all steps in order; an older one gets those that it lacks. A step that was
// published never changes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iterator>

namespace dateline::chronicle {

inline constexpr int kApplicationId = 0x444C4E45;  // "DLNE"

/// The step to version 1.
inline constexpr char kReports[] = R"sql(
CREATE TABLE reports (
  key INTEGER PRIMARY KEY,       -- 17 is the report "r17"
  content TEXT NOT NULL UNIQUE,  -- sha256 of bytes, given date and given title
  reading TEXT NOT NULL,         -- sha256 of what read it and as what
  id TEXT NOT NULL,              -- as given, or sha256 of the bytes; two reports may share one
  uri TEXT, publisher TEXT, outlet TEXT NOT NULL, media_type TEXT, retrieved TEXT,
  title TEXT, language TEXT,
  published TEXT, published_from TEXT, modified TEXT,
  engine TEXT, pipeline TEXT, knowledge TEXT,
  text TEXT NOT NULL,            -- spans count its code points
  record BLOB NOT NULL           -- the whole record as JSON, zlib-compressed
);
CREATE INDEX reports_by_id ON reports (id);
CREATE INDEX reports_by_uri ON reports (uri);

CREATE TABLE found (             -- where a report's content was found; more than once for a copy
  report INTEGER NOT NULL REFERENCES reports,
  n INTEGER NOT NULL, id TEXT NOT NULL, uri TEXT NOT NULL,
  PRIMARY KEY (report, n)
) WITHOUT ROWID;
CREATE INDEX found_by_id ON found (id);
CREATE INDEX found_by_uri ON found (uri);

CREATE TABLE rejected (          -- reports that could not be read
  uri TEXT NOT NULL, line INTEGER NOT NULL, content TEXT NOT NULL,
  id TEXT NOT NULL, code INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (uri, line, content)
) WITHOUT ROWID;
CREATE INDEX rejected_by_content ON rejected (content);

CREATE TABLE entities (
  report INTEGER NOT NULL REFERENCES reports, id TEXT NOT NULL,
  kind TEXT, name TEXT, country TEXT, sector TEXT, actor_from TEXT,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE TABLE aliases (
  report INTEGER NOT NULL REFERENCES reports, entity TEXT NOT NULL, n INTEGER NOT NULL,
  name TEXT NOT NULL, span_begin INTEGER, span_end INTEGER,
  PRIMARY KEY (report, entity, n)
) WITHOUT ROWID;

CREATE TABLE mentions (
  report INTEGER NOT NULL REFERENCES reports, entity TEXT NOT NULL, n INTEGER NOT NULL,
  form TEXT, span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY (report, entity, n)
) WITHOUT ROWID;

CREATE TABLE times (
  report INTEGER NOT NULL REFERENCES reports, id TEXT NOT NULL,
  span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL, words TEXT NOT NULL,
  type TEXT, value TEXT, mod TEXT, day_begin TEXT, day_end TEXT, value_from TEXT,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE TABLE places (
  report INTEGER NOT NULL REFERENCES reports, id TEXT NOT NULL,
  span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL, words TEXT NOT NULL,
  entity TEXT, name TEXT, geonameid INTEGER, lat REAL, lon REAL,
  country TEXT, admin1 TEXT, feature TEXT, precision TEXT, confidence REAL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE TABLE quantities (
  report INTEGER NOT NULL REFERENCES reports, id TEXT NOT NULL,
  span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL, words TEXT NOT NULL,
  value REAL, min REAL, max REAL, qualifier TEXT, unit TEXT, counts TEXT,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE TABLE attributions (      -- who says what
  report INTEGER NOT NULL REFERENCES reports, id TEXT NOT NULL,
  source_entity TEXT, source_words TEXT, cue_lemma TEXT, cue_words TEXT, content_words TEXT,
  form TEXT, stance TEXT, inside TEXT,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE TABLE attribution_spans (
  report INTEGER NOT NULL REFERENCES reports, attribution TEXT NOT NULL,
  part TEXT NOT NULL,            -- source | cue | content
  n INTEGER NOT NULL, span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL,
  PRIMARY KEY (report, attribution, part, n)
) WITHOUT ROWID;

CREATE TABLE events (
  report INTEGER NOT NULL REFERENCES reports, id TEXT NOT NULL,
  incident TEXT, type TEXT, mode TEXT,
  trigger_begin INTEGER NOT NULL, trigger_end INTEGER NOT NULL, trigger_words TEXT NOT NULL,
  sentence_begin INTEGER NOT NULL, sentence_end INTEGER NOT NULL, sentence TEXT NOT NULL,
  day_begin TEXT, day_end TEXT, time TEXT,  -- own date; NULL where the report gives none
  place TEXT, polarity TEXT, status TEXT, confidence REAL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX events_by_day ON events (day_begin);
CREATE INDEX events_by_type ON events (type);

CREATE TABLE event_contexts (
  report INTEGER NOT NULL REFERENCES reports, event TEXT NOT NULL, n INTEGER NOT NULL,
  context TEXT NOT NULL,
  PRIMARY KEY (report, event, n)
) WITHOUT ROWID;

CREATE TABLE participants (
  report INTEGER NOT NULL REFERENCES reports, event TEXT NOT NULL,
  role TEXT NOT NULL,            -- actor | recipient
  n INTEGER NOT NULL, entity TEXT,
  span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY (report, event, role, n)
) WITHOUT ROWID;

CREATE TABLE event_quantities (
  report INTEGER NOT NULL REFERENCES reports, event TEXT NOT NULL, n INTEGER NOT NULL,
  quantity TEXT NOT NULL,
  PRIMARY KEY (report, event, n)
) WITHOUT ROWID;

CREATE TABLE according_to (      -- an event without a row here is told by the report itself
  report INTEGER NOT NULL REFERENCES reports, event TEXT NOT NULL, n INTEGER NOT NULL,
  attribution TEXT NOT NULL,
  PRIMARY KEY (report, event, n)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE report_words USING fts5 (
  title, text, content = 'reports', content_rowid = 'key',
  tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER reports_added AFTER INSERT ON reports BEGIN
  INSERT INTO report_words (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER reports_removed AFTER DELETE ON reports BEGIN
  INSERT INTO report_words (report_words, rowid, title, text)
    VALUES ('delete', old.key, old.title, old.text);
END;
CREATE TRIGGER reports_changed AFTER UPDATE ON reports BEGIN
  INSERT INTO report_words (report_words, rowid, title, text)
    VALUES ('delete', old.key, old.title, old.text);
  INSERT INTO report_words (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
)sql";

/// The step to version 2.
inline constexpr int kPagesSince = 2;
inline constexpr char kPages[] = R"sql(
CREATE TABLE pages (             -- web pages as they were given; a report of text has no row
  report INTEGER PRIMARY KEY REFERENCES reports,
  bytes BLOB NOT NULL            -- zlib-compressed
);
)sql";

/// The step to version 3.
inline constexpr char kRejectedReadings[] = R"sql(
ALTER TABLE rejected ADD COLUMN reading TEXT;  -- sha256 of what rejected it
)sql";

/// The step to version 4.
inline constexpr int kWarningsSince = 4;
inline constexpr char kWarnings[] = R"sql(
ALTER TABLE reports ADD COLUMN file TEXT;      -- where it lay
ALTER TABLE reports ADD COLUMN licence TEXT;   -- as it was given
ALTER TABLE events ADD COLUMN day_from TEXT;   -- text | context | published: see docs/record.md

CREATE TABLE warnings (          -- what reading a report had to say beside the report
  report INTEGER NOT NULL REFERENCES reports,
  n INTEGER NOT NULL, warning TEXT NOT NULL,
  PRIMARY KEY (report, n)
) WITHOUT ROWID;

CREATE TABLE passed_over (       -- files of directories that were not read
  file TEXT PRIMARY KEY,
  reason TEXT NOT NULL
) WITHOUT ROWID;
)sql";

/// The step to version 5.
inline constexpr int kHappeningsSince = 5;
inline constexpr char kHappenings[] = R"sql(
ALTER TABLE events ADD COLUMN main INTEGER;    -- 1: what its report is about; 0: background

CREATE TABLE profiles (          -- what reports are compared by
  report INTEGER PRIMARY KEY REFERENCES reports,
  matcher TEXT,                  -- sha256 of what compared it; NULL: not compared yet
  pending INTEGER NOT NULL,      -- 1: its incidents are to be grouped anew
  bytes BLOB NOT NULL            -- its words and tellings, in a form of Dateline's own
);
CREATE INDEX profiles_by_matcher ON profiles (matcher);
CREATE INDEX profiles_pending ON profiles (pending) WHERE pending = 1;

CREATE TABLE report_words_of_months ( -- rare words of a report, each with months it tells of
  word INTEGER NOT NULL, month INTEGER NOT NULL,  -- hash of six letters; months since the year 0
  report INTEGER NOT NULL REFERENCES reports,
  PRIMARY KEY (word, month, report)
) WITHOUT ROWID;

CREATE TABLE copies (            -- reports one of which was made from the other's text; both ways
  report INTEGER NOT NULL REFERENCES reports, other INTEGER NOT NULL REFERENCES reports,
  share REAL NOT NULL,           -- of the shorter one's runs of five words, 0 to 1
  PRIMARY KEY (report, other)
) WITHOUT ROWID;

CREATE TABLE likenesses (        -- incidents of two reports that may be one happening; both ways
  report INTEGER NOT NULL REFERENCES reports, incident TEXT NOT NULL,
  other INTEGER NOT NULL REFERENCES reports, other_incident TEXT NOT NULL,
  chance REAL NOT NULL,
  PRIMARY KEY (report, incident, other, other_incident)
) WITHOUT ROWID;

CREATE TABLE happenings (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,       -- "h3f9c51d20b7e": named by its earliest telling
  type TEXT, day_begin TEXT, day_end TEXT,  -- what most of its tellings say
  published TEXT,                -- of its earliest telling
  main INTEGER NOT NULL,         -- 1 where it is what some report is about
  reports INTEGER NOT NULL,      -- that tell it; 0: this row is to be brought up to date
  sources INTEGER NOT NULL,      -- of these, how many are independent of each other
  disputed TEXT                  -- what its sources tell differently: "dead place"
);
CREATE INDEX happenings_by_day ON happenings (coalesce(day_begin, day_end, published), key);

CREATE TABLE tellings (          -- which happening an incident of a report is
  report INTEGER NOT NULL REFERENCES reports, incident TEXT NOT NULL,
  happening INTEGER NOT NULL REFERENCES happenings,
  id TEXT NOT NULL,              -- what a happening is called of which this is the earliest telling
  trigger_begin INTEGER NOT NULL,
  PRIMARY KEY (report, incident)
) WITHOUT ROWID;
CREATE INDEX tellings_by_happening ON tellings (happening);
CREATE INDEX tellings_by_id ON tellings (id);
CREATE INDEX happenings_stale ON happenings (key) WHERE reports = 0;
)sql";

/// The step to version 6.
inline constexpr int kActorsSince = 6;
inline constexpr char kActors[] = R"sql(
CREATE TABLE roles (             -- what a report says that somebody is: "interior minister"
  report INTEGER NOT NULL REFERENCES reports, entity TEXT NOT NULL, n INTEGER NOT NULL,
  role TEXT NOT NULL, of TEXT,   -- of: the entity whose minister it is
  span_begin INTEGER, span_end INTEGER,
  PRIMARY KEY (report, entity, n)
) WITHOUT ROWID;

CREATE TABLE joined (            -- reports whose entities are among the actors
  report INTEGER PRIMARY KEY REFERENCES reports,
  names TEXT                     -- sha256 of the tables they were joined by; NULL: not joined yet
);
CREATE INDEX joined_by_names ON joined (names);

CREATE TABLE actors (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,       -- "a3f9c51d20b7e": named by its earliest entity
  name TEXT,                     -- the one that most of its reports use
  kind TEXT, country TEXT, sector TEXT,  -- what most of its reports say
  first_seen TEXT, last_seen TEXT,       -- days of publication
  reports INTEGER NOT NULL       -- that name it; 0: this row is to be brought up to date
);
CREATE INDEX actors_by_reports ON actors (reports DESC, id);

CREATE TABLE personas (          -- what entities have in common that nothing tells apart
  key INTEGER PRIMARY KEY,
  signature TEXT NOT NULL UNIQUE,
  person INTEGER NOT NULL, fixed INTEGER NOT NULL,  -- fixed: known by a table; joined with nothing
  name_key TEXT NOT NULL, country TEXT, sector TEXT,
  actor INTEGER NOT NULL REFERENCES actors,
  pending INTEGER NOT NULL,      -- 1: to be grouped anew; 2: and its first report is gone
  reports INTEGER NOT NULL, first_seen TEXT, last_seen TEXT,
  id TEXT NOT NULL, published TEXT, content TEXT NOT NULL  -- its earliest entity
);
CREATE INDEX personas_by_actor ON personas (actor);
CREATE INDEX personas_pending ON personas (pending) WHERE pending > 0;

CREATE TABLE persona_members (
  report INTEGER NOT NULL REFERENCES reports, entity TEXT NOT NULL,
  persona INTEGER NOT NULL REFERENCES personas,
  id TEXT NOT NULL,              -- what an actor is called of which this is the earliest entity
  says TEXT NOT NULL,            -- what it adds to persona_facts, in a form of Dateline's own
  PRIMARY KEY (report, entity)
) WITHOUT ROWID;
CREATE INDEX members_of_persona ON persona_members (persona, report);
CREATE INDEX persona_members_by_id ON persona_members (id);

CREATE TABLE persona_facts (     -- what reports say of a persona, counted
  persona INTEGER NOT NULL REFERENCES personas,
  what TEXT NOT NULL, value TEXT NOT NULL, outlet TEXT NOT NULL,
  reports INTEGER NOT NULL,
  PRIMARY KEY (persona, what, value, outlet)
) WITHOUT ROWID;
CREATE INDEX personas_by_name ON persona_facts (value, persona)
  WHERE what IN ('key', 'other key');

CREATE VIEW actor_members AS     -- which actor an entity of a report is
  SELECT m.report, m.entity, p.actor FROM persona_members m JOIN personas p ON p.key = m.persona;
CREATE VIEW actor_names AS       -- by which names an actor is found: in lower case, without accents
  SELECT f.value AS name_key, p.actor FROM persona_facts f JOIN personas p ON p.key = f.persona
  WHERE f.what IN ('key', 'other key');
)sql";

/// The step to version 7: what the timeline is filtered by.
inline constexpr char kFacts[] = R"sql(
CREATE TABLE event_facts (       -- what events are found by
  place INTEGER PRIMARY KEY,     -- in the timeline: its day since the year 0 times 2^40, and a number
  report INTEGER NOT NULL REFERENCES reports, event TEXT NOT NULL,
  words TEXT NOT NULL            -- "aarmy bfront ngba tassault": a letter says what a word tells
);
CREATE TABLE fact_words (        -- each name, and mode, that events were found by
  word TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE INDEX event_facts_by_report ON event_facts (report, event);
CREATE VIRTUAL TABLE event_index USING fts5 (
  words, content = 'event_facts', content_rowid = 'place',
  detail = none, columnsize = 0, tokenize = "ascii tokenchars '-'"
);
CREATE TRIGGER event_facts_added AFTER INSERT ON event_facts BEGIN
  INSERT INTO event_index (rowid, words) VALUES (new.place, new.words);
END;
CREATE TRIGGER event_facts_removed AFTER DELETE ON event_facts BEGIN
  INSERT INTO event_index (event_index, rowid, words) VALUES ('delete', old.place, old.words);
END;

CREATE TABLE happening_facts (   -- what happenings are found by: what one of their events is
  place INTEGER PRIMARY KEY,     -- as of an event
  happening INTEGER NOT NULL UNIQUE REFERENCES happenings ON DELETE CASCADE,
  words TEXT NOT NULL
);
CREATE VIRTUAL TABLE happening_index USING fts5 (
  words, content = 'happening_facts', content_rowid = 'place',
  detail = none, columnsize = 0, tokenize = "ascii tokenchars '-'"
);
CREATE TRIGGER happening_facts_added AFTER INSERT ON happening_facts BEGIN
  INSERT INTO happening_index (rowid, words) VALUES (new.place, new.words);
END;
CREATE TRIGGER happening_facts_removed AFTER DELETE ON happening_facts BEGIN
  INSERT INTO happening_index (happening_index, rowid, words)
    VALUES ('delete', old.place, old.words);
END;
)sql";

/// The step to version 8: what became of happenings.
inline constexpr char kChanges[] = R"sql(
CREATE TABLE store (             -- which store this is: a cursor of another means nothing here
  id TEXT NOT NULL
);
INSERT INTO store VALUES (lower(hex(randomblob(4))));

CREATE TABLE changes (           -- the last change of each happening
  seq INTEGER PRIMARY KEY,       -- in the order of the changes
  id TEXT NOT NULL UNIQUE,       -- of the happening
  added INTEGER NOT NULL,        -- the seq with which it came
  digest TEXT,                   -- of all that it says; NULL: it has gone
  merged_into TEXT               -- the id of the happening that its accounts went to
);
CREATE TRIGGER happenings_gone AFTER DELETE ON happenings BEGIN
  UPDATE changes SET seq = (SELECT max(seq) + 1 FROM changes), digest = NULL,
    merged_into = (SELECT h.id FROM tellings t JOIN happenings h ON h.key = t.happening
                   WHERE t.id = old.id)
    WHERE id = old.id AND digest IS NOT NULL;
END;
)sql";

/// The step to version 9: what people say of what was read.
inline constexpr char kCorrections[] = R"sql(
CREATE TABLE corrections (       -- what people said of what was read; rows are only ever added
  n INTEGER PRIMARY KEY,         -- the later one wins
  at TEXT NOT NULL,              -- UTC, to the second
  who TEXT NOT NULL, why TEXT,
  act TEXT NOT NULL,             -- change | confirm | reject | merge | split | add | undo
  undoes INTEGER REFERENCES corrections
);
CREATE UNIQUE INDEX corrections_undone ON corrections (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE corrected_values (  -- what was given, and what stood there before
  correction INTEGER NOT NULL REFERENCES corrections, n INTEGER NOT NULL,
  field TEXT NOT NULL, value TEXT NOT NULL, was TEXT,
  PRIMARY KEY (correction, n)
) WITHOUT ROWID;

CREATE TABLE corrected_words (   -- what a correction rests on, as it stood when it was made
  correction INTEGER NOT NULL REFERENCES corrections, n INTEGER NOT NULL,
  part TEXT NOT NULL,            -- event: they tell of it | value: its values were read from them
  content TEXT NOT NULL,         -- of the report, which need not be in
  span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL, words TEXT NOT NULL,
  before TEXT NOT NULL, after TEXT NOT NULL,
  event TEXT, type TEXT,         -- in that reading
  PRIMARY KEY (correction, n)
) WITHOUT ROWID;
CREATE INDEX corrected_words_by_content ON corrected_words (content);

CREATE TABLE corrected (         -- where the words of those that hold stand in what is read now
  correction INTEGER NOT NULL REFERENCES corrections, n INTEGER NOT NULL,
  report INTEGER NOT NULL REFERENCES reports, event TEXT, incident TEXT,
  reason TEXT,                   -- why they lead to nothing
  PRIMARY KEY (correction, n)
) WITHOUT ROWID;
CREATE INDEX corrected_incidents ON corrected (report, incident);

CREATE TRIGGER corrections_stay BEFORE DELETE ON corrections BEGIN
  SELECT RAISE(ABORT, 'a correction is undone by another row, never deleted');
END;
CREATE TRIGGER corrections_are_written_once BEFORE UPDATE ON corrections BEGIN
  SELECT RAISE(ABORT, 'a correction is undone by another row, never changed');
END;
)sql";

inline constexpr char kVersionsOfPages[] = R"sql(
UPDATE happenings SET reports = 0  -- to be brought up to date: versions of a page count as one
  WHERE reports > 1;
)sql";

inline constexpr const char* kSteps[] = {
    kReports, kPages, kRejectedReadings, kWarnings,    kHappenings,
    kActors,  kFacts, kChanges,          kCorrections, kVersionsOfPages};
inline constexpr int kSchemaVersion = std::size(kSteps);

/// The version that has this step.
constexpr int since(const char* step) {
  for (int at = 0; at < kSchemaVersion; ++at) {
    if (kSteps[at] == step) return at + 1;
  }
  return kSchemaVersion + 1;
}
inline constexpr int kFactsSince = since(kFacts);
inline constexpr int kChangesSince = since(kChanges);
inline constexpr int kCorrectionsSince = since(kCorrections);

}  // namespace dateline::chronicle
