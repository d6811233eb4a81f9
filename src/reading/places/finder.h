// All that finding places needs beside the tables: the gazetteer and the trees that say which words
// name a place (knowledge/place_name_trees.tsv) and which place they name (place_choice_trees.tsv).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "dateline/result.h"
#include "knowledge/gazetteer.h"
#include "knowledge/trees.h"
#include "reading/places/choices.h"
#include "reading/places/toponyms.h"

namespace dateline::reading {

class PlaceFinder {
 public:
  /// Maps the gazetteer and loads the trees. Fails where one is missing or altered.
  static Result<PlaceFinder> load(const std::filesystem::path& gazetteer,
                                  const knowledge::Directory& knowledge);

  const knowledge::Gazetteer& gazetteer() const { return gazetteer_; }

  /// The names of places in a report, in text order; none overlap.
  std::vector<Toponym> toponyms(const Context& context) const;
  /// What each name may mean, the likeliest first. address: where the report was published.
  std::vector<Named> choices(const Context& context, const std::string& address,
                             const std::vector<Toponym>& toponyms) const;

 private:
  PlaceFinder(knowledge::Gazetteer gazetteer, knowledge::Trees names, knowledge::Trees choices);

  knowledge::Gazetteer gazetteer_;
  knowledge::Trees name_trees_, choice_trees_;
};

}  // namespace dateline::reading
