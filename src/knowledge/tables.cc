// SPDX-License-Identifier: Apache-2.0
#include "knowledge/tables.h"

namespace dateline::knowledge {

namespace {

namespace fs = std::filesystem;

/// Puts a loaded table into its place; false and the reason where it could not be loaded.
template <typename T>
bool take(Result<T> loaded, T& place, Error& error) {
  if (!loaded) {
    error = std::move(loaded.error());
    return false;
  }
  place = std::move(*loaded);
  return true;
}

}  // namespace

Result<Tables> Tables::load(const Directory& directory) {
  Tables tables;
  Error error;
  const bool ok = take(Countries::load(directory), tables.countries, error) &&
                  take(Agents::load(directory, tables.countries), tables.agents, error) &&
                  take(CountWords::load(directory), tables.count_words, error) &&
                  take(NumberWords::load(directory), tables.number_words, error) &&
                  take(PlaceWords::load(directory), tables.place_words, error) &&
                  take(TimeRules::load(directory), tables.time_rules, error) &&
                  take(Words::load(directory), tables.words, error) &&
                  take(CountStates::load(directory), tables.count_states, error) &&
                  take(Organs::load(directory), tables.organs, error) &&
                  take(OwnActors::load(directory, tables.countries), tables.own_actors, error);
  if (!ok) return tl::unexpected(std::move(error));
  return tables;
}

}  // namespace dateline::knowledge
