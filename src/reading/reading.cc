// SPDX-License-Identifier: Apache-2.0
#include "reading/reading.h"

#include <optional>

#include "reading/components.h"
#include "reading/vectors.h"

namespace dateline::reading {

namespace {

using ReadFunction = void (*)(const Context&, Record&);

// A later reader may use what an earlier one found: places need entities, events need all before
// them, actors the events.
constexpr ReadFunction kReaders[] = {
    read_times,        read_quantities, read_entities, read_places,
    read_attributions, read_events,     read_gaps,     read_actors,
};

}  // namespace

void read_all(const Context& given, Record& record) {
  Context context = given;
  std::optional<TrunkVectors> vectors;
  if (context.trunk) {
    vectors.emplace(*context.components->events->trunk, *context.trunk, context.document,
                    context.halt);
    context.vectors = &*vectors;
  }
  for (const ReadFunction read : kReaders) {
    if (context.given_up()) return;
    read(context, record);
  }
}

}  // namespace dateline::reading
