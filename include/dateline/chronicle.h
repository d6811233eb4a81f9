// The chronicle: what many reports say, in one SQLite file, each value with its report and words.
//
//   auto chronicle = dateline::Chronicle::open("chronicle.db", {.access = Access::kWrite});
//   if (!chronicle) return complain(chronicle.error().message);
//   const auto fingerprint = dateline::fingerprint(input, reader.read_by());
//   if (!chronicle->knows(fingerprint, input.id, input.uri).value_or(false)) {
//     if (auto record = reader.read(input)) chronicle->ingest(*record, fingerprint);
//   }
//   chronicle->timeline({.since = "2026-03", .place = "Lagos"}, [](const TimelineEvent& event) {
//     fmt::print("{} {} [{}]\n", event.begin, event.words, event.report.outlet);
//     return true;  // go on
//   });
//
// A report is in whole or not at all: one transaction each, safe against a kill at any moment. An
// event inside somebody's words stays that voice's claim. match() finds which reports tell of one
// happening; each report's account of it is kept beside the others. The tables are documented in
// docs/store.md, any tool can read them.
// One Chronicle serves any number of threads: side by side where it only reads, else one call at a
// time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/actor_names.h"
#include "dateline/corrections.h"
#include "dateline/matcher.h"
#include "dateline/reader.h"
#include "dateline/record.h"
#include "dateline/result.h"
#include "dateline/stream.h"

