// A correction from what a person asks for to a row of the log, and what is read with it.
//
// It is applied as every later reading will apply it, and where it does not hold, not at all.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "chronicle/accounts.h"
#include "chronicle/corrections/apply.h"
#include "chronicle/corrections/log.h"
#include "chronicle/corrections/values.h"
#include "chronicle/corrections/words.h"
#include "chronicle/happenings.h"
#include "chronicle/impl.h"
#include "chronicle/matching/matching.h"
#include "chronicle/names.h"
#include "chronicle/packing.h"
#include "chronicle/schema.h"
#include "chronicle/show.h"
#include "record/offsets.h"
#include "record/utf8.h"

namespace dateline {

using chronicle::Database;
using chronicle::Snapshot;
using chronicle::Transaction;
namespace corrections = chronicle::corrections;

namespace {

constexpr int kVersion = chronicle::kSchemaVersion;  // A store that is written is up to date.

std::int64_t key_of(const StoredReport& report) { return std::stoll(report.ref.handle.substr(1)); }

const Event* event_in(const StoredReport& report) {
  const std::string& handle = report.event->handle;
  const auto& events = report.record.events;
  const auto found = std::ranges::find(events, handle.substr(handle.find('.') + 1), &Event::id);
  return found == events.end() ? nullptr : &*found;
}

std::optional<Error> mistake_in_words(std::string_view who, std::vector<std::string_view> others) {
  if (who.empty()) return Error{4030, "who corrects? A name is needed", {}};
  others.push_back(who);
  if (std::ranges::all_of(others, record::is_utf8)) return std::nullopt;
  return Error{4030, "what is given is not UTF-8", {}};
}

bool names_happening(std::string_view name) {
  return name.starts_with('h') && name.find('.') == std::string_view::npos;
}

class Correcting {
 public:
  Correcting(Database& database, const CorrectionRequest& request)
      : database_(database), request_(request) {
    correction_.act = request.act;
    correction_.who = request.who;
    correction_.why = request.why;
    correction_.values = request.values;
    for (CorrectedValue& value : correction_.values) {
      if (value.field == "type") value.value = chronicle::in_capitals(value.value);
    }
    std::ranges::stable_partition(correction_.values,  // A mode is one of its type.
                                  [](const auto& value) { return value.field == "type"; });
  }

  Result<Correction> run() {
    std::vector<std::string_view> texts{request_.name, request_.with, request_.words, request_.why};
    for (const CorrectedValue& value : request_.values) {
      texts.insert(texts.end(), {value.field, value.value});
    }
    if (auto mistake = mistake_in_words(request_.who, std::move(texts))) {
      return tl::unexpected(*mistake);
    }
    if (auto mistake = name_words()) return tl::unexpected(*mistake);
    corrections::append(database_, correction_);
    for (const std::int64_t report : reports_) {
      const auto attached = corrections::rewrite(database_, report);
      if (!attached) return tl::unexpected(attached.error());
      for (const auto& at : *attached) {
        if (at.correction == correction_.number && at.reason) return tl::unexpected(*at.reason);
      }
    }
    return std::move(correction_);
  }

 private:
  /// What the correction rests on.
  std::optional<Error> name_words() {
    const bool has_values = request_.act == Act::kChange || request_.act == Act::kAdd;
    if (has_values == request_.values.empty()) {
      return Error{4030,
                   has_values ? "which value is to be changed? As in day=2026-03-09"
                              : "values are given to change an event, or to add one",
                   {}};
    }
    switch (request_.act) {
      case Act::kChange:
        return change();
      case Act::kConfirm:
      case Act::kReject:
        return each();
      case Act::kMerge:
        return merge();
      case Act::kSplit:
        return split();
      case Act::kAdd:
        return add();
      case Act::kUndo:
        break;
    }
    return Error{4034, "a correction is undone by its number", {}};
  }

  Result<Happening> happening(std::string_view name) {
    std::optional<Happening> found;
    if (const std::int64_t key = chronicle::happening_called(database_, name); key != 0) {
      found = chronicle::happening_of(database_, kVersion, key, TollRule::kLatestOfficial);
    }
    if (auto error = database_.take_error()) return tl::unexpected(std::move(*error));
    if (found) return std::move(*found);
    // It may be an event that a person rejected.
    if (auto report = chronicle::find_report(database_, kVersion, name); !report) {
      return tl::unexpected(report.error());
    }
    return fail(4010, fmt::format("'{}' is no happening and no event: 'dateline timeline' names "
                                  "them (h3f9c51d20b7e, r17.v3)",
                                  name));
  }

