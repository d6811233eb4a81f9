// Where: the places a report names, each with what it means: country, subdivision, point.
//
// Which words name places is found first (places/toponyms.h), then which place each name means
// (places/choices.h). A name whose place is not known well enough keeps its words, and the country
// where that is clear. A country is an area: precision says how far its point can be trusted.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "reading/components.h"
#include "reading/reading.h"
#include "reading/trace.h"

namespace dateline::reading {

namespace {

using knowledge::Gazetteer;

/// A place less likely than this is not given. Swept for F1 within 161 km on reports that the trees
/// had not seen.
constexpr float kLeastChance = 0.3F;
/// All candidates of one country together, for that country alone.
constexpr double kLeastCountry = 0.5;
/// Share of a report's places of which more must lie in one country for a name without a place to
/// lie there.
constexpr double kLeastShare = 0.5;
/// Candidates that an explanation lists.
constexpr std::size_t kMostConsidered = 8;

/// The entity with a mention of this span, or whose bare name inside a mention has it.
class EntitySpans {
 public:
  explicit EntitySpans(const Record& record) {
    for (const Entity& entity : record.entities) {
      for (const Mention& mention : entity.mentions) {
        spans_.push_back({mention.span, &entity});
        if (mention.name) spans_.push_back({*mention.name, &entity});
      }
    }
    std::stable_sort(spans_.begin(), spans_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
  }
  std::string find(Span span) const {
    const auto at = std::lower_bound(spans_.begin(), spans_.end(), span,
                                     [](const auto& a, Span b) { return a.first < b; });
    return at != spans_.end() && at->first == span ? at->second->id : std::string();
  }

 private:
  std::vector<std::pair<Span, const Entity*>> spans_;
};

/// GeoNames' code of what it is, or of its kind; "demonym" of a people's name.
std::string_view feature_of(const Choice& choice, bool demonym) {
  if (demonym) return "demonym";
  constexpr std::pair<std::string_view, std::string_view> kCodes[] = {
      {"country", "PCLI"}, {"admin1", "ADM1"},    {"admin2", "ADM2"}, {"town", "PPL"},
      {"capital", "PPLC"}, {"continent", "CONT"}, {"sea", "SEA"},     {"lake", "LK"},
      {"river", "STM"},    {"mountain", "MTS"},   {"island", "ISL"},  {"region", "RGN"}};
  for (const auto& [kind, code] : kCodes) {
    if (choice.kind == kind) return code;
  }
  return {};
}

std::string_view precision_of(const Choice& choice) {
  if (choice.kind == "country" || choice.kind == "admin1" || choice.kind == "admin2") {
    return choice.kind;
  }
  return choice.area && choice.kind != "town" ? "region" : "town";
}

/// GeoNames' class of a place that is known by its last or first word alone.
std::string_view class_of(const Toponym& toponym) {
  using enum knowledge::BesidePlace;
  const auto is = [&](knowledge::BesidePlace what) {
    return (toponym.kind & knowledge::PlaceWords::bit(what)) != 0;
  };
  if (is(kStreet) || is(kNumbered)) return "R";
  if (is(kFacility) || toponym.building) return "S";
  if (is(kWater)) return "H";
  if (is(kLand)) return "T";
  return is(kDivision) ? "A" : "";
}

class PlaceReader {
 public:
  PlaceReader(const Context& context, const PlaceFinder& finder, Record& record)
      : context_(context),
        gazetteer_(finder.gazetteer()),
        record_(record),
        toponyms_(finder.toponyms(context)),
        names_(finder.choices(context, record.source.uri, toponyms_)) {}

  void run() {
    std::vector<const Named*> name_of(toponyms_.size());
    for (const Named& named : names_) {
      for (const std::uint32_t mention : named.mentions) name_of[mention] = &named;
    }
    const std::string_view around = country_of_all();
    const EntitySpans entities(record_);
    for (std::size_t n = 0; n < toponyms_.size(); ++n) {
      Place place;
      place.id = fmt::format("p{}", n + 1);
      place.span = toponyms_[n].span;
      place.name = std::string(place.span.of(context_.document.text));
      place.confidence = rounded(toponyms_[n].chance);
      const auto& choices = name_of[n]->choices;
      if (!choices.empty() && choices.front().chance >= kLeastChance) {
        fill(choices.front(), toponyms_[n].demonym, place);
      } else {
        place.feature = class_of(toponyms_[n]);
        place.country = country_of(choices);
        if (place.country.empty()) place.country = country_beside(n, name_of);
        if (place.country.empty()) place.country = around;
      }
      place.entity = entities.find(place.span);
      explain(place.id, choices);
      record_.places.push_back(std::move(place));
    }
  }

