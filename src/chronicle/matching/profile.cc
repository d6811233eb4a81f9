// SPDX-License-Identifier: Apache-2.0
#include "chronicle/matching/profile.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <map>
#include <type_traits>
#include <unordered_map>

#include "chronicle/matching/copies.h"

namespace dateline::chronicle::matching {

Day day_in(std::string_view iso) {
  const auto number = [&](std::size_t at, std::size_t digits) {
    int value = 0;
    for (std::size_t k = at; k < at + digits; ++k) {
      if (iso[k] < '0' || iso[k] > '9') return -1;
      value = 10 * value + (iso[k] - '0');
    }
    return value;
  };
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return kNoDay;
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (year < 0 || month < 0 || day < 0 || !date.ok()) return kNoDay;
  return static_cast<Day>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::uint32_t mark_of(std::string_view name) {
  if (name.empty()) return 0;
  std::uint32_t value = 2166136261u;
  for (const char c : name) value = (value ^ static_cast<std::uint8_t>(c)) * 16777619u;
  return value;
}

namespace {

void put(Marks& marks, std::uint32_t mark) {
  if (mark == 0) return;
  const auto at = std::ranges::lower_bound(marks, mark);
  if (at == marks.end() || *at != mark) marks.insert(at, mark);
}

void put(Marks& marks, std::string_view text) {
  for (const WordId word : words_in(text)) put(marks, word);
}

class Profiler {
 public:
  explicit Profiler(const Record& record) : record_(record) {
    for (const Entity& entity : record.entities) entities_[entity.id] = &entity;
    for (const Place& place : record.places) places_[place.id] = &place;
    for (const Quantity& quantity : record.quantities) quantities_[quantity.id] = &quantity;
  }

  Profile make() {
    Profile profile;
    if (record_.published) profile.published = day_in(record_.published->value);
    std::vector<WordId> words = words_in(record_.text);
    const Sketch sketch = sketch_of(words);
    profile.sketch = sketch.smallest;
    profile.shingles = sketch.of;
    if (!record_.text.starts_with(record_.title)) {
      const auto title = words_in(record_.title);
      words.insert(words.end(), title.begin(), title.end());
    }
    profile.words = counted(std::move(words));
    for (const Event& event : record_.events) {
      if (event.status == "hypothetical") continue;
      told_[event.incident.empty() ? event.id : event.incident].push_back(&event);
    }
    for (const auto& [incident, events] : told_)
      profile.tellings.push_back(telling(incident, events));
    std::ranges::sort(profile.tellings, {}, &Telling::trigger);
    return profile;
  }

 private:
  std::string_view words(Span span) const {
    return span.begin <= span.end && span.end <= record_.text.size() ? span.of(record_.text)
                                                                     : std::string_view();
  }

  Telling telling(const std::string& incident, const std::vector<const Event*>& events) const {
    Telling telling;
    telling.incident = incident;
    telling.trigger = events.front()->trigger.begin;
    telling.sentence = events.front()->sentence;
    std::vector<std::uint32_t> sentences;
    for (const Event* event : events) {
      put(telling.types, mark_of(event->type));
      put(telling.modes, mark_of(event->mode));
      put(telling.statuses, mark_of(event->status));
      put(telling.triggers, words(event->trigger));
      put(sentences, event->sentence + 1);
      telling.main = telling.main || event->main.value_or(false);
      telling.negated = telling.negated || event->polarity == "negated";
      telling.confidence =
          std::max(telling.confidence, static_cast<float>(event->confidence.value_or(0)));
      if (event->date && telling.begin == kNoDay) add_day(*event->date, telling);
      if (!telling.placed) add_place(event->place, telling);
      add_parties(event->actors, telling.actors);
      add_parties(event->recipients, telling.recipients);
      add_tolls(event->quantities, telling.tolls);
    }
    add_sentences(sentences, telling);
    add_named(sentences, telling);
    return telling;
  }

  static void add_day(const EventDate& date, Telling& telling) {
    telling.begin = day_in(date.begin.empty() ? date.end : date.begin);
    telling.end = day_in(date.end.empty() ? date.begin : date.end);
    if (telling.begin == kNoDay || telling.end == kNoDay) telling.begin = telling.end = kNoDay;
    telling.inferred = date.from != "text";
  }

  void add_place(const std::string& id, Telling& telling) const {
    const auto found = places_.find(id);
    if (found == places_.end()) return;
    const Place& place = *found->second;
    telling.placed = true;
    telling.geonameid = place.geonameid.value_or(0);
    if (place.lat && place.lon) {
      telling.lat = static_cast<float>(*place.lat);
      telling.lon = static_cast<float>(*place.lon);
    }
    telling.country = mark_of(place.country);
    put(telling.place_words, place.name);
    put(telling.place_words, words(place.span));
  }

  void add_parties(const std::vector<Participant>& told, std::vector<Party>& parties) const {
    for (const Participant& one : told) {
      Party party;
      put(party.words, words(one.span));
      if (const auto found = entities_.find(one.entity); found != entities_.end()) {
        const Entity& entity = *found->second;
        party.kind = mark_of(entity.kind);
        put(party.words, entity.name);
        for (const Alias& alias : entity.aliases) put(party.words, alias.name);
      }
      const auto same = std::ranges::find(parties, party.words, &Party::words);
      if (same == parties.end()) parties.push_back(std::move(party));
    }
  }

  void add_tolls(const std::vector<std::string>& ids, std::vector<Toll>& tolls) const {
    for (const std::string& id : ids) {
      const auto found = quantities_.find(id);
      if (found == quantities_.end()) continue;
      const Quantity& quantity = *found->second;
      if (quantity.counts.empty() || !quantity.value) continue;
      tolls.push_back({mark_of(quantity.counts),
                       static_cast<float>(quantity.min.value_or(*quantity.value)),
                       static_cast<float>(quantity.max.value_or(*quantity.value))});
    }
  }

  /// Sentences count from 1 here.
  void add_sentences(const std::vector<std::uint32_t>& sentences, Telling& telling) const {
    std::vector<WordId> own, around;
    Marks beside;
    const auto add = [&](std::uint32_t number, std::vector<WordId>& to) {
      if (number == 0 || number > record_.sentences.size()) return;
      const auto more = words_in(words(record_.sentences[number - 1]));
      to.insert(to.end(), more.begin(), more.end());
    };
    for (const std::uint32_t number : sentences) {
      add(number, own);
      for (std::uint32_t near = number - 1; near <= number + 1; ++near) put(beside, near);
    }
    for (const std::uint32_t number : beside) add(number, around);
    telling.words = counted(std::move(own));
    telling.around = counted(std::move(around));
  }

  /// Who and what is named in these sentences, which count from 1.
  void add_named(const Marks& sentences, Telling& telling) const {
    const auto stands_there = [&](Span span) {
      return std::ranges::any_of(sentences, [&](std::uint32_t number) {
        return number > 0 && number <= record_.sentences.size() &&
               record_.sentences[number - 1].contains(span);
      });
    };
    for (const Entity& entity : record_.entities) {
      if (entity.kind != "person") continue;
      for (const Mention& mention : entity.mentions) {
        if (mention.name && stands_there(*mention.name)) put(telling.people, words(*mention.name));
      }
    }
    for (const Place& place : record_.places) {
      if (place.geonameid && place.precision != "country" && place.precision != "admin1" &&
          stands_there(place.span)) {
        put(telling.towns, static_cast<std::uint32_t>(*place.geonameid));
      }
    }
  }

  const Record& record_;
  std::unordered_map<std::string, const Entity*> entities_;
  std::unordered_map<std::string, const Place*> places_;
  std::unordered_map<std::string, const Quantity*> quantities_;
  std::map<std::string, std::vector<const Event*>> told_;
};

// --- as bytes ------------------------------------------------------------------------------------

/// One description of the layout serves writing and reading.
class Packer {
 public:
  std::string bytes;

  template <class T>
    requires std::is_arithmetic_v<T>
  void field(const T& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void field(const std::string& text) {
    field(static_cast<std::uint32_t>(text.size()));
    bytes += text;
  }
  template <class T>
  void list(const std::vector<T>& values, auto each) {
    field(static_cast<std::uint32_t>(values.size()));
    for (const T& value : values) each(value);
  }
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}
  bool whole() const { return !broken_ && rest_.empty(); }
  bool broken() const { return broken_; }

  void field(bool& value) {
    std::uint8_t byte = 0;
    field(byte);
    value = byte != 0;
  }
  template <class T>
    requires std::is_arithmetic_v<T>
  void field(T& value) {
    if (rest_.size() < sizeof value) return fail();
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
  }
  void field(std::string& text) {
    std::uint32_t size = 0;
    field(size);
    if (rest_.size() < size) return fail();
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  template <class T>
  void list(std::vector<T>& values, auto each) {
    std::uint32_t size = 0;
    field(size);
    if (rest_.size() < size) return fail();  // An item is a byte or more.
    values.resize(size);
    for (T& value : values) {
      if (broken_) return;
      each(value);
    }
  }

 private:
  void fail() {
    broken_ = true;
    rest_ = {};
  }
  std::string_view rest_;
  bool broken_ = false;
};

template <class Io, class Words>
void layout_words(Io& io, Words& words) {
  io.list(words, [&](auto& word) {
    io.field(word.id);
    io.field(word.times);
  });
}

template <class Io, class Marks>
void layout_marks(Io& io, Marks& marks) {
  io.list(marks, [&](auto& mark) { io.field(mark); });
}

template <class Io, class Parties>
void layout_parties(Io& io, Parties& parties) {
  io.list(parties, [&](auto& party) {
    layout_marks(io, party.words);
    io.field(party.kind);
  });
}

template <class Io, class Telling>
void layout_telling(Io& io, Telling& telling) {
  io.field(telling.incident);
  io.field(telling.trigger);
  for (auto* marks : {&telling.types, &telling.modes, &telling.triggers, &telling.statuses,
                      &telling.place_words, &telling.people, &telling.towns}) {
    layout_marks(io, *marks);
  }
  io.field(telling.begin);
  io.field(telling.end);
  for (auto* flag : {&telling.inferred, &telling.placed, &telling.main, &telling.negated}) {
    io.field(*flag);
  }
  io.field(telling.geonameid);
  for (auto* degree : {&telling.lat, &telling.lon}) {
    bool known = degree->has_value();
    float value = degree->value_or(0);
    io.field(known);
    io.field(value);
    if constexpr (std::is_same_v<Io, Unpacker>)
      *degree = known ? std::optional(value) : std::nullopt;
  }
  io.field(telling.country);
  layout_parties(io, telling.actors);
  layout_parties(io, telling.recipients);
  io.list(telling.tolls, [&](auto& toll) {
    io.field(toll.counts);
    io.field(toll.min);
    io.field(toll.max);
  });
  layout_words(io, telling.words);
  layout_words(io, telling.around);
  io.field(telling.sentence);
  io.field(telling.confidence);
}

template <class Io, class Profile>
void layout_head(Io& io, Profile& profile) {
  io.field(profile.published);
  layout_words(io, profile.words);
}

template <class Io, class Profile>
void layout(Io& io, Profile& profile) {
  layout_head(io, profile);
  layout_marks(io, profile.sketch);
  io.field(profile.shingles);
  io.list(profile.tellings, [&](auto& telling) { layout_telling(io, telling); });
}

}  // namespace

Profile profile_of(const Record& record) { return Profiler(record).make(); }

std::string packed(const Profile& profile) {
  Packer packer;
  layout(packer, profile);
  return std::move(packer.bytes);
}

std::optional<Profile> unpacked(std::string_view bytes) {
  Unpacker unpacker(bytes);
  Profile profile;
  layout(unpacker, profile);
  if (!unpacker.whole()) return std::nullopt;
  return profile;
}

std::optional<Words> words_in_packed(std::string_view bytes) {
  Unpacker unpacker(bytes);
  Profile profile;
  layout_head(unpacker, profile);
  if (unpacker.broken()) return std::nullopt;
  return std::move(profile.words);
}

}  // namespace dateline::chronicle::matching
