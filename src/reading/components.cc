// SPDX-License-Identifier: Apache-2.0
#include "reading/components.h"

namespace dateline::reading {

namespace {

Result<EventComponents> load_events(const std::filesystem::path& directory, Depth depth) {
  const auto quick_folder = directory / "quick", trunk_folder = directory / "trunk";
  EventComponents found;
  auto quick = events::QuickVectors::load(quick_folder / "rows.safetensors");
  if (!quick) return tl::unexpected(quick.error());
  auto heads = events::Heads::load(quick_folder / "events.safetensors", quick->width());
  if (!heads) return tl::unexpected(heads.error());
  auto verdicts = events::Verdicts::load(directory / "happenings");
  if (!verdicts) return tl::unexpected(verdicts.error());
  found.verdicts = std::move(*verdicts);
  found.quick = std::move(*quick);
  found.over_quick = std::move(*heads);
  if (depth == Depth::kFast) return found;
  auto trunk = language::Trunk::load(trunk_folder);
  if (!trunk) return tl::unexpected(trunk.error());
  heads = events::Heads::load(trunk_folder / "events.safetensors", trunk->width());
  if (!heads) return tl::unexpected(heads.error());
  found.trunk = std::move(*trunk);
  found.over_trunk = std::move(*heads);
  return found;
}

}  // namespace

Result<Components> Components::load(const std::filesystem::path& directory,
                                    const std::filesystem::path& gazetteer,
                                    const knowledge::Directory& knowledge, Depth depth) {
  auto places = PlaceFinder::load(gazetteer, knowledge);
  if (!places) return tl::unexpected(places.error());
  auto events = load_events(directory, depth);
  if (!events) return tl::unexpected(events.error());
  auto attribution = AttributionLearner::load(directory / "attribution",
                                              events->trunk ? events->trunk->width() : 0);
  if (!attribution) return tl::unexpected(attribution.error());
  auto kinds = entities::KindTrees::load(directory / "entities");
  if (!kinds) return tl::unexpected(kinds.error());
  auto links = entities::Links::load(directory / "entities");
  if (!links) return tl::unexpected(links.error());
  return Components{std::move(*kinds), std::move(*links), std::move(*attribution),
                    std::move(*places), std::move(*events)};
}

}  // namespace dateline::reading