namespace dateline {

enum class Access { kRead, kWrite };

struct ChronicleOptions {
  Access access = Access::kRead;  ///< kWrite makes the store where there is none.
  unsigned wait_ms = 10'000;      ///< How long to wait while another program writes.
  std::uint64_t max_bytes = 0;    ///< The store grows no larger; 0: as large as the disk allows.
  unsigned query_ms = 0;          ///< A call that takes longer fails with code 4015; 0: any time.
  const std::atomic<bool>* stop = nullptr;  ///< Ends calls at once, with the same code.
};

/// What tells one report, and one reading of it, from another. Two inputs of the same content are
/// one report, wherever they were found; a reading is decided by what read it and as what.
struct Fingerprint {
  std::string content;  ///< sha256 of bytes, given date and given title.
  std::string reading;  ///< sha256 of the engine, pipeline, tables, media type and treatment.
};

Fingerprint fingerprint(const Input& input, const ReadBy& read_by);

enum class Ingested { kAdded, kReplaced, kSkipped };

/// kElsewhere: it is in, and was not known to be found here.
enum class Known { kNo, kYes, kElsewhere };

/// A report that could not be read, and why.
struct Rejection {
  std::string id;
  std::string uri;
  std::uint64_t line = 0;  ///< Line of the file, from 1; 0 where it is a file of its own.
  std::string content;     ///< Fingerprint of the content, or empty where it has none.
  int code = 0;
  std::string reason;
  std::string reading{};  ///< Fingerprint of what read it; rejected() leaves it out.
};

/// What may be amiss with a report, or a file. kind: undated | assumed | warning | copy | rejected
/// | not_read.
struct Attention {
  std::string kind;
  std::string where;  ///< Handle of a report; else the file, with its line.
  std::string file;   ///< Or the address, or the id.
  std::string reason;
};

/// On the earth, in degrees.
struct Point {
  double lat = 0, lon = 0;
};

/// In the order of GeoJSON's bbox; over the date line where west is the greater one.
struct Box {
  double west = 0, south = 0, east = 0, north = 0;
};

/// What is near a point, or near a place that the store knows by this name.
struct Around {
  std::string place{};
  std::optional<Point> centre{};
  double km = 0;
};

/// The side that somebody takes in an event.
enum class Side { kAny, kBy, kAgainst };

/// Which events, or which reports to search. Empty means any. All is asked of one and the same
/// event, and of the report that tells it.
struct Filter {
  std::string since{}, until{};  ///< 2026, 2026-03 or 2026-03-09, both inclusive.
  std::string actor{};           ///< Name, or country code, of one who takes part.
  Side side = Side::kAny;        ///< Which part that is.
  std::string place{};           ///< Name, or country code, of where.
  std::string country{};         ///< Code of the country where it is.
  std::optional<Box> box{};
  std::optional<Around> around{};
  std::vector<std::string> types{};  ///< PLOVER types, any of them.
  std::vector<std::string> modes{};  ///< Any of them.
  std::vector<std::string>
      states{};          ///< As TimelineEvent::state, or Happening::state: any of them.
  std::string source{};  ///< Outlet, its address, or the voice an event is told by.
  std::optional<double> confidence{};  ///< At least; from 0 to 1.
  std::string text{};                  ///< Words of the report, as search() takes them.
  std::size_t limit = 0;               ///< At most so many; 0: all.
  std::string
      after{};  ///< Cursor of an event or a happening: what stands behind it in the listing.
};

/// The report something was read from.
struct ReportRef {
  std::string handle;  ///< "r17": this store's name for it.
  std::string id;      ///< As given.
  std::string title;
  std::string outlet;  ///< Publisher, else the host of its address; empty: unknown.
  std::string uri;
  std::string published;  ///< ISO 8601, or empty.
  std::string file{};     ///< Where it was first found, where that is not its uri.
  std::shared_ptr<const std::string> text{};  ///< Only where HappeningFilter::texts asks for it.
};

/// Somebody who takes part, by the name the report uses elsewhere and by the words used here.
struct Who {
  std::string name, words, country, sector;
  CodePointSpan at{};
};

struct Where {
  std::string name, words, country, precision;
  std::optional<double> lat, lon;
  std::string admin1{};
  std::optional<std::int64_t> geonameid{};
  CodePointSpan at{};
};

struct HowMany {
  std::string words;
  std::optional<double> value, min, max;
  std::string qualifier, unit, counts;
  CodePointSpan at{};
};

/// According to whom. `via` are the voices it is quoted through, the nearest first.
struct Voice {
  std::string name;   ///< Empty where the report leaves the source unnamed.
  std::string words;  ///< The source's words in the report.
  std::string stance;
  std::vector<std::string> via;
  std::string sector{};  ///< Of the source, as ActorCode::sector.
};

/// A value of an account that a person gave.
struct ValueOfPerson {
  std::string field;            ///< As CorrectedValue::field.
  std::int64_t correction = 0;  ///< The number of the latest.
};

/// One report's version of one happening.
struct TimelineEvent {
  std::string handle;    ///< "r17.v3".
  std::string incident;  ///< "r17.i2": shared by mentions of one happening in one report.
  std::string type, mode;
  std::vector<std::string> contexts;
  std::string begin, end;    ///< ISO days, both inclusive; empty where the report gives no date.
  std::string day_from;      ///< As EventDate::from, or person; empty: the store does not know it.
  std::string day_words;     ///< The words that tell the day.
  std::string counted_from;  ///< What they count from: as Time::from.
  std::vector<Who> actors, recipients;
  std::optional<Where> place;
  std::vector<HowMany> quantities;
  std::string polarity, status;
  std::optional<double> confidence;
  std::vector<Voice> according_to;  ///< Empty: the report says so itself.
  std::string words;                ///< The sentence.
  ReportRef report;
  std::string trigger{};  ///< The words that tell of it.
  CodePointSpan sentence_at{}, trigger_at{}, day_at{};
  /// machine-read | person-confirmed | person-corrected | person-added: what was last done to its
  /// report's account.
  std::string state = "machine-read";
  std::int64_t correction = 0;  ///< The number of what was last done; 0: nothing.
  std::vector<ValueOfPerson> corrected{};
  std::string cursor{};  ///< Its place in timeline(), for Filter::after.
};

/// One report's account of a happening: what its mentions of it say together.
struct Account {
  TimelineEvent told;  ///< Its first mention, with the numbers and voices of all.
  std::vector<TimelineEvent> mentions;
  bool main = false;        ///< It is what the report is about.
  std::size_t source = 0;   ///< Accounts of one source share a number: of one outlet, or one text.
  bool copied = false;      ///< Its report has the text of an earlier one.
  bool replaced = false;    ///< Its report is an earlier version of a page that is in.
  bool superseded = false;  ///< It is replaced, or its outlet gave other numbers later.
  /// Of accounts() alone: the account it was found likest to, and the chance that both are of one
  /// happening. Empty where a report tells alone, or only people put it there.
  std::string likest{};
  double chance = 0;
};

/// Which of several numbers is the best.
enum class TollRule {
  kLatestOfficial,  ///< The latest by an official voice, else the latest.
  kConservative,    ///< The lowest, as ACLED has it.
  kMostTold,        ///< The one that most sources tell, between the lowest and the highest (UCDP).
};

/// How many, over all sources. Accounts that are superseded or copied do not count.
struct Toll {
  std::string counts;  ///< dead | wounded | ...: as Quantity::counts.
  double low = 0, best = 0, high = 0;
};

/// What several reports tell of, with every account of it.
struct Happening {
  std::string
      id;  ///< "h3f9c51d20b7e": named by its earliest account; those of the others lead here.
  std::string type;
  std::string begin, end;   ///< What most accounts say; empty where none tells a day.
  std::size_t reports = 0;  ///< That tell it.
  std::size_t sources = 0;  ///< That are independent of each other.
  bool main = false;        ///< Some report is about it.
  std::vector<Toll> tolls;
  std::vector<std::string> disputed;  ///< actors | day | place | happened | dead | wounded | ...
  std::vector<Account> accounts;      ///< The earliest first.
  std::size_t fullest = 0;            ///< The account that says most, and people's first.
  /// machine-read | machine-merged (of several reports) | or as TimelineEvent::state, of the
  /// account to which something was done last.
  std::string state = "machine-read";
  std::string cursor{};  ///< Its place in happenings(), for Filter::after.
};

/// Which happenings, and how they are told.
struct HappeningFilter {
  Filter events{};          ///< Some account has such an event.
  bool background = false;  ///< Also what no report is about.
  TollRule tolls = TollRule::kLatestOfficial;
  bool texts = false;  ///< With the text of each account's report.
};

/// How many happenings there are of something.
struct Count {
  std::vector<std::string> of;  ///< In the order of what was counted by; empty: unknown.
  std::uint64_t happenings = 0;
};

/// How many happenings there are at a place.
struct PlaceCount {
  std::string name;  ///< As the gazetteer has it, else as reports write it.
  std::string country, admin1, precision;
  std::optional<std::int64_t> geonameid;
  std::optional<double> lat, lon;
  std::uint64_t happenings = 0;
};

struct PlaceTotals {
  std::uint64_t happenings = 0;  ///< That fit, wherever they are.
  std::uint64_t unplaced = 0;    ///< Of these, how many no report gives a place.
};

/// An outlet, and how its accounts stand to those of others.
struct SourceCount {
  std::string outlet;               ///< Empty: unknown.
  std::string first_day, last_day;  ///< Days of publication; empty: unknown.
  std::uint64_t reports = 0;
  std::uint64_t happenings = 0;  ///< That it tells.
  std::uint64_t alone = 0;       ///< Of these, how many no independent source tells.
  std::uint64_t first = 0;       ///< How many it told before the others that tell them.
  std::uint64_t disputed = 0;    ///< Over how many its account and others disagree.
};

/// What became of a happening since a reader last looked.
struct Change {
  std::string cursor;  ///< "3f9c51d2.17": all up to here was seen.
  std::string what;    ///< added | changed | removed
  std::string id;
  std::string merged_into;             ///< Of one that was removed: the happening it is now.
  std::optional<Happening> happening;  ///< As it is now.
};

/// A happening by the names of its accounts.
struct HappeningMembers {
  struct Member {
    std::string report;  ///< Its id, as given.
    std::string event;   ///< "v3"
  };
  std::string id;
  std::vector<Member> members;
};

/// A name that reports use of an actor.
struct ActorName {
  std::string name;
  std::size_t reports = 0;
  std::vector<std::string> outlets;  ///< That use it, in order; without those that are unknown.
};

/// Somebody whom several reports name, or one.
struct Actor {
  std::string
      id;  ///< "a3f9c51d20b7e": named by its earliest entity; those of the others lead here.
  std::string name;
  std::string kind, country, sector;
  std::string first_seen, last_seen;  ///< Days of publication.
  std::size_t reports = 0;
  std::vector<ActorName> names;  ///< The one most used first.
  /// In how many happenings it does something, or something is done to it, and how often it speaks.
  std::size_t by = 0, against = 0, speaks = 0;
};

/// What reports say that an actor is.
struct ActorRole {
  std::string role, of;
  std::string first_seen, last_seen;
  std::size_t reports = 0;
};

/// Happenings of one type between an actor and another.
struct ActorDeed {
  bool by = false;  ///< It is the actor's; else it was done to it.
  std::string type;
  std::string other_id;  ///< Of the other; empty: an unnamed one, or none.
  std::string other;
  std::string first, last;  ///< ISO days; empty where no report tells one.
  std::size_t happenings = 0;
};

/// How often an actor speaks so.
struct ActorStance {
  std::string stance;
  std::size_t times = 0;
};

struct ActorLife {
  Actor actor;
  std::vector<ActorRole> roles;  ///< In the order in which they are seen.
  std::vector<ActorDeed> deeds;  ///< Its own first, then by number.
  std::vector<ActorStance> stances;
};

/// Which actors. Empty means any.
struct ActorFilter {
  std::string
      name{};  ///< An id, a whole name, or where nobody has it, words that names begin with.
  std::string country{};  ///< Code.
  std::string kind{};     ///< person | organization | group | country
  std::size_t limit = 0;  ///< At most so many; 0: all.
};

/// A report that has the words searched for.
struct SearchHit {
  ReportRef report;
  std::string snippet;
  std::vector<Span> hits;  ///< Bytes of the snippet.
  double score = 0;        ///< Greater is better (bm25).
};

/// A report as it is kept.
struct StoredReport {
  ReportRef ref;
  std::string content;                 ///< Fingerprint of its content.
  std::vector<std::string> found_at;   ///< Where it was found, the first place first.
  Record record;                       ///< As it was read, with what people corrected.
  std::optional<TimelineEvent> event;  ///< The event, where one was asked for.
};

/// The page a report was read from, byte for byte as it was given.
struct StoredPage {
  StoredReport report;  ///< Its record has the source map.
  std::string bytes;
};

/// A report that people corrected, and what was last done to the account of each event in it.
struct CorrectedReport {
  StoredReport report;
  std::map<std::string, std::string> states;  ///< As TimelineEvent::state, by the event's id.
};

struct Totals {
  std::uint64_t reports = 0, events = 0, rejected = 0, happenings = 0, actors = 0;
};

class Chronicle {
 public:
  /// Fails where there is no store to read, the file is no chronicle, a newer version made it, or
  /// it cannot be written.
  static Result<Chronicle> open(const std::string& path, const ChronicleOptions& options = {});

