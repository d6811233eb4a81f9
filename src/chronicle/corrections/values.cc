// SPDX-License-Identifier: Apache-2.0
#include "chronicle/corrections/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "chronicle/accounts.h"
#include "chronicle/conditions.h"
#include "chronicle/corrections/words.h"
#include "chronicle/names.h"
#include "dateline/event_types.h"

namespace dateline::chronicle::corrections {

namespace {

constexpr std::string_view kNone = "none", kRange = "..";

/// What is being put where.
struct Putting {
  const std::string& value;
  const std::string& id;
  std::optional<Span> words;
  Record& record;
  const Mentions& mentions;

  bool none() const { return value == kNone; }
};

struct Field {
  std::string_view name;
  std::string (*tell)(const Record&, const Mentions&);
  std::optional<Error> (*put)(const Putting&);
};

Error impossible(std::string message) { return {4030, std::move(message), {}}; }

std::string known_or_none(const std::string& value) {
  return value.empty() ? std::string(kNone) : value;
}

template <typename Item>
const Item* named(const std::vector<Item>& items, std::string_view id) {
  const auto found = std::ranges::find(items, id, &Item::id);
  return found == items.end() ? nullptr : &*found;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

std::vector<std::string> names_in(std::string_view value) {
  std::vector<std::string> names;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(';'), value.size());
    if (const auto name = trimmed(value.substr(0, end)); !name.empty()) names.emplace_back(name);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return names;
}

/// Of several spans the one that stands nearest to the event, its own sentence first.
std::optional<Span> nearest(std::vector<Span> spans, const Record& record, const Event& event) {
  if (spans.empty()) return std::nullopt;
  const Span sentence =
      event.sentence < record.sentences.size() ? record.sentences[event.sentence] : event.trigger;
  const auto distance = [&](Span span) {
    const std::uint32_t far = span.begin > event.trigger.begin ? span.begin - event.trigger.begin
                                                               : event.trigger.begin - span.begin;
    return std::pair(!sentence.contains(span), far);
  };
  return std::ranges::min(spans, {}, distance);
}

/// A record of another's making may have spans beyond its text.
std::string words_of(Span span, const Record& record) {
  if (span.begin > span.end || span.end > record.text.size()) return "";
  return std::string(span.of(record.text));
}

Span nowhere(const Event& event) { return {event.trigger.begin, event.trigger.begin}; }

/// Where the report has these words; an empty span where it has them nowhere.
Span words_for(std::string_view words, const Putting& what) {
  const Event& event = *what.mentions.front();
  if (what.words && words_of(*what.words, what.record) == words) return *what.words;
  return nearest(places_of(words, what.record.text), what.record, event).value_or(nowhere(event));
}

// --- words of a list -----------------------------------------------------------------------------

std::optional<Error> one_of(std::string_view field, const std::string& value,
                            const std::vector<std::string_view>& words) {
  if (std::ranges::find(words, value) != words.end()) return std::nullopt;
  const std::string near = nearest_word(value, words);
  return impossible(near.empty()
                        ? fmt::format("'{}' is no {}: {}", value, field, fmt::join(words, ", "))
                        : fmt::format("'{}' is no {}: did you mean {}?", value, field, near));
}

std::string type_of(const Record&, const Mentions& mentions) {
  return known_or_none(mentions.front()->type);
}

std::optional<Error> put_type(const Putting& what) {
  if (auto mistake = mistake_in({what.value})) return mistake;
  const std::string type = in_capitals(what.value);
  for (Event* event : what.mentions) {
    if (event->type != type) event->mode.clear();  // Modes are those of a type.
    event->type = type;
  }
  return std::nullopt;
}

std::string mode_of(const Record&, const Mentions& mentions) {
  return known_or_none(mentions.front()->mode);
}

std::optional<Error> put_mode(const Putting& what) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || c == '_'; };
  if (!std::ranges::all_of(what.value, is_letter)) {
    return impossible(fmt::format("'{}' is no mode: one word, as 'arrest'", what.value));
  }
  for (Event* event : what.mentions) event->mode = what.none() ? "" : what.value;
  return std::nullopt;
}

std::string status_of(const Record&, const Mentions& mentions) {
  return known_or_none(mentions.front()->status);
}

