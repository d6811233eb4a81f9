// SPDX-License-Identifier: Apache-2.0
#include "reading/places/finder.h"

#include <algorithm>
#include <utility>

namespace dateline::reading {

namespace {

using knowledge::Gazetteer;
using knowledge::Trees;

/// A town of a subdivision of the same name is what reports mostly mean: "in Kandahar". It is taken
/// where it is at least this much as likely.
constexpr float kTownForSubdivision = 0.6F;

/// Puts the town of that name before the subdivision it lies in.
void prefer_town(std::vector<Choice>& choices) {
  if (choices.empty() || choices.front().entry == Choice::kNone) return;
  const Choice best = choices.front();
  if (best.kind != "admin1" && best.kind != "admin2") return;
  const auto town = std::find_if(choices.begin(), choices.end(), [&](const Choice& c) {
    return (c.kind == "town" || c.kind == "capital") && !c.other_name &&
           (c.admin1 == best.entry || c.admin2 == best.entry) &&
           c.chance >= kTownForSubdivision * best.chance;
  });
  if (town != choices.end()) std::rotate(choices.begin(), town, town + 1);
}

/// Names less likely than this are none. The rest costs little: a wrong name finds no likely place.
constexpr float kLeastName = 0.35F;

}  // namespace

PlaceFinder::PlaceFinder(Gazetteer gazetteer, Trees names, Trees choices)
    : gazetteer_(std::move(gazetteer)),
      name_trees_(std::move(names)),
      choice_trees_(std::move(choices)) {}

Result<PlaceFinder> PlaceFinder::load(const std::filesystem::path& gazetteer,
                                      const knowledge::Directory& knowledge) {
  auto mapped = Gazetteer::open(gazetteer);
  if (!mapped) return tl::unexpected(mapped.error());
  auto names = Trees::load(knowledge / "place_name_trees.tsv", kToponymFeatures);
  if (!names) return tl::unexpected(names.error());
  auto choices = Trees::load(knowledge / "place_choice_trees.tsv", kChoiceFeatures);
  if (!choices) return tl::unexpected(choices.error());
  return PlaceFinder(std::move(*mapped), std::move(*names), std::move(*choices));
}

std::vector<Toponym> PlaceFinder::toponyms(const Context& context) const {
  std::vector<Toponym> found = find_toponyms(context, gazetteer_);
  const std::vector<ToponymRow> rows = toponym_rows(context, gazetteer_, found);
  for (std::size_t n = 0; n < found.size(); ++n) found[n].chance = name_trees_.score(rows[n]);
  return choose_toponyms(std::move(found), kLeastName);
}

std::vector<Named> PlaceFinder::choices(const Context& context, const std::string& address,
                                        const std::vector<Toponym>& toponyms) const {
  std::vector<Named> names = find_choices(context, gazetteer_, toponyms);
  const std::vector<ChoiceRow> rows = choice_rows(context, gazetteer_, address, toponyms, names);
  auto row = rows.begin();
  for (Named& named : names) {
    for (Choice& choice : named.choices) choice.chance = choice_trees_.score(*row++);
    std::stable_sort(named.choices.begin(), named.choices.end(),
                     [](const Choice& a, const Choice& b) { return a.chance > b.chance; });
    prefer_town(named.choices);
  }
  return names;
}

}  // namespace dateline::reading