  /// Rests it on the words of an event.
  std::optional<Error> rest_on(std::string_view handle) {
    auto report = chronicle::find_report(database_, kVersion, handle);
    if (!report) return report.error();
    const Event* event = report->event ? event_in(*report) : nullptr;
    if (event == nullptr) {
      return Error{4010,
                   fmt::format("'{}' is no event: 'dateline timeline' names them (r17.v3)", handle),
                   {}};
    }
    add_words(*report, event->trigger, corrections::kEventPart);
    correction_.words.back().event = event->id;
    correction_.words.back().type = event->type;
    return std::nullopt;
  }

  void add_words(const StoredReport& report, Span span, std::string_view part) {
    CorrectionWords words = corrections::words_at(report.record.text, span);
    words.part = part;
    words.content = report.content;
    words.report = report.ref.handle;
    correction_.words.push_back(std::move(words));
    reports_.insert(key_of(report));
  }

  /// The words that were marked, where any were.
  Result<std::optional<Span>> marked(const StoredReport& report) {
    const std::string& text = report.record.text;
    const record::CodePoints points(text);
    if (request_.span) {
      const record::Bytes bytes(text);
      const auto begin = bytes.at(request_.span->begin), end = bytes.at(request_.span->end);
      if (!begin || !end || *begin >= *end) {
        return fail(4031, fmt::format("{}-{} is no stretch of {}, whose text has {} characters",
                                      request_.span->begin, request_.span->end, report.ref.handle,
                                      points.at(static_cast<std::uint32_t>(text.size()))));
      }
      return Span{*begin, *end};
    }
    if (request_.words.empty()) return std::nullopt;
    const auto places = corrections::places_of(request_.words, text);
    if (places.size() == 1) return places.front();
    if (places.empty()) {
      return fail(
          4031, fmt::format("the report {} has no words '{}'", report.ref.handle, request_.words));
    }
    std::string all;
    constexpr std::size_t kMostTold = 8;
    for (const Span place : places) {
      if (&place - places.data() == kMostTold) break;
      const auto words = corrections::words_at(text, place);
      all += fmt::format("{}{}-{} ({})", all.empty() ? "" : ", ", words.span.begin, words.span.end,
                         around(words));
    }
    return fail(4032, fmt::format("'{}' stands {} times in {}: mark more words, or choose with "
                                  "--span one of {}{}",
                                  request_.words, places.size(), report.ref.handle, all,
                                  places.size() > kMostTold ? " …" : ""));
  }

  /// Words with a little of what stands around them.
  static std::string around(const CorrectionWords& words) {
    const auto word = [](std::string_view text, bool last) {
      constexpr std::size_t kFew = 20;
      const std::size_t cut =
          last ? text.find(' ', text.size() - std::min(text.size(), kFew)) : text.rfind(' ', kFew);
      if (text.size() <= kFew || cut == std::string_view::npos) return text;
      return last ? text.substr(cut) : text.substr(0, cut);
    };
    std::string text =
        fmt::format("…{}{}{}…", word(words.before, true), words.words, word(words.after, false));
    std::ranges::replace(text, '\n', ' ');
    return text;
  }

  std::optional<Error> change() {
    std::string handle = request_.name;
    if (names_happening(handle)) {
      const auto found = happening(handle);
      if (!found) return found.error();
      handle = found->accounts[found->fullest].told.handle;
    }
    if (auto mistake = rest_on(handle)) return mistake;
    auto report = chronicle::find_report(database_, kVersion, handle);
    if (!report) return report.error();
    const auto words = marked(*report);
    if (!words) return words.error();
    if (*words) add_words(*report, **words, corrections::kValuePart);
    corrections::Mentions mentions;
    const Event* const named = event_in(*report);
    for (Event& event : report->record.events) {
      if (&event == named || (event.incident == named->incident && !event.incident.empty())) {
        mentions.push_back(&event);
      }
    }
    for (CorrectedValue& value : correction_.values) {
      value.was = corrections::value_of(report->record, mentions, value.field);
    }
    return std::nullopt;
  }

