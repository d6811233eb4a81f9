// SPDX-License-Identifier: Apache-2.0
#include "fuzz/promises.h"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <set>
#include <stdexcept>

#include "record/utf8.h"

namespace dateline::fuzz {

namespace {

class Inspector {
 public:
  explicit Inspector(const Record& record) : record_(record) {}

  std::vector<std::string> inspect() {
    if (!record::is_utf8(record_.text)) complain("the text is not UTF-8");
    collect_ids();
    for (const Section& section : record_.sections) span("section", section.span);
    if (record_.page_map) maps("page map", *record_.page_map);
    if (record_.time_map) maps("time map", *record_.time_map);
    std::uint32_t reached = 0;
    for (const Span sentence : record_.sentences) {
      span("sentence", sentence);
      if (sentence.begin < reached) complain("sentences overlap or are out of order");
      reached = sentence.end;
    }
    if (record_.tokens) tokens(*record_.tokens);
    if (record_.names) {
      for (const NameInfo& name : *record_.names) span("name", name.span);
    }
    for (const Entity& e : record_.entities) entity(e);
    for (const Time& t : record_.times) time(t);
    if (record_.published) day("published", record_.published->value.substr(0, 10));
    if (!record_.modified.empty()) day("modified", record_.modified.substr(0, 10));
    for (const Place& place : record_.places) {
      span(place.id, place.span);
      refers(place.id, place.entity);
      confidence(place.id, place.confidence);
    }
    for (const Quantity& q : record_.quantities) quantity(q);
    for (const Attribution& a : record_.attributions) attribution(a);
    no_circles();
    for (const Event& e : record_.events) event(e);
    for (const Gap& gap : record_.gaps) spans("gap", gap.spans);
    reads_back();
    return std::move(complaints_);
  }

 private:
  void complain(std::string what) { complaints_.push_back(std::move(what)); }

  template <typename Map>
  void maps(std::string_view name, const Map& map) {
    std::uint32_t done = 0;
    for (const auto& one : map) {
      span(std::string(name), one.span);
      if (one.span.begin < done) complain(fmt::format("the {} is out of order", name));
      done = one.span.end;
    }
  }

  void collect_ids() {
    const auto add = [this](const auto& items) {
      for (const auto& item : items) {
        if (item.id.empty()) complain("an item has no id");
        if (!ids_.insert(item.id).second) complain(fmt::format("{} is given twice", item.id));
      }
    };
    add(record_.entities);
    add(record_.times);
    add(record_.places);
    add(record_.quantities);
    add(record_.attributions);
    add(record_.events);
  }

  bool at_character(std::uint32_t byte) const {
    return byte >= record_.text.size() ||
           (static_cast<unsigned char>(record_.text[byte]) & 0xC0) != 0x80;
  }

  void span(std::string_view owner, Span span) {
    if (span.begin >= span.end || span.end > record_.text.size()) {
      complain(fmt::format("{}: span [{}, {}) of a text of {} bytes", owner, span.begin, span.end,
                           record_.text.size()));
    } else if (!at_character(span.begin) || !at_character(span.end)) {
      complain(fmt::format("{}: span [{}, {}) cuts a character", owner, span.begin, span.end));
    }
  }

  void spans(std::string_view owner, const std::vector<Span>& all) {
    for (const Span one : all) span(owner, one);
  }

  void refers(std::string_view owner, const std::string& id) {
    if (!id.empty() && !ids_.contains(id)) {
      complain(fmt::format("{} refers to '{}', which is not there", owner, id));
    }
  }

  void confidence(std::string_view owner, std::optional<double> value) {
    if (value && !(*value >= 0 && *value <= 1)) {
      complain(fmt::format("{}: confidence {}", owner, *value));
    }
  }

  void tokens(const std::vector<TokenInfo>& tokens) {
    std::uint32_t reached = 0;
    for (const TokenInfo& token : tokens) {
      span("token", token.span);
      if (token.span.begin < reached) complain("tokens overlap or are out of order");
      reached = token.span.end;
      if (token.head >= tokens.size()) complain("a token's head is no token");
    }
  }

  void entity(const Entity& entity) {
    for (const Alias& alias : entity.aliases) {
      if (alias.span) span(entity.id, *alias.span);
    }
    for (const Mention& mention : entity.mentions) {
      span(entity.id, mention.span);
      for (const auto& part : {mention.head, mention.name}) {
        if (!part) continue;
        span(entity.id, *part);
        if (!mention.span.contains(*part)) {
          complain(fmt::format("{}: part of a mention lies outside it", entity.id));
        }
      }
    }
    for (const Role& role : entity.roles) {
      span(entity.id, role.span);
      refers(entity.id, role.of);
    }
  }

