// The record: all that reading one report yields. The vocabulary of the whole house.
//
// A record is a flat value. Every item names the words it was read from by spans into `text`.
// In C++ a span counts UTF-8 bytes; JSON (record_to_json, record_from_json) counts Unicode code
// points, as docs/record.md says. Unknown is an empty optional or an empty string, never a guess.
// Items point at each other by their ids ("e1", "t3"), which are unique within one record.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline {

/// Half-open range of UTF-8 bytes of a record's text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool operator==(const Span&) const = default;
  auto operator<=>(const Span&) const = default;
  std::uint32_t size() const { return end - begin; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  std::string_view of(std::string_view text) const { return text.substr(begin, size()); }
};

/// Where a report came from.
struct Origin {
  std::string uri;      ///< Its address; where none is known, the file.
  std::string file;     ///< The file it lay in, where it did.
  std::string licence;  ///< As it was given.
  std::string publisher;
  std::string media_type;
  std::string charset;    ///< Of a page's bytes, as they were read; windows-1252, say.
  std::string retrieved;  ///< ISO 8601 instant; never taken for the publication date.
};

/// The publication date, the anchor of "on Friday", and how it is known.
struct Published {
  std::string value;  ///< ISO 8601 date or date-time.
  std::string from;   ///< given | mail | feed | json-ld | meta | microdata | script | url | text |
                      ///< created | modified | assumed
  std::optional<double> confidence;
};

/// What read the report; together with the input it decides every byte of the record.
struct ReadBy {
  std::string engine;
  std::string pipeline;
  std::string knowledge;
  std::string components;  ///< sha256 of the trained components; empty where none were needed.
  std::string reading;     ///< exact | fast (Depth); empty where happenings were not read.
  std::string converter;   ///< "pdftotext 22.12.0", which made the text; of a PDF alone.
};

/// Where a stretch of the text stands in the report's bytes as they were given. Where both have one
/// size they are the same byte for byte, but for white space; else one stands for the other as a
/// whole.
struct SourceSpan {
  Span span;
  std::uint64_t begin = 0, end = 0;  ///< Bytes of the report.
};

/// Where a word of the text stands in a PDF: a page, from 1, and a box on it in points, from its
/// upper left corner. A word that is broken over two lines has two.
struct PageSpan {
  Span span;
  std::uint32_t page = 0;
  double left = 0, top = 0, right = 0, bottom = 0;
};

/// When a stretch of the text is shown or heard, in milliseconds from the beginning.
struct TimeSpan {
  Span span;
  std::uint64_t begin = 0, end = 0;
};

/// kind: title | dek | byline | caption | credit | subhead | paragraph | quote | list | table |
/// boilerplate
struct Section {
  std::string kind;
  Span span;
};

/// One token as the language pipeline reads it (spaCy's attributes); only kept when asked for.
struct TokenInfo {
  Span span;
  std::string tag, pos, lemma, dep;
  std::uint32_t head = 0;  ///< Index of the head token; a root is its own head.
};

/// One named span of the pipeline's entity recogniser, as it is; only kept when asked for.
struct NameInfo {
  Span span;
  std::string label;
};

struct Alias {
  std::string name;
  std::optional<Span> span;
};

/// form: name | nominal | pronoun
struct Mention {
  Span span;
  std::string form;
  std::optional<Span> head;
  std::optional<Span> name;  ///< The bare name inside "U.S. President Donald Trump".
};

struct Role {
  std::string role;
  std::string of;  ///< Entity id, or empty.
  Span span;
};

/// Who an entity is in the codes of event data: ISO 3166 alpha-3, or a world actor of PLOVER's
/// where it is at home in no one country, and PLOVER's sector (docs/record.md).
struct ActorCode {
  std::string country;
  std::string sector;
  std::string from;  ///< agents | gazetteer | context
};

/// kind: person | organization | group | place | facility | country | other
struct Entity {
  std::string id;
  std::string kind;
  std::string name;
  std::vector<Alias> aliases;
  std::vector<Mention> mentions;
  std::vector<Role> roles;
  std::optional<ActorCode> actor;
};

/// A time expression (TIMEX3). begin and end are ISO days, both inclusive, where it denotes days.
struct Time {
  std::string id;
  Span span;
  std::string type;         ///< DATE | TIME | DURATION | SET
  std::string value;        ///< TIMEX3 value, or empty.
  std::string granularity;  ///< How fine the value is: day, week, month, quarter, year ...
  std::string mod, quant, freq;
  std::string begin, end;
  /// What a relative value counts from: published | text | the id of a time, or of an event.
  std::string from;
  std::optional<Span> anchor;  ///< The words of what is counted from: "two days after [the raid]".
};