std::optional<Error> put_status(const Putting& what) {
  if (auto mistake = one_of("status", what.value,
                            {"actual", "ongoing", "planned", "alleged", "hypothetical"})) {
    return mistake;
  }
  for (Event* event : what.mentions) event->status = what.value;
  return std::nullopt;
}

std::string polarity_of(const Record&, const Mentions& mentions) {
  return known_or_none(mentions.front()->polarity);
}

std::optional<Error> put_polarity(const Putting& what) {
  if (auto mistake = one_of("polarity", what.value, {"affirmed", "negated"})) return mistake;
  for (Event* event : what.mentions) event->polarity = what.value;
  return std::nullopt;
}

std::string main_of(const Record&, const Mentions& mentions) {
  const bool main =
      std::ranges::any_of(mentions, [](const Event* event) { return event->main.value_or(false); });
  return main ? "yes" : "no";
}

std::optional<Error> put_main(const Putting& what) {
  if (auto mistake = one_of("main", what.value, {"yes", "no"})) return mistake;
  for (Event* event : what.mentions) event->main = what.value == "yes";
  return std::nullopt;
}

// --- day and place -------------------------------------------------------------------------------

std::string day_of(const Record&, const Mentions& mentions) {
  const auto& date = mentions.front()->date;
  if (!date || (date->begin.empty() && date->end.empty())) return std::string(kNone);
  return date->begin == date->end ? date->begin : date->begin + std::string(kRange) + date->end;
}

std::optional<Error> put_day(const Putting& what) {
  std::optional<EventDate> date;
  if (!what.none()) {
    const std::size_t range = what.value.find(kRange);
    const std::string first = what.value.substr(0, range);
    const auto days = days_of(
        {.since = first,
         .until = range == std::string::npos ? first : what.value.substr(range + kRange.size())});
    if (!days) return days.error();
    if (days->first.empty() || days->last.empty()) {
      return impossible(fmt::format(
          "'{}' is no day: 2026-03-09, 2026-03, 2026-03-07..2026-03-09 or none", what.value));
    }
    date = EventDate{days->first, days->last, "", "person"};
    if (what.words) {
      Time& time = what.record.times.emplace_back();
      time.id = date->time = what.id + "t";
      time.span = *what.words;
      time.type = "DATE";
      time.begin = date->begin;
      time.end = date->end;
    }
  }
  for (Event* event : what.mentions) event->date = date;
  return std::nullopt;
}

std::string place_of(const Record& record, const Mentions& mentions) {
  const Place* place = named(record.places, mentions.front()->place);
  if (place == nullptr) return std::string(kNone);
  const std::string name = place->name.empty() ? words_of(place->span, record) : place->name;
  return place->country.empty() ? name : fmt::format("{} ({})", name, place->country);
}

/// "Kolvar (TSM)": the name, and the country where there is one.
std::pair<std::string, std::string> name_and_country(std::string_view value) {
  constexpr std::size_t kBehind = 6;  // " (TSM)"
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (value.size() > kBehind && value.ends_with(')') &&
      value.substr(value.size() - kBehind, 2) == " (" &&
      std::ranges::all_of(value.substr(value.size() - 4, 3), is_capital)) {
    return {std::string(value.substr(0, value.size() - kBehind)),
            std::string(value.substr(value.size() - 4, 3))};
  }
  return {std::string(value), ""};
}

/// The report's own place of this name, the one whose whereabouts are known first.
const Place* place_called(const std::string& name, const std::string& country,
                          const Record& record) {
  const std::string sought = folded(name);
  const Place* found = nullptr;
  for (const Place& place : record.places) {
    if (folded(place.name) != sought && folded(words_of(place.span, record)) != sought) continue;
    if (!country.empty() && place.country != country) continue;
    if (found == nullptr || (place.lat && !found->lat)) found = &place;
  }
  return found;
}

std::optional<Error> put_place(const Putting& what) {
  std::string id;
  if (!what.none()) {
    const auto [name, country] = name_and_country(what.value);
    if (const Place* place = place_called(name, country, what.record)) {
      id = place->id;
    } else {
      Place made;
      made.id = id = what.id + "p";
      made.span = what.words ? *what.words : words_for(name, what);
      made.name = name;
      made.country = country;
      what.record.places.push_back(std::move(made));
    }
  }
  for (Event* event : what.mentions) event->place = id;
  return std::nullopt;
}

