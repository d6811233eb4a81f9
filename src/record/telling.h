// The words that tell of an event.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "dateline/record.h"

namespace dateline::record {

/// So many bytes of a sentence before and behind the trigger: a longer one is a list, or no prose,
/// and may have thousands of triggers.
inline constexpr std::uint32_t kMostBeside = 2'000;

/// The event's sentence, as far as it lies in the section of its trigger: a headline without a full
/// stop runs on into the byline and the first paragraph, to the language pipeline. Of a very long
/// sentence what stands around the trigger.
inline Span telling_of(const Record& record, const Event& event) {
  Span telling =
      event.sentence < record.sentences.size() ? record.sentences[event.sentence] : event.trigger;
  const auto section =
      std::partition_point(record.sections.begin(), record.sections.end(),
                           [&](const Section& one) { return one.span.end <= event.trigger.begin; });
  if (section != record.sections.end() && section->span.begin <= event.trigger.begin &&
      section->span.end >= event.trigger.end) {
    telling.begin = std::max(telling.begin, section->span.begin);
    telling.end = std::min(telling.end, section->span.end);
  }
  const std::string& text = record.text;
  if (event.trigger.begin > telling.begin + kMostBeside) {
    telling.begin = event.trigger.begin - kMostBeside;
    while (telling.begin < event.trigger.begin && text[telling.begin - 1] != ' ') ++telling.begin;
  }
  if (telling.end > event.trigger.end + kMostBeside) {
    telling.end = event.trigger.end + kMostBeside;
    while (telling.end > event.trigger.end && text[telling.end] != ' ') --telling.end;
  }
  return telling;
}

}  // namespace dateline::record