  Chronicle(Chronicle&&) noexcept;
  Chronicle& operator=(Chronicle&&) noexcept;
  ~Chronicle();

  /// Where a copy of the store was kept as it was, if an older version had made it and opening it
  /// for writing brought it up; else empty.
  const std::string& backup() const;

  /// Whether this reading of the input is in already; notes where it was found this time. A report
  /// without a day of its own is not known where it is in with another assumed one.
  Result<Known> knows(const Fingerprint& fingerprint, const Input& input);

  /// Keeps a report, and the page it was read from where that is given. The same content and
  /// reading again change nothing; another reading of a content that is in takes the place of the
  /// one before.
  Result<Ingested> ingest(const Record& record, const Fingerprint& fingerprint,
                          std::string_view page = {});

  /// Keeps the reason why a report is not in. The same again changes nothing.
  Result<Ingested> keep_rejected(const Rejection& rejection);

  /// Whether this reading of this content was rejected with this code.
  Result<bool> has_rejected(const Fingerprint& fingerprint, int code) const;

  Result<std::vector<Rejection>> rejected() const;

  /// Keeps which files were not read, and why, in place of what was kept of the same files.
  Result<void> keep_passed_over(const std::vector<PassedOver>& files);

  /// What needs a look, in the order of `kind`.
  Result<std::vector<Attention>> attention() const;

