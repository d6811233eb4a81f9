// What a Chronicle holds.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chronicle/connections.h"
#include "dateline/chronicle.h"

namespace dateline {

struct Chronicle::Impl {
  chronicle::Connections connections;
  const int version;           ///< A store of an older version that is only read lacks some tables.
  const std::string backup{};  ///< The copy of it that was kept before it was changed.
};

namespace chronicle {

/// A store of an older version has no happenings yet.
std::optional<Error> lacks_happenings(int version);

}  // namespace chronicle

}  // namespace dateline