  /// A report as a whole, whatever is read in it, now or later.
  std::optional<Error> withdraw(const StoredReport& report) {
    if (report.record.events.empty()) {
      return Error{4033, fmt::format("{} tells of nothing as it is", report.ref.handle), {}};
    }
    add_words(report, Span{}, corrections::kReportPart);
    return std::nullopt;
  }

  std::optional<Error> each() {
    if (!names_happening(request_.name)) {
      const auto report = chronicle::find_report(database_, kVersion, request_.name);
      const bool is_whole = report && !report->event && request_.act == Act::kReject;
      return is_whole ? withdraw(*report) : rest_on(request_.name);
    }
    const auto found = happening(request_.name);
    if (!found) return found.error();
    for (const Account& account : found->accounts) {
      for (const TimelineEvent& mention : account.mentions) {
        if (auto mistake = rest_on(mention.handle)) return mistake;
      }
    }
    return std::nullopt;
  }

  std::optional<Error> merge() {
    const auto one = happening(request_.name), other = happening(request_.with);
    if (!one) return one.error();
    if (!other) return other.error();
    if (one->id == other->id) {
      return Error{4033,
                   fmt::format("'{}' and '{}' are one happening already ({})", request_.name,
                               request_.with, one->id),
                   {}};
    }
    for (const Happening* happening : {&*one, &*other}) {
      for (const Account& account : happening->accounts) {
        if (auto mistake = rest_on(account.told.handle)) return mistake;
      }
    }
    return std::nullopt;
  }

  std::optional<Error> split() {
    const auto found = happening(request_.name);
    if (!found) return found.error();
    const auto account = std::ranges::find_if(found->accounts, [&](const Account& one) {
      return std::ranges::find(one.mentions, request_.name, &TimelineEvent::handle) !=
             one.mentions.end();
    });
    if (account == found->accounts.end()) {
      return Error{4033,
                   fmt::format("which account is to be split off? 'dateline accounts {}' "
                               "names them (r17.v3)",
                               request_.name),
                   {}};
    }
    if (found->accounts.size() == 1) {
      return Error{4033,
                   fmt::format("'{}' is the only account of {}: it is a happening of its own",
                               request_.name, found->id),
                   {}};
    }
    if (auto mistake = rest_on(request_.name)) return mistake;
    for (const Account& other : found->accounts) {
      if (&other == &*account) continue;
      if (auto mistake = rest_on(other.told.handle)) return mistake;
    }
    return std::nullopt;
  }

  std::optional<Error> add() {
    auto report = chronicle::find_report(database_, kVersion, request_.name);
    if (!report) return report.error();
    if (report->event) {
      return Error{4030,
                   fmt::format("'{}' is an event already: add to a report ({})", request_.name,
                               report->ref.handle),
                   {}};
    }
    const auto words = marked(*report);
    if (!words) return words.error();
    if (!*words) return Error{4031, "which words tell of it? Mark them", {}};
    const auto type = std::ranges::find(correction_.values, "type", &CorrectedValue::field);
    if (type == correction_.values.end()) {
      return Error{4030, "of which type is it? As in type=ASSAULT", {}};
    }
    for (const Event& event : report->record.events) {
      if (!event.trigger.overlaps(**words) || event.type != type->value) continue;
      return Error{4033,
                   fmt::format("these words are {}.{} already, of the type {}: correct that",
                               report->ref.handle, event.id, event.type),
                   {}};
    }
    add_words(*report, **words, corrections::kEventPart);
    correction_.words.back().type = type->value;
    return std::nullopt;
  }

