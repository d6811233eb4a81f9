// Whether a store is sound: what SQLite says of the file, and whether its tables hold together.
//
//   const auto found = dateline::examine("chronicle.db", [](const Finding& one) {
//     fmt::print("{}: {}\n", one.where, one.what);  // "r17.q3: its span gives other words: ..."
//     return true;  // go on
//   });
//
// Nothing is changed. Reports and happenings are looked at one after the other, so that memory does
// not grow with the store.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "dateline/chronicle.h"
#include "dateline/result.h"

namespace dateline {

struct Finding {
  std::string where;  ///< Handle of a report, its item or a happening; else the table or the file.
  std::string what;
};

struct Examined {
  std::size_t findings = 0;
  std::uint64_t reports = 0, happenings = 0;
  bool searched =
      false;  ///< The index of words was compared: that takes a store that may be written.
  std::uint64_t waiting = 0;  ///< Reports and happenings that `match` has yet to bring up to date.
};

/// Stops where `visit` returns false. Fails where the file is no chronicle, or cannot be read at
/// all.
Result<Examined> examine(const std::string& path, const std::function<bool(const Finding&)>& visit);

}  // namespace dateline
