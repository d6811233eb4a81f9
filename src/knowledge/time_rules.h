// time_words.tsv and time_rules.tsv: the words of time, and the patterns that put them together.
//
// A word has senses: a class and a number ("march" is MONTH 3). A rule matches a row of classes and
// literal words and makes a symbol of a new class, on which rules of a higher level can build. What
// each matched class stands for is put into a field of the made symbol's meaning; the rule adds an
// operation, which says how the resolver turns the fields into a value, and constants.
//
// Pattern: elements divided by blanks. UPPER CASE is a class, anything else a literal; "a|b"
// either; "x?" may be left out; "~x" stands next to what goes before without a blank. A leading
// element in [brackets] must stand before, and a trailing one after, the match without belonging to
// it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/directory.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

/// The numbers a meaning is made of. A class of the same name (or as kClasses says) fills a field.
enum class TimeField : std::uint8_t {
  kYear,
  kMonth,
  kDay,
  kWeekday,
  kWeek,
  kPart,
  kSeason,
  kQuarter,
  kHalf,
  kDecade,
  kCentury,
  kHour,
  kMinute,
  kUnit,
  kCount,
  kDir,
  kMod,
  kOffset,
  kRef,
  kHoliday,
  kOrdinal,
  kPm,
  kSame,
  kEra,
  kVague,
  kAnchor,
  kOrder,
  kNone,
};
inline constexpr std::size_t kTimeFields = static_cast<std::size_t>(TimeField::kNone);

enum class TimeUnit : std::uint8_t {
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeekend,
  kWeek,
  kFortnight,
  kMonth,
  kQuarter,
  kYear,
  kDecade,
  kCentury,
  kMillennium,
};

enum class TimeOp : std::uint8_t { kNone, kDate, kShift, kDuration, kSet, kRef, kPiece, kRange };

inline constexpr std::array<std::string_view, 4> kTimeRefs = {"", "PRESENT_REF", "PAST_REF",
                                                              "FUTURE_REF"};
inline constexpr std::array<std::string_view, 11> kTimeMods = {
    "",          "START",         "MID",           "END",    "APPROX", "MORE_THAN",
    "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS", "BEFORE", "AFTER"};
inline constexpr std::array<std::string_view, 7> kTimeParts = {"",   "MO", "AF", "EV",
                                                               "NI", "DT", "MI"};
inline constexpr std::array<std::string_view, 5> kTimeSeasons = {"", "SP", "SU", "FA", "WI"};

/// Classes that are read from numbers, not from words.
///   N any cardinal  D 1-31  DD 01-31 in two digits  MM 01-12  YY two digits  Y a year in four
///   NTH any ordinal  DTH 1st-31st  QTH first-fourth  HTH first or second  HOUR 0-24
///   MINUTE and SS two digits 00-59  HHMM 0000-2359  DECADE "1980s"  POSS a possessive mark  ADJ
///   and PLURAL by the tags JJ and NNS  TENS "30s"  HARM "killed", "flee" (count_verbs.tsv)
enum NumberClass : std::uint8_t {
  kN,
  kD,
  kDD,
  kMM,
  kYY,
  kY,
  kNTH,
  kDTH,
  kQTH,
  kHTH,
  kHOUR,
  kMINUTE,
  kDECADE,
  kPOSS,
  kADJ,
  kSS,
  kHHMM,
  kPLURAL,
  kTENS,
  kHARM,
  kNumberClasses,
};

/// How holidays are numbered: month * 100 + day; those of the n-th weekday of a month
/// kNthWeekday + month * 100 + n * 10 + weekday, n = 5 the last one; those that move with Easter
/// kEaster + days after Easter Sunday.
inline constexpr int kNthWeekday = 10000, kEaster = 20000;

/// A set of classes by their ids.
struct ClassSet {
  static constexpr unsigned kMost = 128;
  std::array<std::uint64_t, 2> bits{};

  static ClassSet of(unsigned id) {
    ClassSet set;
    set.add(id);
    return set;
  }
  void add(unsigned id) { bits[id / 64] |= std::uint64_t{1} << (id % 64); }
  bool has(unsigned id) const { return bits[id / 64] >> (id % 64) & 1; }
  bool empty() const { return (bits[0] | bits[1]) == 0; }
  /// The lowest id in the set, which is not empty.
  unsigned first() const {
    return static_cast<unsigned>(bits[0] ? std::countr_zero(bits[0])
                                         : 64 + std::countr_zero(bits[1]));
  }
  ClassSet without_first() const {
    ClassSet rest = *this;
    auto& word = rest.bits[0] ? rest.bits[0] : rest.bits[1];
    word &= word - 1;
    return rest;
  }
  ClassSet operator&(const ClassSet& o) const {
    return {{bits[0] & o.bits[0], bits[1] & o.bits[1]}};
  }
};

class TimeRules {
 public:
  static constexpr std::size_t kMaxElements = 12;

  struct Sense {
    std::uint8_t class_id = 0;
    int value = 0;
    std::vector<std::string> tags;  ///< Where given, the word's tag must begin with one of them.
    bool capital = false;           ///< The word must be capitalised.
  };
  struct Word {
    std::uint32_t id = 0;
    std::vector<Sense> senses;
  };
  struct Element {
    ClassSet classes;
    std::vector<std::uint32_t> words;
    bool optional = false, glued = false;
  };
  struct Constant {
    TimeField field;
    double value;
  };
  struct Example {
    std::string text, type, value;
  };
  struct Rule {
    std::string name;
    int level = 0;
    std::uint8_t makes = 0;
    std::vector<Element> before, elements, after;
    bool not_before = false, not_after = false;  ///< What must not stand there.
    TimeOp op = TimeOp::kNone;
    std::vector<Constant> constants;
    std::vector<Example> examples;
    std::size_t line = 0;
  };

  static Result<TimeRules> load(const Directory& directory);

  /// A word in lower case, or null.
  const Word* find(std::string_view word) const { return knowledge::find(words_, word); }
  const std::vector<Rule>& rules() const { return rules_; }
  int levels() const { return levels_; }
  /// Rules of one level whose match may begin with this class or word.
  std::span<const std::uint32_t> starting_with_class(int level, std::uint8_t class_id) const;
  std::span<const std::uint32_t> starting_with_word(int level, std::uint32_t word) const;
  /// Id of a class by its name; 255 where there is none.
  std::uint8_t class_id(std::string_view name) const;
  TimeField field(std::uint8_t class_id) const { return fields_[class_id]; }

 private:
  std::uint32_t intern(std::string_view word);
  std::uint8_t intern_class(std::string_view name);
  Result<std::vector<Element>> parse_elements(std::string_view pattern);

  StringMap<Word> words_;
  std::vector<std::string> classes_;
  std::vector<TimeField> fields_;
  std::vector<Rule> rules_;
  int levels_ = 0;
  std::vector<std::vector<std::uint32_t>> by_class_, by_word_;  // [level * width + id]
};

}  // namespace dateline::knowledge
