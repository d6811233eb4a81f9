// SPDX-License-Identifier: Apache-2.0
#include "chronicle/connections.h"

#include <utility>

namespace dateline::chronicle {

Connections::Connections(Database first, std::size_t most, Open open)
    : most_(most), open_(std::move(open)) {
  idle_.push_back(std::make_unique<Database>(std::move(first)));
}

Result<Connections::Lease> Connections::borrow() {
  std::unique_ptr<Database> database;
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return in_use_ < most_; });
    ++in_use_;
    if (!idle_.empty()) {
      database = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (database == nullptr) {
    auto opened = open_();
    if (!opened) {
      take_back(nullptr);
      return tl::unexpected(std::move(opened.error()));
    }
    database = std::make_unique<Database>(std::move(*opened));
  }
  database->start_clock();
  return Lease(database.release(), Return{this});
}

void Connections::take_back(Database* database) {
  const std::lock_guard lock(mutex_);
  --in_use_;
  if (database != nullptr) idle_.emplace_back(database);
  returned_.notify_one();
}

}  // namespace dateline::chronicle
