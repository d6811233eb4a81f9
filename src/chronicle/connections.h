// The connections to one store: each call has one of its own for as long as it runs.
//
// Readers open another where all are in use, up to a limit, so that a slow query delays nobody; a
// writer has one, and its calls take turns. What was opened stays, with its prepared statements.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "chronicle/database.h"

namespace dateline::chronicle {

class Connections {
 public:
  using Open = std::function<Result<Database>()>;

  /// At most `most` connections, the first of which is open already.
  Connections(Database first, std::size_t most, Open open);

  /// Gives a connection back when it goes.
  struct Return {
    Connections* from;
    void operator()(Database* database) const { from->take_back(database); }
  };
  using Lease = std::unique_ptr<Database, Return>;

  /// Waits where all are in use. The time limit of the call begins here.
  Result<Lease> borrow();

 private:
  void take_back(Database* database);

  const std::size_t most_;
  const Open open_;
  std::mutex mutex_;  ///< Guards all below.
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Database>> idle_;
  std::size_t in_use_ = 0;
};

}  // namespace dateline::chronicle
