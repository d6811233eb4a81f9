// What a happening's accounts say, taken apart: one claim for each value that a report tells, with
// its words, where they stand, and on whose word they rest.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "dateline/chronicle.h"

namespace dateline::exporting {

struct Claim {
  const Happening* happening;
  const Account* account;
  const TimelineEvent* mention;  ///< The mention that tells it.
  std::string_view field;        ///< type | day | actor | recipient | place | dead | wounded | ...
  std::string value;
  std::string words;  ///< Empty where it was read from no words: a day from that of publication.
  CodePointSpan at;
  /// Where the value is one of these, what else is known of it.
  const Who* who = nullptr;
  const Where* where = nullptr;
  const HowMany* number = nullptr;
};

/// Calls `visit` with each, in the order of accounts; what mentions of one account repeat in the
/// same words comes once.
void each_claim(const Happening& happening, const std::function<void(const Claim&)>& visit);

}  // namespace dateline::exporting
