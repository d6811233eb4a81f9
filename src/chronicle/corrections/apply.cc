// SPDX-License-Identifier: Apache-2.0
#include "chronicle/corrections/apply.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "chronicle/actors/joining.h"
#include "chronicle/corrections/log.h"
#include "chronicle/corrections/values.h"
#include "chronicle/corrections/words.h"
#include "chronicle/facts.h"
#include "chronicle/matching/matching.h"
#include "chronicle/packing.h"
#include "chronicle/rows.h"

namespace dateline::chronicle::corrections {

namespace {

std::string incident_of(const Event& event) {
  return event.incident.empty() ? event.id : event.incident;
}

class Report {
 public:
  Report(std::string_view content, Record& record) : content_(content), record_(record) {}

  void apply(const Correction& correction) {
    std::optional<Span> words;
    const std::size_t first = attached_.size();
    for (std::size_t n = 0; n < correction.words.size(); ++n) {
      const CorrectionWords& rest = correction.words[n];
      if (rest.content != content_) continue;
      Attached& at = attached_.emplace_back();
      at.correction = correction.number;
      at.n = n;
      if (rest.part == kReportPart) {
        record_.events.clear();
        continue;
      }
      const auto span = found_again(rest, record_.text);
      if (!span) {
        at.reason = span.error();
      } else if (rest.part == kValuePart) {
        words = *span;
      } else {
        Event* event =
            correction.act == Act::kAdd ? added(correction, *span) : told_at(rest, *span);
        if (event != nullptr) {
          at.event = event->id;
          at.incident = incident_of(*event);
        } else if (correction.act != Act::kReject) {
          at.reason = Error{kUnattached, "no event is read from its words any more", {}};
        }
      }
    }
    for (std::size_t n = first; n < attached_.size(); ++n) {
      Attached& at = attached_[n];
      if (at.event.empty()) continue;
      if (!correction.values.empty()) at.reason = put_all(correction, at, words);
      if (correction.act == Act::kReject) {
        std::erase_if(record_.events, [&](const Event& event) { return event.id == at.event; });
      }
    }
  }

  std::vector<Attached> take() { return std::move(attached_); }

 private:
  /// The event that is told by words there: of several the one that is most like what it was.
  Event* told_at(const CorrectionWords& words, Span span) {
    const auto alias = added_.find(words.event);
    const std::string& id = alias == added_.end() ? words.event : alias->second;
    if (alias != added_.end() || is_added(id)) {
      const auto found = std::ranges::find(record_.events, id, &Event::id);
      return found == record_.events.end() ? nullptr : &*found;
    }
    Event* best = nullptr;
    const auto likeness = [&](const Event& event) {
      return std::tuple(event.trigger == span, event.type == words.type, event.id == id);
    };
    for (Event& event : record_.events) {
      if (!event.trigger.overlaps(span) || is_added(event.id)) continue;
      if (best == nullptr || likeness(event) > likeness(*best)) best = &event;
    }
    return best;
  }

  static bool is_added(std::string_view id) { return id.starts_with(kAddedId); }

  /// An event of a person's own, or the one that a newer reading found there by itself.
  Event* added(const Correction& correction, Span span) {
    const std::string own = fmt::format("{}{}", kAddedId, correction.number);
    const auto type = std::ranges::find(correction.values, "type", &CorrectedValue::field);
    const auto read = std::ranges::find_if(record_.events, [&](const Event& event) {
      return event.trigger.overlaps(span) && type != correction.values.end() &&
             event.type == type->value && !is_added(event.id);
    });
    if (read != record_.events.end()) {
      added_[own] = read->id;
      return &*read;
    }
    Event event;
    event.id = event.incident = own;
    event.trigger = span;
    const auto sentence =
        std::ranges::find_if(record_.sentences, [&](Span one) { return one.end > span.begin; });
    event.sentence = static_cast<std::uint32_t>(sentence - record_.sentences.begin());
    event.polarity = "affirmed";
    event.status = "actual";
    event.main = true;
    event.confidence = 1;
    const auto behind = std::ranges::find_if(
        record_.events, [&](const Event& other) { return other.trigger.begin > span.begin; });
    return &*record_.events.insert(behind, std::move(event));
  }

  std::optional<Error> put_all(const Correction& correction, const Attached& at,
                               std::optional<Span> words) {
    Mentions mentions;
    for (Event& event : record_.events) {
      if (incident_of(event) == at.incident) mentions.push_back(&event);
    }
    std::ranges::stable_partition(mentions,
                                  [&](const Event* event) { return event->id == at.event; });
    const std::string id = fmt::format("{}{}", kAddedId, correction.number);
    for (const CorrectedValue& value : correction.values) {
      if (auto mistake = put(value, id, words, record_, mentions)) return mistake;
    }
    return std::nullopt;
  }

  const std::string_view content_;
  Record& record_;
  std::map<std::string, std::string, std::less<>> added_;  ///< Found by a newer reading itself.
  std::vector<Attached> attached_;
};

}  // namespace

std::vector<Attached> apply(const std::vector<Correction>& corrections, std::string_view content,
                            Record& record) {
  Report report(content, record);
  for (const Correction& correction : corrections) report.apply(correction);
  return report.take();
}

std::vector<Attached> keep_corrected(Database& database, std::int64_t report,
                                     std::string_view content, const Record& read, bool anew) {
  const auto corrections = standing(database, content);
  std::vector<Attached> attached;
  std::optional<Record> corrected, compared;
  if (!corrections.empty()) {
    attached = apply(corrections, content, corrected.emplace(read));
    std::vector<Correction> of_events = corrections;
    std::erase_if(of_events, [](const Correction& one) { return one.act == Act::kChange; });
    apply(of_events, content, compared.emplace(read));
  }
  if (anew) forget_rows(database, report);
  write_rows(database, report, corrected ? *corrected : read);
  matching::keep(database, report, content, compared ? *compared : read);
  actors::keep(database, report, corrected ? *corrected : read);
  if (corrected) matching::summarise_anew(database, report);
  if (anew || !attached.empty()) keep_attached(database, report, attached);
  return attached;
}

Result<std::vector<Attached>> rewrite(Database& database, std::int64_t report) {
  std::string content, packed;
  {
    auto rows = database.select("SELECT content, record FROM reports WHERE key = ?", {report});
    if (!rows.next()) return std::vector<Attached>{};
    content = rows.text(0);
    packed = rows.bytes(1);
  }
  const auto json = uncompressed(packed);
  if (!json) return tl::unexpected(json.error());
  const auto record = record_from_json(*json);
  if (!record) return tl::unexpected(record.error());
  actors::forget(database, report);
  auto attached = keep_corrected(database, report, content, *record, true);
  facts::keep(database, report);
  return attached;
}

}  // namespace dateline::chronicle::corrections
