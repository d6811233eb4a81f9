// What tells whether two reports tell of one happening. Immutable; one serves any number of
// threads.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "dateline/result.h"

namespace dateline {

namespace chronicle::matching {
struct Likeness;
}

class Matcher {
 public:
  /// Finds components/matching where the reader finds its components. Fails where it is missing or
  /// altered.
  static Result<Matcher> open();

  /// "sha256:..." of what it has learned.
  const std::string& version() const { return version_; }
  const chronicle::matching::Likeness& likeness() const { return *likeness_; }

 private:
  std::shared_ptr<const chronicle::matching::Likeness> likeness_;
  std::string version_;
};

}  // namespace dateline
