// Events: who did what to whom, in PLOVER's types, with when, where, how many and how sure.
//
// The trunk gives each word a vector; heads learned from marked reports say which words tell of a
// happening (happenings.h) and what fills its slots (slots.h). What a table knows better is read
// off it: the mode of a deed, and what a word other than the trigger says of its mood. Linear in
// the tokens of a report but for triggers of one type, of which the latest are looked at.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "reading/components.h"
#include "reading/events/modality.h"
#include "reading/events/own.h"
#include "reading/events/slots.h"
#include "reading/events/table.h"
#include "reading/events/when.h"
#include "reading/reading.h"
#include "reading/times/calendar.h"
#include "reading/trace.h"

namespace dateline::reading::events {

namespace {

constexpr std::uint32_t kHighest = 16;  ///< Steps up the tree.
/// How much is given on the quick vectors beside the trunk's; swept on reports kept from training.
constexpr Panel::Weights kQuickBesideTrunk{.types = 0.25f,
                                           .status = 0,
                                           .main = 0.5f,
                                           .is_new = 0.3f,
                                           .link = 1,
                                           .slots = {0.5f, 0.2f, 0.5f, 0.2f, 0}};

class EventWriter {
 public:
  EventWriter(const Context& context, Record& record)
      : context_(context),
        record_(record),
        parts_(*context.components->events),
        scene_(context.document, record),
        quick_(parts_.quick.width()) {}

  void run() {
    for (std::uint32_t begin = 0; begin < scene_.size() && !context_.given_up();) {
      const language::TokenRange stretch = stretch_from(context_.document, begin);
      read_stretch(stretch);
      begin = stretch.end;
    }
    attach_quantities();
    std::stable_sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) {
      return a.trigger.begin < b.trigger.begin;
    });
    for (std::size_t a = 0; a < record_.attributions.size(); ++a) {
      for (const Span span : record_.attributions[a].content) contents_.push_back({span, a});
    }
    std::sort(contents_.begin(), contents_.end(),
              [](const Content& a, const Content& b) { return a.span.begin < b.span.begin; });
    for (std::size_t e = 0; e < events_.size(); ++e) {
      events_[e].id = fmt::format("v{}", e + 1);
      counted_from(events_[e]);
      said_by(events_[e]);
    }
    if (context_.trace) tell_why();
    record_.events = std::move(events_);
  }

