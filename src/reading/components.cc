// SPDX-License-Identifier: Apache-2.0
#include "reading/components.h"

namespace dateline::reading {

Result<Components> Components::load(const std::filesystem::path& directory,
                                    const std::filesystem::path& gazetteer,
                                    const knowledge::Directory& knowledge) {
  auto attribution = AttributionLearner::load(directory / "attribution");
  if (!attribution) return tl::unexpected(attribution.error());
  auto trunk = language::Trunk::load(directory / "trunk");
  if (!trunk) return tl::unexpected(trunk.error());
  auto events = events::Heads::load(directory / "trunk" / "events.safetensors", trunk->width());
  if (!events) return tl::unexpected(events.error());
  auto places = PlaceFinder::load(gazetteer, knowledge);
  if (!places) return tl::unexpected(places.error());
  return Components{std::move(*attribution), std::move(*trunk), std::move(*events),
                    std::move(*places)};
}

}  // namespace dateline::reading