// --- parties and voices --------------------------------------------------------------------------

const Entity* entity_called(const std::string& name, const Record& record) {
  const std::string sought = folded(name);
  const auto goes_by_it = [&](const Entity& entity) {
    return folded(entity.name) == sought ||
           std::ranges::any_of(entity.aliases,
                               [&](const Alias& one) { return folded(one.name) == sought; }) ||
           std::ranges::any_of(entity.mentions, [&](const Mention& mention) {
             return mention.form != "pronoun" && folded(words_of(mention.span, record)) == sought;
           });
  };
  const auto found = std::ranges::find_if(record.entities, goes_by_it);
  return found == record.entities.end() ? nullptr : &*found;
}

/// Who is called so in this report: an entity of it, else its words, else a new one.
Participant party_called(const std::string& name, std::size_t number, const Putting& what) {
  const Event& event = *what.mentions.front();
  if (const Entity* entity = entity_called(name, what.record)) {
    std::vector<Span> spans;
    for (const Mention& mention : entity->mentions) spans.push_back(mention.span);
    return {entity->id, nearest(spans, what.record, event).value_or(nowhere(event))};
  }
  const Span words = words_for(name, what);
  if (words.size() > 0) return {"", words};
  Entity& made = what.record.entities.emplace_back();
  made.id = fmt::format("{}e{}", what.id, number);
  made.name = name;
  return {made.id, words};
}

std::string called(const Record& record, std::string_view entity, Span words) {
  const Entity* found = named(record.entities, entity);
  return found != nullptr && !found->name.empty() ? found->name : words_of(words, record);
}

template <std::vector<Participant> Event::* Side>
std::string parties_of(const Record& record, const Mentions& mentions) {
  std::vector<std::string> names;
  for (const Participant& who : mentions.front()->*Side) {
    names.push_back(called(record, who.entity, who.span));
  }
  return known_or_none(fmt::format("{}", fmt::join(names, "; ")));
}

template <std::vector<Participant> Event::* Side>
std::optional<Error> put_parties(const Putting& what) {
  std::vector<Participant> parties;
  if (!what.none()) {
    for (const std::string& name : names_in(what.value)) {
      parties.push_back(party_called(name, what.record.entities.size(), what));
    }
  }
  for (Event* event : what.mentions) event->*Side = parties;
  return std::nullopt;
}

std::string voices_of(const Record& record, const Mentions& mentions) {
  std::vector<std::string> names;
  for (const std::string& id : mentions.front()->according_to) {
    const Attribution* said = named(record.attributions, id);
    if (said == nullptr) continue;
    const Span words = said->source.spans.empty() ? Span{} : said->source.spans.front();
    names.push_back(called(record, said->source.entity, words));
  }
  return known_or_none(fmt::format("{}", fmt::join(names, "; ")));
}

/// What this one says in the report, the words around the event first; else something new.
std::string attribution_to(const Participant& source, std::size_t number, const Putting& what) {
  const Event& event = *what.mentions.front();
  const Attribution* found = nullptr;
  for (const Attribution& said : what.record.attributions) {
    const bool same = source.entity.empty() ? std::ranges::find(said.source.spans, source.span) !=
                                                  said.source.spans.end()
                                            : said.source.entity == source.entity;
    if (!same) continue;
    const bool around = std::ranges::any_of(
        said.content, [&](Span content) { return content.contains(event.trigger); });
    if (found == nullptr || around) found = &said;
  }
  if (found != nullptr) return found->id;
  Attribution& made = what.record.attributions.emplace_back();
  made.id = fmt::format("{}a{}", what.id, number);
  if (source.span.size() > 0) made.source.spans = {source.span};
  made.source.entity = source.entity;
  made.stance = "asserts";
  return made.id;
}

std::optional<Error> put_voices(const Putting& what) {
  std::vector<std::string> voices;
  if (!what.none()) {
    for (const std::string& name : names_in(what.value)) {
      const Participant source = party_called(name, what.record.entities.size(), what);
      voices.push_back(attribution_to(source, what.record.attributions.size(), what));
    }
  }
  for (Event* event : what.mentions) event->according_to = voices;
  return std::nullopt;
}

