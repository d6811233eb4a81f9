// SPDX-License-Identifier: Apache-2.0
#include "chronicle/actors/naming.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

#include "knowledge/digest.h"
#include "knowledge/name_key.h"

namespace dateline::chronicle::actors {

namespace {

using knowledge::name_key;
using knowledge::words_of_key;
using Words = std::vector<std::string_view>;

constexpr std::array<std::string_view, 7> kTables = {"actors.tsv", "agents.tsv", "countries.tsv",
                                                     "nouns.tsv",  "organs.tsv", "own_actors.tsv",
                                                     "titles.tsv"};
constexpr std::array<std::string_view, 8> kSmallWords = {"of", "the", "and", "for",
                                                         "de", "in",  "on",  "to"};
constexpr std::size_t kLongestName = 100, kMostWords = 12, kMostWordsOfPerson = 5;

bool is_small(std::string_view word) {
  return std::ranges::find(kSmallWords, word) != kSmallWords.end();
}

bool has_digit(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string joined(std::span<const std::string_view> words) {
  return fmt::format("{}", fmt::join(words, " "));
}

/// Whether all words of the first are among those of the second.
bool is_part(std::string_view part, std::string_view whole) {
  const Words all = words_of_key(whole);
  return std::ranges::all_of(words_of_key(part), [&](std::string_view word) {
    return std::ranges::find(all, word) != all.end();
  });
}

bool is_capitals(std::string_view name) {
  return std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; }) &&
         std::ranges::any_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

bool abbreviates(std::string_view key, std::string_view name) {
  if (key.size() < 2 || key.size() > 10 || key.find(' ') != std::string_view::npos) return false;
  for (const bool with_small : {false, true}) {
    std::string initials;
    for (const std::string_view word : words_of_key(name)) {
      if (with_small || !is_small(word)) initials += word.front();
    }
    if (initials.size() > 1 && initials == key) return true;
  }
  return false;
}

Result<Names> Names::load(const knowledge::Directory& tables) {
  Names made;
  auto countries = knowledge::Countries::load(tables);
  if (!countries) return tl::unexpected(countries.error());
  made.countries_ = std::move(*countries);
  auto agents = knowledge::Agents::load(tables, made.countries_);
  if (!agents) return tl::unexpected(agents.error());
  made.agents_ = std::move(*agents);
  auto organs = knowledge::Organs::load(tables);
  if (!organs) return tl::unexpected(organs.error());
  made.organs_ = std::move(*organs);
  auto own = knowledge::OwnActors::load(tables, made.countries_);
  if (!own) return tl::unexpected(own.error());
  made.own_ = std::move(*own);
  auto words = knowledge::Words::load(tables);
  if (!words) return tl::unexpected(words.error());
  made.words_ = std::move(*words);
  auto version = knowledge::digest_of(tables, kTables);
  if (!version) return tl::unexpected(version.error());
  made.version_ = std::move(*version);
  for (const knowledge::Country& country : made.countries_.all()) {
    const auto put = [&](Codes& codes, const std::vector<std::string>& names) {
      for (const std::string& name : names) codes.emplace(name_key(name), country.alpha3);
    };
    put(made.country_names_, {country.name});
    put(made.country_names_, country.names);
    put(made.peoples_, country.demonyms);
    put(made.capitals_, country.capitals);
  }
  return made;
}

std::optional<Naming> Names::of(const Called& entity) const {
  const std::string key = name_key(entity.name);
  if (key.empty() || key.size() > kLongestName || words_of_key(key).size() > kMostWords) {
    return std::nullopt;
  }
  if (auto made = own(entity, key)) return made;
  if (entity.kind == "place" || entity.kind == "facility") return std::nullopt;
  if (auto made = known(entity, key)) return made;
  if (entity.kind == "person") return person(entity, key);
  if (auto made = state(entity, key)) return made;
  if (entity.kind == "organization" || entity.kind == "group") return organization(entity, key);
  return std::nullopt;
}

std::optional<Naming> Names::own(const Called& entity, const std::string& key) const {
  if (!entity.named) return std::nullopt;
  const auto* row = own_.by_name(key, entity.kind);
  for (auto alias = entity.aliases.begin(); row == nullptr && alias != entity.aliases.end();
       ++alias) {
    // "Cristi" alone may be another of the name.
    const std::string other = name_key(*alias);
    if (!is_part(other, key)) row = own_.by_name(other, entity.kind);
  }
  if (row == nullptr) return std::nullopt;
  return Naming{fmt::format("own|{}|{}", name_key(row->name), row->kind),
                row->kind == "person",
                true,
                key,
                {},
                row->kind,
                row->country,
                row->sector};
}

std::optional<Naming> Names::known(const Called& entity, const std::string& key) const {
  if (!entity.named) return std::nullopt;
  // Of people only names are believed that are written as the table has them.
  const bool is_person = entity.kind == "person";
  const auto* row = is_person ? agents_.by_name(entity.name) : agents_.by_key(key);
  if (is_person && words_of_key(key).size() < 2) row = nullptr;
  for (auto alias = entity.aliases.begin();
       !is_person && row == nullptr && alias != entity.aliases.end(); ++alias) {
    const std::string other = name_key(*alias);
    if (abbreviates(other, key)) row = agents_.by_key(other);
  }
  if (row == nullptr) return std::nullopt;
  const bool is_elsewhere = entity.from == "gazetteer" && entity.country != row->country &&
                            countries_.by_alpha3(row->country) != nullptr;
  if (is_elsewhere) return std::nullopt;
  return Naming{fmt::format("known|{}", name_key(row->name)),
                false,
                true,
                key,
                {},
                is_person || entity.kind == "other" ? "organization" : "",
                row->country,
                row->sector};
}

/// A country, its people, or an organ of it.
std::optional<Naming> Names::state(const Called& entity, const std::string& key) const {
  const auto made = [&](std::string_view what, const std::string& country, std::string kind,
                        std::string sector) {
    return Naming{fmt::format("{}|{}", what, country),
                  false,
                  true,
                  key,
                  {},
                  std::move(kind),
                  country,
                  std::move(sector)};
  };
  if (entity.named) {
    if (const auto* code = knowledge::find(country_names_, key)) {
      return made("country", *code, "country", "");
    }
    if (const auto* code = knowledge::find(peoples_, key))
      return made("people", *code, "group", "");
    if (entity.kind == "country") {
      if (const auto* code = knowledge::find(capitals_, key)) {
        return made("government", *code, "organization", "GOV");
      }
      return Naming{"country|" + key, false, true, key, {}, "country", "", ""};
    }
  }
  // "Velian army", "Velia's army", "army of Velia", "army".
  const Words words = words_of_key(key);
  std::string country;
  std::string rest = key;
  for (std::size_t n = 1; n < words.size() && country.empty(); ++n) {
    const std::span<const std::string_view> all(words);
    std::string first = joined(all.first(n)), last = joined(all.last(n));
    if (first.ends_with('s') && !country_names_.contains(first)) first.pop_back();
    for (const auto* codes : {&country_names_, &peoples_}) {
      if (const auto* code = knowledge::find(*codes, first)) {
        country = *code;
        rest = joined(all.subspan(n));
      }
    }
    if (words.size() < n + 2 || words[words.size() - n - 1] != "of") continue;
    if (const auto* code = knowledge::find(country_names_, last)) {
      country = *code;
      rest = joined(all.first(words.size() - n - 1));
    }
  }
  const auto* organ = organs_.by_name(rest);
  if (organ == nullptr) return std::nullopt;
  // What the report speaks of most is believed of a name alone.
  if (country.empty() && (entity.has_sure_country() || entity.named)) country = entity.country;
  if (countries_.by_alpha3(country) == nullptr) return std::nullopt;
  return made(organ->name, country, "organization", organ->sector);
}

std::optional<Naming> Names::person(const Called& entity, const std::string& key) const {
  Words words = words_of_key(key);
  const auto is_title = [&](std::string_view word) { return words_.titles.contains(word); };
  while (!words.empty() && is_title(words.front())) words.erase(words.begin());
  const auto is_full = [](const Words& of) {
    return of.size() > 1 && of.size() <= kMostWordsOfPerson && of.front().size() > 1 &&
           of.back().size() > 1;
  };
  if (!entity.named || !is_full(words) || has_digit(key)) return std::nullopt;
  const std::string name = joined(words);
  if (country_names_.contains(name) || std::ranges::any_of(words, [](std::string_view word) {
        return is_small(word) && word != "de";
      })) {
    return std::nullopt;
  }
  Naming made{fmt::format("person|{}|{}|{}", name, entity.home(), entity.sector),
              true,
              false,
              name,
              {},
              "",
              "",
              ""};
  for (const std::string& alias : entity.aliases) {
    std::string other = name_key(alias);
    if (other == name || !is_full(words_of_key(other))) continue;
    if (is_part(other, name) || is_part(name, other)) made.other_keys.push_back(std::move(other));
  }
  return made;
}

std::optional<Naming> Names::organization(const Called& entity, const std::string& key) const {
  if (!entity.named) return std::nullopt;
  if (is_common(key) && !entity.has_sure_country()) {
    // "The Front", which its report also calls the HPA.
    for (const std::string& alias : entity.aliases) {
      Called other = entity;
      other.name = alias;
      other.aliases.clear();
      const std::string called = name_key(alias);
      if (called.empty() || is_common(called) || is_part(called, key)) continue;
      if (auto made = known(other, called)) return made;
      return organization(other, called);
    }
    return std::nullopt;
  }
  const std::string country = entity.has_sure_country() ? entity.country : "";
  Naming made{fmt::format("organization|{}|{}", key, country), false, false, key, {}, "", "", ""};
  made.fixed = is_common(key);
  for (const std::string& alias : entity.aliases) {
    std::string other = name_key(alias);
    if (other.empty() || other == key || is_part(other, key) || is_common(other)) continue;
    if (organs_.by_name(other) || agents_.by_key(other) || country_names_.contains(other) ||
        peoples_.contains(other)) {
      continue;
    }
    const bool is_short = other.find(' ') == std::string::npos;
    const bool stands_for = abbreviates(other, key) || (other.size() <= 8 && is_capitals(alias));
    if (!is_short || stands_for) made.other_keys.push_back(std::move(other));
  }
  return made;
}

/// Whether all its words are said of many.
bool Names::is_common(std::string_view key) const {
  if (agents_.by_words(key) || agents_.by_name_end(key) || organs_.by_name(key)) return true;
  return std::ranges::all_of(words_of_key(key), [&](std::string_view word) {
    const auto singular = word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
    return is_small(word) || has_digit(word) || organs_.is_common(word) ||
           organs_.is_common(singular) || agents_.by_words(word) || agents_.by_words(singular) ||
           agents_.by_name_end(word) || knowledge::find(words_.nouns, word) ||
           knowledge::find(words_.nouns, singular) || peoples_.contains(word);
  });
}

}  // namespace dateline::chronicle::actors