 private:
  static double rounded(double chance) { return std::round(chance * 1000) / 1000; }

  std::string_view code(const Choice& choice) const {
    return choice.country == Choice::kNone ? std::string_view() : gazetteer_.code(choice.country);
  }

  void fill(const Choice& choice, bool demonym, Place& place) const {
    const knowledge::Country* country = nullptr;
    if (choice.kind == "country") country = context_.tables.countries.by_alpha3(code(choice));
    place.name = country ? country->name : std::string(choice.name);
    place.country = code(choice);
    if (choice.admin1 != Choice::kNone) place.admin1 = gazetteer_[choice.admin1].name;
    if (choice.entry != Choice::kNone) place.geonameid = gazetteer_[choice.entry].geonameid;
    if (choice.point) {
      place.lat = choice.point->lat;
      place.lon = choice.point->lon;
    }
    place.feature = feature_of(choice, demonym);
    place.precision = precision_of(choice);
    place.confidence = rounded(choice.chance);
  }

  /// The country that the candidates of a name share, though none of them is sure.
  std::string country_of(const std::vector<Choice>& choices) const {
    std::unordered_map<std::uint32_t, double> chances;
    for (const Choice& choice : choices) {
      if (choice.country == Choice::kNone) continue;
      double& sum = chances[choice.country];
      sum += choice.chance;
      if (sum >= kLeastCountry) return std::string(gazetteer_.code(choice.country));
    }
    return {};
  }

  static bool is_known(const Named& named) {
    return !named.choices.empty() && named.choices.front().country != Choice::kNone &&
           named.choices.front().chance >= kLeastChance;
  }

  /// The country of the nearest place that is known in the same sentence, or nothing: "a camp at
  /// Zarb, near Amman". What stands behind counts before what stands in front.
  std::string_view country_beside(std::size_t n, const std::vector<const Named*>& name_of) const {
    const auto& tokens = context_.document.tokens;
    const auto sentence_of = [&](std::size_t m) {
      return tokens[toponyms_[m].tokens.begin].sentence;
    };
    const auto tells = [&](std::size_t m) {
      return !toponyms_[m].demonym && is_known(*name_of[m]);
    };
    constexpr std::size_t kFar = 8;  // Names that are looked at to each side.
    for (std::size_t m = n + 1; m < toponyms_.size() && m <= n + kFar; ++m) {
      if (sentence_of(m) != sentence_of(n)) break;
      if (tells(m)) return code(name_of[m]->choices.front());
    }
    for (std::size_t m = n; m-- > 0 && m + kFar >= n;) {
      if (sentence_of(m) != sentence_of(n)) break;
      if (tells(m)) return code(name_of[m]->choices.front());
    }
    return {};
  }

  /// The country in which at least half of the places of the report lie, people's names apart, or
  /// nothing.
  std::string_view country_of_all() const {
    std::unordered_map<std::uint32_t, double> counts;
    double all = 0;
    for (const Named& named : names_) {
      if (!is_known(named) || toponyms_[named.mentions.front()].demonym) continue;
      const Choice& best = named.choices.front();
      counts[best.country] += best.chance;
      all += best.chance;
    }
    // Of two with half each neither is it.
    for (const auto& [country, count] : counts) {
      if (count > kLeastShare * all) return gazetteer_.code(country);
    }
    return {};
  }

  void explain(const std::string& id, const std::vector<Choice>& choices) const {
    if (!context_.trace) return;
    for (std::size_t k = 0; k < std::min(choices.size(), kMostConsidered); ++k) {
      const Choice& choice = choices[k];
      std::string name(choice.name);
      if (choice.admin1 != Choice::kNone && choice.admin1 != choice.entry) {
        name += fmt::format(", {}", gazetteer_[choice.admin1].name);
      }
      if (choice.kind != "country" && !code(choice).empty())
        name += fmt::format(", {}", code(choice));
      context_.trace->considered.push_back(
          {id, std::move(name), std::string(choice.kind), choice.people, rounded(choice.chance)});
    }
  }

  const Context& context_;
  const Gazetteer& gazetteer_;
  Record& record_;
  std::vector<Toponym> toponyms_;
  std::vector<Named> names_;
};

}  // namespace

void read_places(const Context& context, Record& record) {
  if (context.components) PlaceReader(context, context.components->places, record).run();
}

}  // namespace dateline::reading
