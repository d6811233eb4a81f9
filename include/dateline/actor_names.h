// What is known of names, by which entities of several reports are taken for one actor. Immutable;
// one serves any number of threads.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "dateline/result.h"

namespace dateline {

namespace chronicle::actors {
class Names;
}

class ActorNames {
 public:
  /// From the tables in this directory, as ReaderOptions::knowledge names it.
  static Result<ActorNames> open(const std::string& knowledge = {});

  const chronicle::actors::Names& names() const { return *names_; }

 private:
  std::shared_ptr<const chronicle::actors::Names> names_;
};

}  // namespace dateline