  /// A day of the calendar, as ISO 8601 writes it.
  void day(std::string_view owner, std::string_view day) {
    const auto number = [&](std::size_t from, std::size_t size) {
      unsigned value = 0;
      for (const char c : day.substr(from, size)) {
        if (c < '0' || c > '9') return 0u;  // No year, month or day is 0.
        value = value * 10 + static_cast<unsigned>(c - '0');
      }
      return value;
    };
    const bool written = day.size() == 10 && day[4] == '-' && day[7] == '-' && number(0, 4) > 0;
    if (!written || !std::chrono::year_month_day(std::chrono::year(static_cast<int>(number(0, 4))),
                                                 std::chrono::month(number(5, 2)),
                                                 std::chrono::day(number(8, 2)))
                         .ok()) {
      complain(fmt::format("{}: '{}' is no day", owner, day));
    }
  }

  void days(std::string_view owner, const std::string& begin, const std::string& end) {
    day(owner, begin);
    day(owner, end);
    if (end < begin) complain(fmt::format("{} ends before it begins", owner));
  }

  void time(const Time& time) {
    span(time.id, time.span);
    if (time.anchor) span(time.id, *time.anchor);
    if (!time.begin.empty() || !time.end.empty()) days(time.id, time.begin, time.end);
    if (time.from != "published" && time.from != "text") refers(time.id, time.from);
  }

  void quantity(const Quantity& quantity) {
    span(quantity.id, quantity.span);
    const double least = quantity.min.value_or(quantity.value.value_or(0));
    const double most = quantity.max.value_or(quantity.value.value_or(least));
    const double value = quantity.value.value_or(least);
    if (!(least <= value && value <= most)) {
      complain(fmt::format("{}: its value is not between its bounds", quantity.id));
    }
  }

  void attribution(const Attribution& attribution) {
    spans(attribution.id, attribution.source.spans);
    spans(attribution.id, attribution.cue.spans);
    spans(attribution.id, attribution.content);
    refers(attribution.id, attribution.source.entity);
    refers(attribution.id, attribution.inside);
  }

  /// What is quoted in another attribution is not quoted in itself.
  void no_circles() {
    std::map<std::string, std::string> inside;
    for (const Attribution& a : record_.attributions) inside[a.id] = a.inside;
    for (const Attribution& a : record_.attributions) {
      std::string at = a.inside;
      for (std::size_t steps = 0; !at.empty() && steps <= inside.size(); ++steps) at = inside[at];
      if (!at.empty()) complain(fmt::format("{} lies inside itself", a.id));
    }
  }

  void event(const Event& event) {
    span(event.id, event.trigger);
    if (event.sentence >= record_.sentences.size()) {
      complain(fmt::format("{} lies in sentence {}, which is not there", event.id, event.sentence));
    }
    for (const auto* side : {&event.actors, &event.recipients}) {
      for (const Participant& participant : *side) {
        span(event.id, participant.span);
        refers(event.id, participant.entity);
      }
    }
    if (event.date) {
      days(event.id, event.date->begin, event.date->end);
      refers(event.id, event.date->time);
    }
    refers(event.id, event.place);
    for (const std::string& id : event.quantities) refers(event.id, id);
    for (const std::string& id : event.according_to) refers(event.id, id);
    confidence(event.id, event.confidence);
  }

  void reads_back() {
    std::string json;
    append_json(record_, json);
    if (json.find('\n') != std::string::npos) complain("the JSON is more than one line");
    const auto again = record_from_json(json);
    if (!again) return complain(fmt::format("its JSON is refused: {}", again.error().message));
    std::string twice;
    append_json(*again, twice);
    if (json != twice) complain("its JSON changes when it is read and written again");
  }

  const Record& record_;
  std::set<std::string> ids_;
  std::vector<std::string> complaints_;
};

}  // namespace

std::vector<std::string> broken_promises(const Record& record) {
  return Inspector(record).inspect();
}

void require_promises(const Record& record) {
  const auto broken = broken_promises(record);
  if (!broken.empty()) throw std::logic_error(broken.front());
}

}  // namespace dateline::fuzz