  /// Gives the events in the order of their own dates, one report's version at a time; an event
  /// without a date stands at its report's publication, one without either at the end. Stops where
  /// `visit` returns false; `visit` must not call this Chronicle. Returns how many it gave.
  Result<std::size_t> timeline(const Filter& filter,
                               const std::function<bool(const TimelineEvent&)>& visit) const;

  /// Compares the reports that this matcher has not compared yet, each in a transaction of its own,
  /// and brings happenings up to date. Calls `compared` with how many are done and how many there
  /// were; stops where it returns false. Returns how many it compared.
  Result<std::size_t> match(
      const Matcher& matcher,
      const std::function<bool(std::size_t done, std::size_t all)>& compared = {});

  /// Joins the entities of reports that these names have not joined yet to actors, and brings those
  /// up to date. Calls `joined` as match() calls `compared`. Returns how many reports it joined.
  Result<std::size_t> join(
      const ActorNames& names,
      const std::function<bool(std::size_t done, std::size_t all)>& joined = {});

  /// Gives the actors, those that most reports name first. Stops where `visit` returns false.
  Result<std::size_t> actors(const ActorFilter& filter,
                             const std::function<bool(const Actor&)>& visit) const;

  /// All of one actor, by its id or that of one of its entities.
  Result<ActorLife> actor(std::string_view id) const;

