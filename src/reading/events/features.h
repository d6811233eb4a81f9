// What the heads are told besides vectors, in small numbers: how a filler stands to a trigger, how
// two triggers stand to each other, where a word stands in the report.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "knowledge/words.h"
#include "reading/events/clause.h"
#include "reading/events/scene.h"

namespace dateline::reading::events {

/// Who is meant at a token: an entity, or else the lemma of a noun that is none.
using PartyKey = std::pair<std::uint32_t, std::string_view>;
PartyKey party_at(const Scene& scene, std::uint32_t token);

/// A trigger with what its clause tells of it, looked up once.
struct View {
  std::uint32_t token = kNone;
  Sides sides;                               ///< As the clause names them.
  std::vector<PartyKey> actors, recipients;  ///< The same, as parties.
  const Time* time = nullptr;
  std::string_view place;  ///< Name of the first place of the sentence, or nothing.
};
View view_of(const Scene& scene, const knowledge::Words& words, std::uint32_t trigger);

/// How a filler stands to a trigger, in numbers below kPairSizes: the labels on the way between
/// them, sentences and words between, the filler's label, what it is, the trigger's label, the side
/// on which the clause names it, and how often it is named and where first.
inline constexpr std::array<std::uint32_t, 8> kPairSizes{1'024, 16, 32, 64, 64, 64, 8, 32};
using PairFeatures = std::array<std::uint16_t, kPairSizes.size()>;
PairFeatures pair_features(const Scene& scene, Slot slot, const View& trigger,
                           const Filler& filler);

/// How two triggers stand to each other that may tell of one happening: sentences between, the way
/// between them, their words, the later one's article, where the earlier stands, and whether their
/// clauses agree on actors and recipients, on time and place.
inline constexpr std::array<std::uint32_t, 7> kLinkSizes{16, 32, 16, 16, 16, 16, 16};
using LinkFeatures = std::array<std::uint16_t, kLinkSizes.size()>;
LinkFeatures link_features(const Scene& scene, const View& earlier, const View& later);

/// Where a word stands: the place of its sentence in the report, and whether a headline.
inline constexpr std::uint32_t kWhereSize = 24;
std::uint16_t where_in_report(const Scene& scene, std::uint32_t token);

}  // namespace dateline::reading::events
