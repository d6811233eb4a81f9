// SPDX-License-Identifier: Apache-2.0
#include "server/kept.h"

#include <utility>

namespace dateline::server {

std::shared_ptr<const KeptAnswer> KeptAnswers::find(const std::string& target,
                                                    std::uint64_t version) {
  const std::lock_guard lock(mutex_);
  if (version != version_) return nullptr;
  const auto found = by_target_.find(target);
  if (found == by_target_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->answer;
}

void KeptAnswers::keep(const std::string& target, std::uint64_t version, KeptAnswer answer) {
  const std::size_t size = target.size() + answer.body->size();
  if (size > kMostBytesOfOne) return;
  const std::lock_guard lock(mutex_);
  if (version != version_) clear();
  version_ = version;
  if (by_target_.contains(target)) return;
  entries_.push_front({target, std::make_shared<const KeptAnswer>(std::move(answer))});
  by_target_.emplace(entries_.front().target, entries_.begin());
  bytes_ += size;
  while (bytes_ > kMostBytes) {
    const Entry& last = entries_.back();
    bytes_ -= last.target.size() + last.answer->body->size();
    by_target_.erase(last.target);
    entries_.pop_back();
  }
}

void KeptAnswers::clear() {
  by_target_.clear();
  entries_.clear();
  bytes_ = 0;
}

}  // namespace dateline::server