  /// Gives the happenings in the order of their days, as timeline() does events.
  Result<std::size_t> happenings(const HappeningFilter& filter,
                                 const std::function<bool(const Happening&)>& visit) const;

  /// The happening, by its id, that of one of its accounts, or the handle of an event.
  Result<Happening> accounts(std::string_view name,
                             TollRule tolls = TollRule::kLatestOfficial) const;

  /// Counts happenings by one or two of year, month, day, type, place, country, actor, source: by
  /// time in its order, else the most first. One at two places counts for both.
  Result<std::size_t> count(const HappeningFilter& filter, const std::vector<std::string>& by,
                            const std::function<bool(const Count&)>& visit) const;

  /// Counts happenings by the place of their events, the most first. One at two places counts for
  /// both.
  Result<PlaceTotals> places(const HappeningFilter& filter,
                             const std::function<bool(const PlaceCount&)>& visit) const;

  /// Gives the outlets, those with the most reports first.
  Result<std::size_t> sources(bool background,
                              const std::function<bool(const SourceCount&)>& visit) const;

  /// Gives what became of happenings after this cursor (empty: from the beginning), each once, and
  /// the cursor to go on from. Fails where it is a cursor of another store. What was removed and
  /// came back is given as added.
  Result<std::string> changes(const std::string& since, std::size_t limit,
                              const std::function<bool(const Change&)>& visit) const;

  /// The cursor of now: all that changes from here on comes after it.
  Result<std::string> cursor() const;

  /// All happenings by the ids of what tells them, in the order of their ids.
  Result<std::size_t> members(const std::function<bool(const HappeningMembers&)>& visit) const;

  /// The report, or the event with its report: by handle, given id, address, or the first eight or
  /// more digits of its content's fingerprint.
  Result<StoredReport> show(std::string_view name) const;

  /// Gives the reports that came after this one ("r17"; empty: all), at most `limit` (0: all) of
  /// them, in the order in which they came. Returns the last one's handle, to go on from; empty
  /// where none was left.
  Result<std::string> reports(std::string_view after, std::size_t limit,
                              const std::function<bool(const StoredReport&)>& visit) const;

  /// The page that the report, or the event's report, was read from, by the names that show()
  /// takes. Fails where none is kept: for text, and in a store of before pages were kept.
  Result<StoredPage> page(std::string_view name) const;

  /// Reports with all these words ("quoted" words stand together), best first. since and until
  /// count the publication here; actor, place and type ask for an event that fits.
  Result<std::vector<SearchHit>> search(std::string_view words, const Filter& filter) const;

  Result<Totals> totals() const;

  /// Adds a row to the log of corrections and changes what is read accordingly, or fails and does
  /// neither. After adding or rejecting, match() compares the report again.
  Result<Correction> correct(const CorrectionRequest& request);

  /// Takes a correction back, by a row of its own.
  Result<Correction> undo(std::int64_t correction, const std::string& who,
                          const std::string& why = "");

  /// Gives the log in its order: all of it, or that of a report, an event or a happening.
  Result<std::size_t> corrections(std::string_view name,
                                  const std::function<bool(const Correction&)>& visit) const;

  /// Gives the reports to which corrections that hold were made.
  Result<std::size_t> corrected_reports(
      const std::function<bool(const CorrectedReport&)>& visit) const;

 private:
  struct Impl;
  explicit Chronicle(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline
