// Where: the places a report names, and the country each lies in.
//
// A country is found by its name and is an area, never a pin. A capital tells its country. Other
// names of places are kept with no country, rather than a guess. "Paris, Texas" is not in France:
// what stands after the comma decides.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "reading/reading.h"

namespace dateline::reading {

namespace {

using knowledge::Countries;
using knowledge::Country;
using language::Document;
using language::Name;

bool is_place(const Name& name) { return name.label == "GPE" || name.label == "LOC"; }

/// The words of a name without "the" before and "'s" after it.
Span bare_span(const Document& document, const Name& name) {
  std::uint32_t begin = name.tokens.begin, end = name.tokens.end;
  if (end - begin > 1 && document.tokens[begin].lower == "the") ++begin;
  if (end - begin > 1 && document.tokens[end - 1].tag == "POS") --end;
  return {document.tokens[begin].span.begin, document.tokens[end - 1].span.end};
}

/// A doubtful name is believed where the report also says a demonym or a capital of the country.
bool is_believed(const Document& document, const Country& country, std::string_view words) {
  if (std::find(country.doubtful.begin(), country.doubtful.end(), words) ==
      country.doubtful.end()) {
    return true;
  }
  return std::any_of(document.names.begin(), document.names.end(), [&](const Name& name) {
    const std::string_view said = bare_span(document, name).of(document.text);
    const auto is = [said](const std::string& word) { return word == said; };
    return std::any_of(country.demonyms.begin(), country.demonyms.end(), is) ||
           std::any_of(country.capitals.begin(), country.capitals.end(), is);
  });
}

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

/// The name after "X, ", where a place stands there.
const Name* name_after_comma(const Document& document, std::size_t i) {
  if (i + 1 >= document.names.size()) return nullptr;
  const Name& next = document.names[i + 1];
  const std::uint32_t end = document.names[i].tokens.end;
  const bool comma = next.tokens.begin == end + 1 && document.tokens[end].text == ",";
  return comma && is_place(next) ? &next : nullptr;
}

}  // namespace

void read_places(const Context& context, Record& record) {
  const Document& document = context.document;
  const Countries& countries = context.tables.countries;
  const EntitySpans entities(record);
  for (std::size_t i = 0; i < document.names.size(); ++i) {
    const Name& name = document.names[i];
    if (!is_place(name)) continue;
    Place place;
    place.id = fmt::format("p{}", record.places.size() + 1);
    place.span = bare_span(document, name);
    const std::string_view words = place.span.of(document.text);
    place.name = std::string(words);
    const Country* country = countries.by_name(words);
    if (country && is_believed(document, *country, words)) {
      place.name = country->name;
      place.country = country->alpha3;
      place.precision = "country";
    } else if (!country) {
      const Name* after = name_after_comma(document, i);
      const Country* around =
          after ? countries.by_name(bare_span(document, *after).of(document.text)) : nullptr;
      const Country* capital = countries.by_capital(words);
      if (around) {
        place.country = around->alpha3;
      } else if (capital && !after) {
        place.country = capital->alpha3;
        place.precision = "town";
      }
    }
    place.entity = entities.find(place.span);
    if (place.entity.empty()) place.entity = entities.find(document.span(name.tokens));
    record.places.push_back(std::move(place));
  }
}

}  // namespace dateline::reading