/// precision: point | town | admin2 | admin1 | country | region. Countries are ISO alpha-3.
struct Place {
  std::string id;
  Span span;
  std::string entity;
  std::string name;
  std::optional<std::int64_t> geonameid;
  std::optional<double> lat, lon;
  std::string country, admin1, feature, precision;
  std::optional<double> confidence;
};

/// A number of something. qualifier: exact | at_least | at_most | more_than | less_than | about |
/// range; counts: dead | wounded | sick | missing | displaced | detained | abducted | participants
/// | incidents | ...
struct Quantity {
  std::string id;
  Span span;
  std::optional<double> value, min, max;
  std::string qualifier, unit, counts;
};

/// Who says what: source, cue and content. form: direct | indirect | mixed.
struct Attribution {
  struct Source {
    std::vector<Span> spans;
    std::string entity;
  };
  struct Cue {
    std::vector<Span> spans;
    std::string lemma;
  };
  std::string id;
  Source source;
  Cue cue;
  std::vector<Span> content;
  std::string form;
  std::string stance;  ///< asserts | denies | doubts | asks | ... | does not deny | may promise
  std::string inside;  ///< Id of the attribution this one is nested in, or empty.
  std::optional<double> confidence;
};

/// Somebody or something taking part in an event.
struct Participant {
  std::string entity;  ///< Entity id, or empty.
  Span span;
};

struct EventDate {
  std::string begin, end;  ///< ISO days, both inclusive.
  std::string time;        ///< Id of the time it was read from, or empty.
  /// text: a time of its own sentence | context: one of the sentences around | published: the
  /// happening is the report's news, so the day before its publication or the day itself.
  std::string from;
};

/// One mention of a happening, in PLOVER's types. polarity: affirmed | negated; status: actual |
/// ongoing | planned | alleged | hypothetical.
struct Event {
  std::string id;
  std::string incident;
  std::string type, mode;
  std::vector<std::string> contexts;
  Span trigger;
  std::uint32_t sentence = 0;
  std::vector<Participant> actors, recipients;
  std::optional<EventDate> date;
  std::string place;
  std::vector<std::string> quantities;
  std::string polarity, status;
  /// Attributions in whose words the trigger stands, the innermost first, and those of them on
  /// whose source's word the happening rests.
  std::vector<std::string> within, according_to;
  std::optional<bool> main;  ///< What the report is about, not background.
  std::optional<double> confidence;
};

/// What the report does not say but should. kind: missing_content | garbled_sentence |
/// inconsistent_count | unresolved_reference
struct Gap {
  std::string kind;
  std::vector<Span> spans;
  std::string note;
};

struct Record {
  std::string id;
  Origin source;
  std::string title;
  std::vector<std::string> authors;
  std::string language;
  std::optional<Published> published;
  std::string modified;
  ReadBy read_by;
  std::string text;  ///< Valid UTF-8; exactly what was read.
  std::vector<Section> sections;
  /// The way back, only when asked for; of a web page, of a PDF, of subtitles.
  std::optional<std::vector<SourceSpan>> source_map;
  std::optional<std::vector<PageSpan>> page_map;
  std::optional<std::vector<TimeSpan>> time_map;
  std::vector<Span> sentences;
  std::optional<std::vector<TokenInfo>> tokens;
  std::optional<std::vector<NameInfo>> names;
  std::vector<Entity> entities;
  std::vector<Time> times;
  std::vector<Place> places;
  std::vector<Quantity> quantities;
  std::vector<Attribution> attributions;
  std::vector<Event> events;
  std::vector<Gap> gaps;
  std::vector<std::string> warnings;
};

/// Whether the record says where its text stands in the file it was read from.
inline bool leads_back(const Record& record) {
  return record.source_map || record.page_map || record.time_map;
}

/// Appends the record as one line of JSON (schema "dateline/1", no line break at the end).
void append_json(const Record& record, std::string& out);

/// Reads what append_json wrote, unknown fields ignored. Fails on anything that is not a record of
/// schema "dateline/1", with the byte of a JSON mistake.
Result<Record> record_from_json(std::string_view json);

}  // namespace dateline
