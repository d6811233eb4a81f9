// What a Chronicle holds: the database, and the lock that lets one call in at a time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>

#include "chronicle/database.h"
#include "dateline/chronicle.h"

namespace dateline {

struct Chronicle::Impl {
  explicit Impl(chronicle::Database opened) : database(std::move(opened)) {}

  std::mutex mutex;
  chronicle::Database database;
};

}  // namespace dateline
