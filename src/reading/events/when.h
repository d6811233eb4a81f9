// Which of a sentence's times is an event's own, and which are none's.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "reading/tree.h"

namespace dateline::reading {

/// The nearest time of the trigger's sentence that is told of the trigger: not one inside another
/// clause ("the group, which has fought since 2011, attacked"), nor that of the saying ("said on
/// Monday that rebels had attacked"). Null where there is none.
const Time* time_of(const Tree& tree, const std::vector<Time>& times, std::uint32_t trigger);

/// The verb that the time says a thing came to be by: "the front, founded in 2011, attacked". It
/// dates nothing else of the sentence. kNone of most times.
std::uint32_t maker_of(const Tree& tree, const Time& time);

/// Whether a time says when the report was written, and not when anything happened: in a byline or
/// a dateline.
bool dates_the_report(const Record& record, const Time& time);

/// Whether two stretches stand in one section. The pipeline's sentences may go on from a headline
/// into the first paragraph.
bool in_one_section(const Record& record, Span a, Span b);

}  // namespace dateline::reading
