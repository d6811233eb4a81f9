// The values of an account that a person can give: how each is written, read off a record, and put
// into one.
//
// "none" takes a value away. Parties and voices are names divided by "; ", a place may have its
// country behind it ("Kolvar (TSM)"), a day is 2026-03-09, 2026-03, 2026 or 2026-03-07..2026-03-09,
// a number 12, 8..20, 8.. or ..20. A name that the report has leads to what is known of it there.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dateline/corrections.h"
#include "dateline/record.h"

namespace dateline::chronicle::corrections {

/// One account: the mentions of an incident in a record, the one that a person named first.
using Mentions = std::vector<Event*>;

/// In words, as put() takes it; "none" where there is nothing.
std::string value_of(const Record& record, const Mentions& mentions, const std::string& field);

/// What is new stands under ids that begin with `id`, and rests on `words` where these are given.
/// Nothing is changed where the field or the value cannot be.
std::optional<Error> put(const CorrectedValue& value, const std::string& id,
                         std::optional<Span> words, Record& record, const Mentions& mentions);

}  // namespace dateline::chronicle::corrections
