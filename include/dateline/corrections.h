// What people say of what was read: that it is right, no happening, one with another, or otherwise.
//
//   chronicle->correct({.act = Act::kChange, .name = "r14.v11", .values = {{"day", "2026-03-02"}},
//                       .who = "Ada", .why = "Tuesday is the day before"});
//
// A correction is a row of a log that only grows; it wins over what was read, the later one over
// the earlier. It rests on words of a report, by which it is attached again when that report is
// read anew. docs/corrections.md says what can be corrected.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

enum class Act { kChange, kConfirm, kReject, kMerge, kSplit, kAdd, kUndo };

/// "change", "confirm" and so on.
std::string_view name_of(Act act);

/// Where words stand in their report's text, in code points as in the record's JSON and the tables.
struct CodePointSpan {
  std::uint32_t begin = 0, end = 0;
  bool operator==(const CodePointSpan&) const = default;
};

/// One value that a person gave. Fields and the form of their values: docs/corrections.md.
struct CorrectedValue {
  std::string field;  ///< type | mode | day | place | actors | ... | dead | wounded | ...
  std::string value;
  std::string was{};  ///< What stood there before; of the log alone.
};

/// What a person wants corrected.
struct CorrectionRequest {
  Act act = Act::kChange;
  std::string name;    ///< Of an event (its report's account), or of a happening; to add: of a
                       ///< report. To reject, any of them.
  std::string with{};  ///< To merge: the other one.
  std::vector<CorrectedValue> values{};  ///< To change and to add.
  std::string words{};                   ///< To add, or what the values rest on: these words ...
  std::optional<CodePointSpan> span{};   ///< ... or this stretch.
  std::string who;
  std::string why{};
};

/// Words that a correction rests on, as they stood when it was made.
struct CorrectionWords {
  std::string part;     ///< event: they tell of it | value: the values were read from them |
                        ///< report: all of it, and no words
  std::string content;  ///< Fingerprint of the report's content.
  CodePointSpan span;
  std::string words, before, after;  ///< And what stands on both sides.
  std::string event, type;           ///< Id and type of the event there, in that reading.
  std::string report{};              ///< Handle of the report in this store; empty: it is not in.
  std::string unattached{};          ///< Why they lead to nothing in what is read now.
};

/// A row of the log.
struct Correction {
  std::int64_t number = 0;
  std::string at;  ///< UTC, to the second, by the clock of who wrote it. Numbers order, not clocks.
  std::string who, why;
  Act act = Act::kChange;
  std::optional<std::int64_t> undoes;     ///< Of an undo.
  std::optional<std::int64_t> undone_by;  ///< Where it does not hold any more.
  std::vector<CorrectedValue> values;
  std::vector<CorrectionWords> words;
};

}  // namespace dateline