// --- numbers -------------------------------------------------------------------------------------

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto got = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  constexpr double kMost = 1e12;
  const bool good = got.ec == std::errc() && got.ptr == end && value >= 0 && value <= kMost;
  return good ? std::optional(value) : std::nullopt;
}

std::string number_of(const Record& record, const Mentions& mentions, std::string_view counts) {
  const Quantity* most = nullptr;
  for (const Event* event : mentions) {
    for (const std::string& id : event->quantities) {
      const Quantity* one = named(record.quantities, id);
      if (one == nullptr || one->counts != counts) continue;
      if (most == nullptr || one->value.value_or(0) > most->value.value_or(0)) most = one;
    }
  }
  if (most == nullptr) return std::string(kNone);
  if (most->min == most->max && most->value) return fmt::format("{}", *most->value);
  return (most->min ? fmt::format("{}", *most->min) : "") + std::string(kRange) +
         (most->max ? fmt::format("{}", *most->max) : "");
}

std::optional<Error> put_number(const Putting& what, std::string_view counts) {
  std::optional<Quantity> made;
  if (!what.none()) {
    const std::string_view value = what.value;
    const std::size_t range = value.find(kRange);
    const std::string_view low = value.substr(0, range);
    const std::string_view high =
        range == std::string_view::npos ? low : value.substr(range + kRange.size());
    const auto min = number_in(low), max = number_in(high);
    if ((!min && !low.empty()) || (!max && !high.empty()) || (!min && !max) ||
        (min && max && *max < *min)) {
      return impossible(
          fmt::format("'{}' is no number of {}: 12, 8..20, 8.., ..20 or none", value, counts));
    }
    made.emplace();
    made->id = fmt::format("{}{}", what.id, counts);
    made->span = what.words.value_or(nowhere(*what.mentions.front()));
    made->value = min ? min : max;
    made->min = min;
    made->max = max;
    made->qualifier = min == max ? "exact" : !max ? "at_least" : !min ? "at_most" : "range";
    made->counts = counts;
    what.record.quantities.push_back(*made);
  }
  for (Event* event : what.mentions) {
    std::erase_if(event->quantities, [&](const std::string& id) {
      const Quantity* one = named(what.record.quantities, id);
      return one != nullptr && one->counts == counts;
    });
  }
  if (made) what.mentions.front()->quantities.push_back(made->id);
  return std::nullopt;
}

/// In the order in which they are put: a mode after its type.
constexpr std::array<Field, 10> kFields = {{
    {"type", type_of, put_type},
    {"mode", mode_of, put_mode},
    {"day", day_of, put_day},
    {"place", place_of, put_place},
    {"actors", parties_of<&Event::actors>, put_parties<&Event::actors>},
    {"recipients", parties_of<&Event::recipients>, put_parties<&Event::recipients>},
    {"according_to", voices_of, put_voices},
    {"status", status_of, put_status},
    {"polarity", polarity_of, put_polarity},
    {"main", main_of, put_main},
}};

const Field* field_called(std::string_view name) {
  const auto found = std::ranges::find(kFields, name, &Field::name);
  return found == kFields.end() ? nullptr : &*found;
}

bool is_toll(std::string_view name) { return std::ranges::find(kTolls, name) != kTolls.end(); }

}  // namespace

std::string value_of(const Record& record, const Mentions& mentions, const std::string& field) {
  if (is_toll(field)) return number_of(record, mentions, field);
  const Field* found = field_called(field);
  return found == nullptr ? "" : found->tell(record, mentions);
}

std::optional<Error> put(const CorrectedValue& value, const std::string& id,
                         std::optional<Span> words, Record& record, const Mentions& mentions) {
  if (value.value.empty()) {
    return impossible(
        fmt::format("'{}=' gives no value; '{}=none' takes it away", value.field, value.field));
  }
  const Putting what{value.value, id, words, record, mentions};
  if (is_toll(value.field)) return put_number(what, value.field);
  if (const Field* field = field_called(value.field)) return field->put(what);
  std::vector<std::string_view> names;
  for (const Field& field : kFields) names.push_back(field.name);
  names.insert(names.end(), kTolls.begin(), kTolls.end());
  return impossible(no_such("value", value.field, names));
}

}  // namespace dateline::chronicle::corrections
