// Words of which a user says what they tell of (own_events.tsv): they win over the learned head.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/directory.h"
#include "knowledge/event_word.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

struct OwnEvent {
  static constexpr std::string_view kTable = "own_events.tsv";
  static constexpr std::string_view kNone = "none";  ///< The type of words that tell of no event.

  static constexpr std::string_view kNobody = "-";  ///< A side of an example that must be empty.

  std::string words;  ///< The cell as it was written.
  EventWord tells;
  std::string example;                          ///< A sentence in which they tell of it.
  std::vector<std::string> actors, recipients;  ///< Its words that are the sides; none: any.
};

class OwnEvents {
 public:
  /// One way to write a row's words, one piece a token, in lower case.
  struct Phrase {
    std::vector<std::string> pieces;
    std::uint32_t row = 0;
  };

  static Result<OwnEvents> load(const Directory& directory);

  const std::vector<OwnEvent>& rows() const { return rows_; }
  /// Those that begin with this lemma or word: the longest first, then in the order of the table.
  std::span<const Phrase> beginning_with(std::string_view word) const;

 private:
  std::vector<OwnEvent> rows_;
  StringMap<std::vector<Phrase>> phrases_;
};

}  // namespace dateline::knowledge