 private:
  /// A quantity that no happening has taken, other than an age, belongs to the trigger above it;
  /// where there is none, people that were harmed belong to the one happening of their sentence
  /// that harms so.
  void attach_quantities() {
    std::map<std::uint32_t, std::size_t> event_at;  // By the trigger's token.
    std::set<std::string_view> taken;
    for (std::size_t e = 0; e < events_.size(); ++e) {
      event_at.emplace(scene_.tree.first_of(events_[e].trigger), e);
      taken.insert(events_[e].quantities.begin(), events_[e].quantities.end());
    }
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const Quantity& quantity : record_.quantities) {
      if (quantity.counts == "age" || taken.contains(quantity.id)) continue;
      const std::uint32_t head = scene_.tree.head_of(quantity.span);
      std::optional<std::size_t> event = event_above(head, event_at, quantity.counts);
      if (!event) event = only_event_of_sentence(head, event_at, quantity.counts);
      if (event) found.emplace_back(*event, quantity.id);
    }
    for (auto& [event, id] : found) events_[event].quantities.push_back(std::move(id));
  }

  using EventAt = std::map<std::uint32_t, std::size_t>;

  std::optional<std::size_t> event_above(std::uint32_t at, const EventAt& event_at,
                                         std::string_view counts) const {
    for (std::uint32_t steps = 0; steps < kHighest; ++steps) {
      const auto event = event_at.find(at);
      if (event != event_at.end()) {
        if (may_count(type_of(events_[event->second]), counts)) return event->second;
        break;
      }
      if (scene_.tree.is_root(at)) break;
      at = scene_[at].head;
    }
    return std::nullopt;
  }

  std::optional<std::size_t> only_event_of_sentence(std::uint32_t at, const EventAt& event_at,
                                                    std::string_view counts) const {
    const language::TokenRange sentence = scene_.document.sentences[scene_[at].sentence];
    std::optional<std::size_t> only;
    for (auto event = event_at.lower_bound(sentence.begin);
         event != event_at.end() && event->first < sentence.end; ++event) {
      const Event& one = events_[event->second];
      if (!harms(type_of(one), counts)) continue;
      if (only && events_[*only].incident != one.incident) return std::nullopt;
      if (!only) only = event->second;
    }
    return only;
  }

  static std::uint32_t type_of(const Event& event) {
    return static_cast<std::uint32_t>(std::find(kTypes.begin(), kTypes.end(), event.type) -
                                      kTypes.begin());
  }

  void read_stretch(language::TokenRange tokens) {
    panel_.clear();
    quick_.begin(tokens);
    parts_.quick.encode(scene_, context_.tables.words, tokens, quick_.of(tokens.begin));
    panel_.add(parts_.over_quick, parts_.trunk ? kQuickBesideTrunk : Panel::Weights{}, quick_);
    if (parts_.trunk) panel_.add(*parts_.over_trunk, {}, context_.vectors->of(tokens));
    for (const Happening& happening :
         find_happenings(scene_, panel_, context_.tables.words, parts_.verdicts,
                         parts_.trunk.has_value(), context_.trace)) {
      write(happening, fmt::format("i{}", ++incidents_));
    }
  }

  void write(const Happening& happening, const std::string& incident) {
    std::vector<Rival> rivals;
    const Slots slots = fill_slots(scene_, panel_, context_.tables.words, happening,
                                   context_.trace ? &rivals : nullptr);
    const std::vector<Participant> actors = participants(slots.actors);
    const std::vector<Participant> recipients = participants(slots.recipients);
    for (std::size_t t = 0; t < happening.size(); ++t) {
      const Trigger& trigger = happening[t];
      const language::Token& token = scene_[trigger.token];
      Event event;
      event.incident = incident;
      event.type = kTypes[trigger.type];
      const auto* row = row_of(context_.tables.words, scene_, trigger);
      if (row) event.mode = row->mode;
      event.trigger = token.span;
      event.sentence = token.sentence;
      event.actors = actors;
      event.recipients = recipients;
      event.date = date_of(slots, trigger.token);
      const Taken& place = slots.place_of_trigger[t];
      if (place.filler) event.place = record_.places[place.filler->item].id;
      for (const Taken& toll : slots.tolls) {
        if (toll.trigger == trigger.token) {
          event.quantities.push_back(record_.quantities[toll.filler->item].id);
        }
      }
      const Modality modality = modality_of(scene_.tree, trigger.token);
      const bool denied = kStatuses[slots.status] == "denied";
      event.polarity = denied || modality.negated ? "negated" : "affirmed";
      event.status = denied ? "actual" : kStatuses[slots.status];
      if (event.status == "actual" && modality.status == "ongoing") event.status = "ongoing";
      event.main = slots.main;
      event.confidence = std::round(100 * static_cast<double>(happening.chance)) / 100;
      if (context_.trace) explain(trigger, event, slots, place, rivals);
      if (slots.voices) voices_.emplace(event.trigger.begin, *slots.voices);
      events_.push_back(std::move(event));
    }
  }

  /// Keeps why the trigger's event is what it is, until events have their ids.
  void explain(const Trigger& trigger, const Event& event, const Slots& slots, const Taken& place,
               const std::vector<Rival>& rivals) {
    auto& [why, grounds, reasons] = why_[event.trigger.begin];
    const auto* row = row_of(context_.tables.words, scene_, trigger);
    const bool by_row = row && (trigger.own || !row->with.empty());
    grounds.push_back(
        {"", "type", event.type, by_row ? "row" : "learned", trigger.probability, {}});
    if (by_row && !trigger.own) {
      reasons.push_back(
          {"", event.trigger, "verbs.tsv", std::string(scene_[trigger.token].lemma), row->line});
    }
    const auto tell = [&](std::string_view slot, const Taken& taken) {
      const Span words = scene_.tree.span(taken.filler->words);
      const Span mention = taken.trigger == trigger.token ? Span{0, 0} : scene_[taken.trigger].span;
      grounds.push_back({"", std::string(slot), std::string(words.of(record_.text)),
                         taken.by_clause ? "clause" : "learned", taken.probability, mention});
    };
    for (const Taken& taken : slots.actors) tell("actor", taken);
    for (const Taken& taken : slots.recipients) tell("recipient", taken);
    if (place.filler) tell("place", place);
    for (const Taken& taken : slots.tolls) {
      if (taken.trigger == trigger.token) tell("toll", taken);
    }
    if (event.date && event.date->from == "published") {
      grounds.push_back({"", "days", "", "news", 1 / (1 + std::exp(-double{slots.is_new})), {}});
    } else if (const Time* told = time_of(scene_.tree, record_.times, trigger.token)) {
      grounds.push_back({"", "days", std::string(told->span.of(record_.text)), "clause", 0, {}});
    } else if (event.date) {
      tell("days", slots.time);
    }
    const auto features = word_features(context_.tables.words, scene_, trigger.token);
    const std::vector<float> types =
        panel_.types({trigger.token, trigger.token + 1}, {&features, 1});
    std::vector<std::size_t> order(types.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return types[a] > types[b]; });
    for (std::size_t k = 0; k < 3; ++k) {
      why.push_back(
          {"", "type", std::string(order[k] == 0 ? "none" : kTypes[order[k]]), types[order[k]]});
    }
    for (const Rival& rival : rivals) {
      const Span words = scene_.tree.span(rival.filler->words);
      why.push_back(
          {"", std::string(rival.slot), std::string(words.of(record_.text)), rival.probability});
    }
  }

  std::vector<Participant> participants(const std::vector<Taken>& side) const {
    std::vector<Participant> found;
    for (const Taken& taken : side) {
      found.push_back(
          {scene_.mentions.id_at(taken.filler->head), scene_.tree.span(taken.filler->words)});
    }
    return found;
  }

  /// The attributions in whose content the trigger lies, the innermost first, but those on whose
  /// word it does not rest ("the union, which struck in May, said ..."). Asked of events in text
  /// order.
  void said_by(Event& event) {
    while (next_content_ < contents_.size() &&
           contents_[next_content_].span.begin <= event.trigger.begin) {
      open_.push_back(contents_[next_content_++]);
    }
    std::erase_if(open_, [&](const Content& c) { return c.span.end <= event.trigger.begin; });
    if (open_.empty()) return;
    std::vector<Content> around = open_;
    std::sort(around.begin(), around.end(), [](const Content& a, const Content& b) {
      return a.span.size() != b.span.size() ? a.span.size() < b.span.size() : a.of < b.of;
    });
    if (around.size() > 8) around.resize(8);
    const auto voices = voices_.find(event.trigger.begin);
    const auto rests_on = [&](std::size_t attribution) {
      return voices == voices_.end() ||
             voices->second.contains(static_cast<std::uint32_t>(attribution));
    };
    for (const Content& c : around) {
      const std::string& id = record_.attributions[c.of].id;
      if (std::find(event.within.begin(), event.within.end(), id) != event.within.end()) continue;
      event.within.push_back(id);
      if (rests_on(c.of)) event.according_to.push_back(id);
    }
  }

  /// The day of a time that is told of it, or of the report where the happening is its news.
  std::optional<EventDate> date_of(const Slots& slots, std::uint32_t trigger) const {
    const Span words = scene_[trigger].span;
    if (const Time* told = time_of(scene_.tree, record_.times, trigger);
        told && in_one_section(record_, told->span, words) && !dates_the_report(record_, *told)) {
      EventDate date = date_at(*told);
      date.from = "text";
      return date;
    }
    if (slots.time.filler) {
      const Time& time = record_.times[slots.time.filler->item];
      EventDate date = date_at(time);
      const bool here = scene_[slots.time.filler->head].sentence == scene_[trigger].sentence &&
                        in_one_section(record_, time.span, words);
      date.from = here ? "text" : "context";
      return date;
    }
    if (slots.is_new <= 0 || !record_.published) return std::nullopt;
    const auto day = parse_day(record_.published->value);
    if (!day || *day == make_day(1, 1, 1)) return std::nullopt;  // No day is told before year 1.
    return EventDate{format_day(*day - std::chrono::days(1)), format_day(*day), "", "published"};
  }

  /// "since 2011" is open: it lasts to the day of the report, where that is known.
  EventDate date_at(const Time& time) const {
    const std::uint32_t first = scene_.tree.first_of(time.span);
    const bool since = first > 0 && scene_[first - 1].lower == "since";
    if (!since || !record_.published) return {time.begin, time.end, time.id, ""};
    return {time.begin, std::max(time.end, record_.published->value.substr(0, 10)), time.id, ""};
  }

  /// "two days after [the raid]": the raid has the day that is counted from, not the one it leads
  /// to; where its day is not told, the time counts from the raid itself.
  void counted_from(Event& event) {
    auto at = std::partition_point(
        record_.times.begin(), record_.times.end(),
        [&](const Time& time) { return time.span.begin < event.trigger.begin; });
    for (int steps = 0; at != record_.times.begin() && steps < 3; ++steps) {
      Time& time = *--at;
      if (!time.anchor || !time.anchor->contains(event.trigger)) continue;
      if (context_.trace) counted_by(time, event);
      if (const Time* told = time_named(time.from)) {
        event.date = date_at(*told);
        event.date->from = "text";
      } else {
        event.date.reset();
        time.from = event.id;
      }
      return;
    }
  }

  /// Keeps that a time counts from the event, for `dateline explain`.
  void counted_by(const Time& time, const Event& event) {
    auto& grounds = why_[event.trigger.begin].grounds;
    std::erase_if(grounds, [](const Ground& ground) { return ground.slot == "days"; });
    grounds.push_back({"", "days", std::string(time.span.of(record_.text)), "counted", 0, {}});
  }

  /// The time with this id; times are numbered from "t1" on. Null where there is none.
  const Time* time_named(std::string_view id) const {
    std::size_t number = 0;
    if (!id.starts_with("t")) return nullptr;
    const auto end = std::from_chars(id.data() + 1, id.data() + id.size(), number);
    const bool whole = end.ec == std::errc() && end.ptr == id.data() + id.size();
    if (!whole || number < 1 || number > record_.times.size()) return nullptr;
    return &record_.times[number - 1];
  }

  /// What is kept for `dateline explain` of an event.
  struct Why {
    std::vector<Weighed> weighed;
    std::vector<Ground> grounds;
    std::vector<Reason> reasons;
  };

  /// Hands over what was kept of each event, and where the user's own rows stand.
  void tell_why() {
    Trace& trace = *context_.trace;
    std::map<std::uint32_t, std::string> id_at;  // By the trigger's first byte.
    const auto hand_over = [](auto& kept, auto& to, const std::string& id) {
      for (auto& one : kept) {
        one.item = id;
        to.push_back(std::move(one));
      }
    };
    for (const Event& event : events_) {
      id_at.emplace(event.trigger.begin, event.id);
      Why& why = why_[event.trigger.begin];
      hand_over(why.weighed, trace.weighed, event.id);
      hand_over(why.grounds, trace.grounds, event.id);
      hand_over(why.reasons, trace.reasons, event.id);
    }
    for (const OwnWords& words :
         find_own_words(scene_, context_.tables.words.own_events, {0, scene_.size()})) {
      const std::string id = words.tell_of_event() ? id_at[scene_[words.trigger].span.begin] : "";
      trace.reasons.push_back({id, scene_.tree.span(words.tokens),
                               std::string(knowledge::OwnEvent::kTable), words.row->words,
                               words.row->tells.line});
    }
  }

  /// Words that an attribution brings.
  struct Content {
    Span span;
    std::size_t of;
  };

  const Context& context_;
  Record& record_;
  const EventComponents& parts_;
  Scene scene_;
  Vectors quick_;
  Panel panel_;
  std::vector<Event> events_;
  std::uint32_t incidents_ = 0;
  std::vector<Content> contents_, open_;
  std::size_t next_content_ = 0;
  std::map<std::uint32_t, Why> why_;                         ///< By the trigger's first byte,
  std::map<std::uint32_t, std::set<std::uint32_t>> voices_;  ///< and these, too.
};

}  // namespace
}  // namespace dateline::reading::events

namespace dateline::reading {

void read_events(const Context& context, Record& record) {
  if (context.document.tokens.empty() || !context.components || !context.components->events) return;
  events::EventWriter(context, record).run();
}

}  // namespace dateline::reading
