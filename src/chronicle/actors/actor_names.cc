// SPDX-License-Identifier: Apache-2.0
#include "dateline/actor_names.h"

#include "chronicle/actors/naming.h"
#include "installation.h"

namespace dateline {

Result<ActorNames> ActorNames::open(const std::string& knowledge) {
  const auto tables = find_knowledge(knowledge);
  if (!tables) return tl::unexpected(tables.error());
  auto names = chronicle::actors::Names::load(*tables);
  if (!names) return tl::unexpected(names.error());
  ActorNames made;
  made.names_ = std::make_shared<const chronicle::actors::Names>(std::move(*names));
  return made;
}

}  // namespace dateline