  Database& database_;
  const CorrectionRequest& request_;
  Correction correction_;
  std::set<std::int64_t> reports_;
};

/// The row that takes a correction back, or why there can be none.
Result<Correction> undoing(Database& database, std::int64_t number) {
  const auto found = corrections::numbered(database, number);
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  if (!found) return fail(4034, fmt::format("there is no correction {}", number));
  if (found->act == Act::kUndo) {
    return fail(4034, fmt::format("correction {} took back {}: correct that anew instead", number,
                                  *found->undoes));
  }
  if (found->undone_by) {
    return fail(4034, fmt::format("correction {} was taken back already, by {}", number,
                                  *found->undone_by));
  }
  return *found;
}

/// As far as no reports need to be compared; match() does that, and the rest where this is much.
void bring_up_to_date(Database& database) {
  chronicle::matching::group_pending(database);
  chronicle::summarise_some(database, kVersion);
}

}  // namespace

Result<Correction> Chronicle::correct(const CorrectionRequest& request) {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Transaction transaction(**lease);
  auto correction = Correcting(**lease, request).run();
  if (!correction) return correction;
  bring_up_to_date(**lease);
  if (auto error = transaction.commit()) return tl::unexpected(std::move(*error));
  return correction;
}

Result<Correction> Chronicle::undo(std::int64_t number, const std::string& who,
                                   const std::string& why) {
  if (auto mistake = mistake_in_words(who, {why})) return tl::unexpected(std::move(*mistake));
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  Transaction transaction(database);
  const auto undone = undoing(database, number);
  if (!undone) return undone;
  Correction row;
  row.act = Act::kUndo;
  row.who = who;
  row.why = why;
  row.undoes = number;
  corrections::append(database, row);
  std::set<std::string> reports;
  for (const CorrectionWords& words : undone->words) reports.insert(words.report);
  for (const std::string& handle : reports) {
    if (handle.empty()) continue;  // It is not in this store any more.
    const auto attached = corrections::rewrite(database, std::stoll(handle.substr(1)));
    if (!attached) return tl::unexpected(attached.error());
  }
  bring_up_to_date(database);
  if (auto error = transaction.commit()) return tl::unexpected(std::move(*error));
  return row;
}

Result<std::size_t> Chronicle::corrections(
    std::string_view name, const std::function<bool(const Correction&)>& visit) const {
  if (impl_->version < chronicle::kCorrectionsSince) return std::size_t{0};
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  const Snapshot snapshot(database);
  // Those that rest on words of a report, of a happening's accounts, or of one of them.
  constexpr std::string_view kOfReport =
      "SELECT w.correction FROM corrected_words w JOIN reports r ON r.content = w.content WHERE "
      "r.key = ?1";
  constexpr std::string_view kOfAccounts =
      "SELECT k.correction FROM corrected k JOIN tellings t ON t.report = k.report AND t.incident "
      "= k.incident WHERE {0} UNION SELECT w.correction FROM tellings t JOIN events e "
      "ON e.report = t.report AND coalesce(e.incident, e.id) = t.incident JOIN reports r ON r.key "
      "= t.report JOIN corrected_words w ON w.content = r.content AND w.span_begin < e.trigger_end "
      "AND w.span_end > e.trigger_begin WHERE {0}";
  std::string among;
  std::vector<chronicle::Value> values;
  std::string incident;
  if (!name.empty() && names_happening(name)) {
    const std::int64_t key = chronicle::happening_called(database, name);
    if (key == 0) return fail(4010, fmt::format("there is no happening '{}'", name));
    among = fmt::format(kOfAccounts, "t.happening = ?1");
    values.emplace_back(key);
  } else if (!name.empty()) {
    const auto report = chronicle::find_report(database, impl_->version, name);
    if (!report) return tl::unexpected(report.error());
    among = kOfReport;
    values.emplace_back(key_of(*report));
    if (const Event* event = report->event ? event_in(*report) : nullptr) {
      incident = event->incident.empty() ? event->id : event->incident;
      among = fmt::format(kOfAccounts, "t.report = ?1 AND t.incident = ?2");
      values.emplace_back(std::string_view(incident));
    }
  }
  const std::string sql = among.empty()
                              ? "SELECT n FROM corrections ORDER BY n"
                              : fmt::format(
                                    "SELECT n FROM corrections WHERE n IN ({0}) OR undoes IN ({0}) "
                                    "ORDER BY n",
                                    among);
  std::size_t given = 0;
  {
    auto rows = database.select(sql, values);
    while (rows.next()) {
      const auto correction = corrections::numbered(database, rows.number(0));
      if (!correction) break;
      ++given;
      if (!visit(*correction)) break;
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return given;
}

}  // namespace dateline
