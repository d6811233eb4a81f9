// What a Chronicle holds: the database, and the lock that lets one call in at a time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>

#include "chronicle/database.h"
#include "dateline/chronicle.h"

namespace dateline {

struct Chronicle::Impl {
  Impl(chronicle::Database opened, bool pages) : database(std::move(opened)), keeps_pages(pages) {}

  std::mutex mutex;
  chronicle::Database database;
  const bool keeps_pages;  ///< A store of an older version that is only read has no such table.
};

}  // namespace dateline
