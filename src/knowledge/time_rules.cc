// SPDX-License-Identifier: Apache-2.0
#include "knowledge/time_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::knowledge {

namespace {

constexpr std::uint8_t kNoClass = 255;
constexpr std::size_t kMaxClasses = ClassSet::kMost;

/// Field names of constants; a class of the same name in capitals fills the same field.
constexpr std::array<std::pair<std::string_view, TimeField>, kTimeFields> kFields = {{
    {"year", TimeField::kYear},       {"month", TimeField::kMonth},
    {"day", TimeField::kDay},         {"weekday", TimeField::kWeekday},
    {"week", TimeField::kWeek},       {"part", TimeField::kPart},
    {"season", TimeField::kSeason},   {"quarter", TimeField::kQuarter},
    {"half", TimeField::kHalf},       {"decade", TimeField::kDecade},
    {"century", TimeField::kCentury}, {"hour", TimeField::kHour},
    {"minute", TimeField::kMinute},   {"unit", TimeField::kUnit},
    {"count", TimeField::kCount},     {"dir", TimeField::kDir},
    {"mod", TimeField::kMod},         {"offset", TimeField::kOffset},
    {"ref", TimeField::kRef},         {"holiday", TimeField::kHoliday},
    {"ordinal", TimeField::kOrdinal}, {"anchor", TimeField::kAnchor},
    {"pm", TimeField::kPm},           {"same", TimeField::kSame},
    {"era", TimeField::kEra},         {"vague", TimeField::kVague},
    {"order", TimeField::kOrder},
}};

/// Classes whose name is not that of their field. The rest of the classes fill none.
constexpr std::array<std::pair<std::string_view, TimeField>, 28> kOtherClasses = {{
    {"UNITS", TimeField::kUnit},
    {"UNITLY", TimeField::kUnit},
    {"WEEKDAYS", TimeField::kWeekday},
    {"MM", TimeField::kMonth},
    {"DD", TimeField::kDay},
    {"D", TimeField::kDay},
    {"YY", TimeField::kYear},
    {"Y", TimeField::kYear},
    {"N", TimeField::kCount},
    {"NTH", TimeField::kOrdinal},
    {"QTH", TimeField::kQuarter},
    {"DTH", TimeField::kDay},
    {"HTH", TimeField::kHalf},
    {"APPROX", TimeField::kMod},
    {"FEW", TimeField::kVague},
    {"MONTHAB", TimeField::kMonth},
    {"MANY", TimeField::kUnit},
    {"OVER", TimeField::kMod},
    {"FALL", TimeField::kSeason},
    {"FROMNOW", TimeField::kDir},
    {"FROMTOLD", TimeField::kDir},
    {"DEFUNIT", TimeField::kUnit},
    {"REFADJ", TimeField::kRef},
    {"REFNOUN", TimeField::kRef},
    {"WEEKDAYAB", TimeField::kWeekday},
    {"DECADES", TimeField::kDecade},
    {"TODAY", TimeField::kOffset},
    {"PARTS", TimeField::kPart},
}};

constexpr std::array<std::pair<std::string_view, TimeOp>, 7> kOps = {{
    {"date", TimeOp::kDate},
    {"shift", TimeOp::kShift},
    {"duration", TimeOp::kDuration},
    {"set", TimeOp::kSet},
    {"ref", TimeOp::kRef},
    {"piece", TimeOp::kPiece},
    {"range", TimeOp::kRange},
}};

/// Names that may stand for numbers in the value columns.
constexpr std::array<std::pair<std::string_view, int>, 37> kNames = {{
    {"second", 0},
    {"minute", 1},
    {"hour", 2},
    {"day", 3},
    {"weekend", 4},
    {"week", 5},
    {"fortnight", 6},
    {"month", 7},
    {"quarter", 8},
    {"year", 9},
    {"decade", 10},
    {"century", 11},
    {"millennium", 12},
    {"START", 1},
    {"MID", 2},
    {"END", 3},
    {"APPROX", 4},
    {"MORE_THAN", 5},
    {"LESS_THAN", 6},
    {"EQUAL_OR_MORE", 7},
    {"EQUAL_OR_LESS", 8},
    {"BEFORE", 9},
    {"AFTER", 10},
    {"PRESENT_REF", 1},
    {"PAST_REF", 2},
    {"FUTURE_REF", 3},
    {"MO", 1},
    {"AF", 2},
    {"EV", 3},
    {"NI", 4},
    {"DT", 5},
    {"MI", 6},
    {"SP", 1},
    {"SU", 2},
    {"FA", 3},
    {"WI", 4},
    {"last", -1},
}};

std::optional<double> number(std::string_view cell) {
  if (const int* named = find_pair(kNames, cell)) return *named;
  return parse_double(cell);
}

/// Values that index something must stay within it, whatever a table says.
bool is_possible(TimeField field, double value) {
  const auto within = [value](double least, double most) {
    return value >= least && value <= most;
  };
  switch (field) {
    case TimeField::kMonth:
      return within(1, 12);
    case TimeField::kWeekday:
      return within(1, 7);
    case TimeField::kPart:
      return within(1, kTimeParts.size() - 1);
    case TimeField::kSeason:
      return within(1, kTimeSeasons.size() - 1);
    case TimeField::kQuarter:
      return within(0, 4);
    case TimeField::kHalf:
      return within(1, 2);
    case TimeField::kUnit:
      return within(0, static_cast<double>(TimeUnit::kMillennium));
    case TimeField::kMod:
      return within(1, kTimeMods.size() - 1);
    case TimeField::kRef:
      return within(1, kTimeRefs.size() - 1);
    default:
      return within(-1e6, 1e6);
  }
}

std::vector<std::string_view> split(std::string_view cell, char at) {
  std::vector<std::string_view> parts;
  while (!cell.empty()) {
    const std::size_t end = cell.find(at);
    if (end != 0) parts.push_back(cell.substr(0, end));
    if (end == std::string_view::npos) break;
    cell.remove_prefix(end + 1);
  }
  return parts;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_class_name(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(),
                                      [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

}  // namespace

std::uint32_t TimeRules::intern(std::string_view word) {
  auto [at, added] = words_.try_emplace(std::string(word));
  if (added) at->second.id = static_cast<std::uint32_t>(words_.size());
  return at->second.id;
}

std::uint8_t TimeRules::intern_class(std::string_view name) {
  const std::uint8_t known = class_id(name);
  if (known != kNoClass) return known;
  if (classes_.size() == kMaxClasses) return kNoClass;
  classes_.emplace_back(name);
  TimeField field = TimeField::kNone;
  if (const TimeField* other = find_pair(kOtherClasses, name)) {
    field = *other;
  } else {
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    if (const TimeField* own = find_pair(kFields, lower)) field = *own;
  }
  fields_.push_back(field);
  return static_cast<std::uint8_t>(classes_.size() - 1);
}

std::uint8_t TimeRules::class_id(std::string_view name) const {
  const auto at = std::find(classes_.begin(), classes_.end(), name);
  return at == classes_.end() ? kNoClass : static_cast<std::uint8_t>(at - classes_.begin());
}

Result<std::vector<TimeRules::Element>> TimeRules::parse_elements(std::string_view pattern) {
  std::vector<Element> elements;
  for (std::string_view part : split(pattern, ' ')) {
    Element element;
    if (part.size() > 1 && part.front() == '~') {
      element.glued = true;
      part.remove_prefix(1);
    }
    if (part.size() > 1 && part.back() == '?') {
      element.optional = true;
      part.remove_suffix(1);
    }
    for (const std::string_view choice : split(part, '|')) {
      if (is_class_name(choice)) {
        const std::uint8_t id = intern_class(choice);
        if (id == kNoClass) return fail(3012, "more than 128 classes");
        element.classes.add(id);
      } else {
        element.words.push_back(intern(choice));
      }
    }
    elements.push_back(std::move(element));
  }
  return elements;
}

Result<TimeRules> TimeRules::load(const Directory& directory) {
  TimeRules made;
  for (const char* name :
       {"N",    "D",      "DD",     "MM",   "YY",  "Y",  "NTH",  "DTH",    "QTH",  "HTH",
        "HOUR", "MINUTE", "DECADE", "POSS", "ADJ", "SS", "HHMM", "PLURAL", "TENS", "HARM"}) {
    made.intern_class(name);
  }
  const auto words_path = directory / "time_words.tsv";
  auto words = Table::load(words_path, {"words", "class", "value", "if"});
  if (!words) return tl::unexpected(words.error());
  for (const Table::Row& row : words->rows()) {
    Sense sense;
    const auto value = number(row.cells[2]);
    sense.class_id = made.intern_class(row.cells[1]);
    if (!value || !is_class_name(row.cells[1]) || sense.class_id == kNoClass ||
        !is_possible(made.fields_[sense.class_id], *value)) {
      return fail(3012, fmt::format("{}:{}: a word of time needs a CLASS and a value it can have",
                                    words_path.string(), row.line));
    }
    sense.value = static_cast<int>(*value);
    for (const std::string_view condition : split_cell(row.cells[3])) {
      if (condition == "capital") {
        sense.capital = true;
      } else {
        sense.tags.emplace_back(condition);
      }
    }
    for (const std::string_view word : split_cell(row.cells[0])) {
      made.intern(word);
      made.words_.find(word)->second.senses.push_back(sense);
    }
  }

  const auto rules_path = directory / "time_rules.tsv";
  auto rules =
      Table::load(rules_path, {"rule", "level", "makes", "pattern", "meaning", "examples"});
  if (!rules) return tl::unexpected(rules.error());
  for (const Table::Row& row : rules->rows()) {
    const auto broken = [&](std::string_view why) {
      return fail(3013, fmt::format("{}:{}: {}", rules_path.string(), row.line, why));
    };
    Rule rule;
    rule.name = row.cells[0];
    rule.line = row.line;
    const auto level = parse_int(row.cells[1]);
    if (!level || *level < 1 || *level > 9) return broken("a level is a number from 1 to 9");
    rule.level = *level;
    rule.makes = made.intern_class(row.cells[2]);
    if (!is_class_name(row.cells[2]) || rule.makes == kNoClass) {
      return broken("what a rule makes is a CLASS, of which there are at most 128");
    }

    std::string_view pattern = trimmed(row.cells[3]);
    const auto bracketed = [&](bool front) -> std::string_view {
      const std::size_t at = front ? pattern.find(']') : pattern.rfind('[');
      if (pattern.empty() || at == std::string_view::npos ||
          (front ? pattern.front() != '[' : pattern.back() != ']')) {
        return {};
      }
      std::string_view inside;
      if (front) {
        inside = pattern.substr(1, at - 1);
        pattern = trimmed(pattern.substr(at + 1));
      } else {
        inside = pattern.substr(at + 1, pattern.size() - at - 2);
        pattern = trimmed(pattern.substr(0, at));
      }
      return inside;
    };
    std::string_view before = bracketed(true), after = bracketed(false);
    for (auto& [text, refused] :
         {std::pair{&before, &rule.not_before}, std::pair{&after, &rule.not_after}}) {
      *refused = text->starts_with('!');
      if (*refused) text->remove_prefix(1);
    }
    for (auto& [text, place] : {std::pair{before, &rule.before}, std::pair{pattern, &rule.elements},
                                std::pair{after, &rule.after}}) {
      auto elements = made.parse_elements(text);
      if (!elements) return broken(elements.error().message);
      *place = std::move(*elements);
    }
    if (rule.elements.empty() || rule.elements.size() > kMaxElements || rule.before.size() > 1 ||
        rule.after.size() > 1 ||
        std::all_of(rule.elements.begin(), rule.elements.end(),
                    [](const Element& e) { return e.optional; })) {
      return broken(
          "a pattern has 1 to 12 elements, not all of them optional, and at most one in "
          "brackets on each side");
    }

    for (const std::string_view part : split(row.cells[4], ' ')) {
      const std::size_t equals = part.find('=');
      if (equals == std::string_view::npos) {
        const TimeOp* op = find_pair(kOps, part);
        if (!op || rule.op != TimeOp::kNone) {
          return broken(
              "a meaning is one of date, shift, duration, set, ref, piece, range and constants");
        }
        rule.op = *op;
        continue;
      }
      const TimeField* field = find_pair(kFields, part.substr(0, equals));
      const auto value = number(part.substr(equals + 1));
      if (!field || !value || !is_possible(*field, *value)) {
        return broken(fmt::format("'{}' is no constant", part));
      }
      rule.constants.push_back({*field, *value});
    }

    for (const std::string_view example : split_cell(row.cells[5])) {
      const std::size_t arrow = example.find("=>");
      const auto expected = arrow == std::string_view::npos
                                ? std::vector<std::string_view>{}
                                : split(trimmed(example.substr(arrow + 2)), ' ');
      if (expected.size() != 2) return broken("an example is 'words => TYPE value'");
      rule.examples.push_back({std::string(trimmed(example.substr(0, arrow))),
                               std::string(expected[0]), std::string(expected[1])});
    }
    made.levels_ = std::max(made.levels_, rule.level);
    made.rules_.push_back(std::move(rule));
  }

  // Which rules may begin with a class or a word: everything up to the first that must be there.
  made.by_class_.resize((made.levels_ + 1) * kMaxClasses);
  made.by_word_.resize((made.levels_ + 1) * (made.words_.size() + 1));
  for (std::uint32_t r = 0; r < made.rules_.size(); ++r) {
    const Rule& rule = made.rules_[r];
    for (const Element& element : rule.elements) {
      for (std::size_t c = 0; c < kMaxClasses; ++c) {
        if (element.classes.has(static_cast<unsigned>(c)))
          made.by_class_[rule.level * kMaxClasses + c].push_back(r);
      }
      for (const std::uint32_t word : element.words) {
        made.by_word_[rule.level * (made.words_.size() + 1) + word].push_back(r);
      }
      if (!element.optional) break;
    }
  }
  return made;
}

std::span<const std::uint32_t> TimeRules::starting_with_class(int level,
                                                              std::uint8_t class_id) const {
  return by_class_[static_cast<std::size_t>(level) * kMaxClasses + class_id];
}

std::span<const std::uint32_t> TimeRules::starting_with_word(int level, std::uint32_t word) const {
  return by_word_[static_cast<std::size_t>(level) * (words_.size() + 1) + word];
}

}  // namespace dateline::knowledge
