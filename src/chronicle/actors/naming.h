// Who an entity of a report may be, by its name: a row of a table, a country, an organ of one, a
// people, or a name that has to prove itself (evidence.h).
//
// "Unnamed gunmen", a lone surname and a name that any country may use ("the ministry") are nobody
// over reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/agents.h"
#include "knowledge/countries.h"
#include "knowledge/directory.h"
#include "knowledge/organs.h"
#include "knowledge/own_actors.h"
#include "knowledge/words.h"

namespace dateline::chronicle::actors {

/// An entity of a report, as far as its name goes.
struct Called {
  std::string kind, name;
  std::vector<std::string> aliases;
  std::string country, sector, from;  ///< As ActorCode.
  bool named = false;                 ///< Some mention is a name, not a description.

  /// Its own words tell its country: not the report, nor a table's row of part of its name, as
  /// that of the "Democratic Party" in "Christian Democratic Party".
  bool has_sure_country() const {
    return !country.empty() && (from == "gazetteer" || (from == "agents" && kind == "person"));
  }
  /// Its country, behind "~" where it is the report's.
  std::string home() const {
    return country.empty() || has_sure_country() ? country : fmt::format("~{}", country);
  }
};

struct Naming {
  std::string
      signature;  ///< Entities that share one are one actor, but for what tells times apart.
  bool is_person = false;
  bool fixed = false;  ///< Known by a table or as an organ: joined with nothing else.
  std::string key;     ///< Of its name.
  std::vector<std::string> other_keys;  ///< Of other names that its report gives it.
  std::string kind, country, sector;    ///< By table; empty: as the reports have it.
};

/// Whether letters may be an abbreviation of a name: "hpa" of "hadrel peoples army".
bool abbreviates(std::string_view key, std::string_view name);

class Names {
 public:
  static Result<Names> load(const knowledge::Directory& tables);
  /// "sha256:..." of the tables.
  const std::string& version() const { return version_; }

  /// Nothing where it is nobody over reports.
  std::optional<Naming> of(const Called& entity) const;

 private:
  using Codes = knowledge::StringMap<std::string>;  ///< Of countries, by keys.

  std::optional<Naming> own(const Called& entity, const std::string& key) const;
  std::optional<Naming> known(const Called& entity, const std::string& key) const;
  std::optional<Naming> state(const Called& entity, const std::string& key) const;
  std::optional<Naming> person(const Called& entity, const std::string& key) const;
  std::optional<Naming> organization(const Called& entity, const std::string& key) const;
  bool is_common(std::string_view key) const;

  knowledge::Countries countries_;
  knowledge::Agents agents_;
  knowledge::Organs organs_;
  knowledge::OwnActors own_;
  knowledge::Words words_;
  Codes country_names_, peoples_, capitals_;
  std::string version_;
};

}  // namespace dateline::chronicle::actors
