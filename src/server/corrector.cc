// SPDX-License-Identifier: Apache-2.0
#include "server/corrector.h"

namespace dateline::server {

template <typename Write>
Result<Corrector::Made> Corrector::write(Write write) {
  constexpr unsigned kWaitMs = 2'000;  // An ingest writes a report at a time; a backup takes long.
  const std::lock_guard lock(mutex_);
  auto chronicle =
      Chronicle::open(store_, {.access = Access::kWrite, .wait_ms = kWaitMs, .stop = stop_});
  if (!chronicle) return tl::unexpected(std::move(chronicle.error()));
  auto correction = write(*chronicle);
  if (!correction) return tl::unexpected(std::move(correction.error()));
  return Made{std::move(*correction), settle(*chronicle)};
}

Result<Corrector::Made> Corrector::correct(const CorrectionRequest& request) {
  return write([&](Chronicle& chronicle) { return chronicle.correct(request); });
}

Result<Corrector::Made> Corrector::undo(std::int64_t correction, const std::string& who,
                                        const std::string& why) {
  return write([&](Chronicle& chronicle) { return chronicle.undo(correction, who, why); });
}

/// The correction is in the log already; where this fails the next ingest or match does it.
bool Corrector::settle(Chronicle& chronicle) {
  if (!matcher_) {
    auto matcher = Matcher::open();
    if (!matcher) return false;
    matcher_ = std::move(*matcher);
  }
  if (!names_) {
    auto names = ActorNames::open();
    if (!names) return false;
    names_ = std::move(*names);
  }
  return chronicle.match(*matcher_).has_value() && chronicle.join(*names_).has_value();
}

}  // namespace dateline::server
