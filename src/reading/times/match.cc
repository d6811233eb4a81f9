// SPDX-License-Identifier: Apache-2.0
#include "reading/times/match.h"

#include <algorithm>
#include <cmath>

#include "reading/labels.h"
#include "reading/numbers.h"
#include "reading/tree.h"

namespace dateline::reading {

namespace {

using knowledge::ClassSet;
using knowledge::TimeField;
using knowledge::TimeOp;
using knowledge::TimeRules;
namespace nc = knowledge;

/// Atoms [begin, end) taken as one: a word, a number, or what a rule has made.
struct Symbol {
  std::uint32_t begin = 0, end = 0;
  ClassSet classes;
  const TimeRules::Word* word = nullptr;
  std::int32_t number = -1;   ///< Into numbers_.
  std::int32_t meaning = -1;  ///< Into meanings.
  std::uint32_t rule = 0;
  bool made = false;
  /// Of a range: where its first part ends and its second begins. The second's meaning is next.
  std::uint32_t first_end = 0, second_begin = 0;
};

class Matcher {
 public:
  Matcher(const language::Document& document, const std::vector<Atom>& atoms,
          const knowledge::NumberWords& words, const TimeRules& rules,
          const knowledge::CountWords& counts)
      : document_(document),
        atoms_(atoms),
        rules_(rules),
        counts_(counts),
        numbers_(find_numbers(document.text, atoms, words)) {}

  TimeMatches run() {
    read_symbols();
    std::vector<Symbol> next;
    next.reserve(symbols_.size());
    for (int level = 1; level <= rules_.levels(); ++level) {
      next.clear();
      for (std::size_t i = 0; i < symbols_.size();) {
        const std::size_t end = apply(level, i, next);
        if (end == i) {
          next.push_back(symbols_[i]);
          ++i;
        } else {
          i = end;
        }
      }
      symbols_.swap(next);
    }
    for (const Symbol& symbol : symbols_) {
      if (!symbol.made) continue;
      const TimeMeaning& meaning = matches_.meanings[symbol.meaning];
      if (meaning.op == TimeOp::kNone || meaning.op == TimeOp::kPiece) continue;
      const auto found = [&](std::uint32_t begin, std::uint32_t end, std::int32_t what) {
        matches_.found.push_back({{atoms_[begin].span.begin, atoms_[end - 1].span.end},
                                  begin,
                                  end,
                                  symbol.rule,
                                  static_cast<std::uint32_t>(what)});
      };
      if (symbol.second_begin == 0) {
        found(symbol.begin, symbol.end, symbol.meaning);
        continue;
      }
      found(symbol.begin, symbol.first_end, symbol.meaning);
      if (matches_.meanings[symbol.meaning + 1].op != TimeOp::kNone) {
        found(symbol.second_begin, symbol.end, symbol.meaning + 1);
      }
    }
    return std::move(matches_);
  }

 private:
  std::string_view view(std::uint32_t atom) const {
    return atom < atoms_.size() ? atoms_[atom].span.of(document_.text) : std::string_view();
  }
  std::string_view tag(std::uint32_t atom) const {
    if (atom >= atoms_.size() || document_.tokens.empty()) return {};
    return document_.tokens[atoms_[atom].token].tag;
  }
  bool glued(std::uint32_t atom) const {
    return atom < atoms_.size() && !atoms_[atom].space_before;
  }

  void read_symbols() {
    symbols_.reserve(atoms_.size());
    std::size_t number = 0;
    for (std::uint32_t i = 0; i < atoms_.size();) {
      Symbol symbol;
      symbol.begin = i;
      symbol.end = i + 1;
      while (number < numbers_.size() && numbers_[number].begin < i) ++number;
      if (number < numbers_.size() && numbers_[number].begin == i) {
        symbol.number = static_cast<std::int32_t>(number);
        symbol.end = numbers_[number].end;
        symbol.classes = number_classes(numbers_[number], symbol.end);
      }
      if (symbol.end == i + 1) read_word(symbol);
      i = symbol.end;
      symbols_.push_back(symbol);
    }
  }

  void read_word(Symbol& symbol) {
    std::string_view words = view(symbol.begin);
    if (words == "'" || words == "\u2019") {
      words = "'";
      if (glued(symbol.begin) && glued(symbol.begin + 1) && view(symbol.begin + 1) == "s") {
        symbol.classes.add(nc::kPOSS);
        symbol.end = symbol.begin + 2;
        return;
      }
    } else if (words == "\u2013" || words == "\u2014" || words == "\u2011" || words == "\u2010") {
      words = "-";
    }
    char buffer[32];
    const TimeRules::Word* word = rules_.find(lower_into(words, buffer));
    if (tag(symbol.begin).starts_with("JJ")) symbol.classes.add(nc::kADJ);
    if (tag(symbol.begin) == "NNS") symbol.classes.add(nc::kPLURAL);
    if (is_harm(symbol.begin)) symbol.classes.add(nc::kHARM);
    if (!word) return;
    symbol.word = word;
    for (const TimeRules::Sense& sense : word->senses) {
      if (fits(sense, symbol.begin)) symbol.classes.add(sense.class_id);
    }
  }

  /// "killed", "flee": what happened to the people that a number before it counts. Headlines have
  /// wrong tags; "protest" and "march" are more often nouns ("the 2000 protest").
  bool is_harm(std::uint32_t atom) const {
    if (atoms_[atom].kind != Atom::Kind::kWord) return false;
    char buffer[32];
    const std::string_view word = lower_into(view(atom), buffer);
    if (knowledge::find(counts_.participles, word)) return true;
    const auto* rows = knowledge::find(counts_.verbs, word);
    return rows && std::any_of(rows->begin(), rows->end(), [](const knowledge::CountVerb& row) {
             return row.with.empty() && !row.subject.empty() && row.subject != "participants";
           });
  }

  bool fits(const TimeRules::Sense& sense, std::uint32_t atom) const {
    if (sense.capital) {
      const char first = view(atom)[0];
      if (first < 'A' || first > 'Z') return false;
    }
    if (sense.tags.empty()) return true;
    const std::string_view own = tag(atom);
    return own.empty() || std::any_of(sense.tags.begin(), sense.tags.end(),
                                      [own](const std::string& t) { return own.starts_with(t); });
  }

  /// The classes of a number; `end` grows where a mark belongs to it ("1980s").
  ClassSet number_classes(const Number& number, std::uint32_t& end) const {
    const int value = number.value >= 0 && number.value < 1e6 ? static_cast<int>(number.value) : -1;
    const bool whole = !number.fraction && !number.vague;
    if (number.vague) return {};
    if (number.ordinal) {
      ClassSet classes = ClassSet::of(nc::kNTH);
      if (value >= 1 && value <= 31) classes.add(nc::kDTH);
      if (value >= 1 && value <= 4) classes.add(nc::kQTH);
      if (value >= 1 && value <= 2) classes.add(nc::kHTH);
      return classes;
    }
    ClassSet classes = ClassSet::of(nc::kN);
    if (!whole) return classes;
    if (is_decade(number, end)) {
      classes = ClassSet::of(nc::kDECADE);
      if (number.digits == 2) classes.add(nc::kTENS);
      return classes;
    }
    if (number.digits == 1 || number.digits == 2) {
      if (value >= 1 && value <= 31) classes.add(nc::kD);
      if (value <= 24) classes.add(nc::kHOUR);
      if (number.digits == 2 || value > 0) {
        if (value >= 1 && value <= 12) classes.add(nc::kMM);
        if (value >= 1 && value <= 31) classes.add(nc::kDD);
      }
      if (number.digits == 2) {
        classes.add(nc::kYY);
        if (value <= 59) classes.add(nc::kMINUTE);
        if (value <= 59) classes.add(nc::kSS);
      }
    } else if (number.spelled && value >= 1 && value <= 12) {
      classes.add(nc::kHOUR);
    }
    if (number.digits == 4 && value / 100 <= 23 && value % 100 <= 59) classes.add(nc::kHHMM);
    if (is_year(number, value)) classes.add(nc::kY);
    return classes;
  }

  bool is_decade(const Number& number, std::uint32_t& end) const {
    if (number.digits < 2 || number.digits > 4) return false;
    const int value = static_cast<int>(number.value);
    if (value % 10 != 0) return false;
    if (number.digits == 4 && (value < 1000 || value > 2100)) return false;
    std::uint32_t at = end;
    if ((view(at) == "'" || view(at) == "\u2019") && glued(at)) ++at;
    if (view(at) != "s" || !glued(at)) return false;
    // "the 470s BC"; "in the 470s" may be money or degrees
    if (number.digits == 3 && view(at + 1) != "BC" && view(at + 1) != "BCE") return false;
    end = at + 1;
    return true;
  }

  /// "in two thousand and six"; "over two thousand" is a plain number.
  bool is_after_preposition(const Number& number, int value) const {
    if (value < 1900 || value > 2100 || number.begin == 0) return false;
    char buffer[32];
    const std::string_view before = lower_into(view(number.begin - 1), buffer);
    return is_any_of(before, {"in", "since", "by", "of", "until", "till", "year", "before", "after",
                              "from", "to", "during"});
  }

  /// Four digits are a year unless their surroundings make a plain number of them.
  bool is_year(const Number& number, int value) const {
    const std::string_view next = tag(number.end);
    const bool plain = number.end < atoms_.size() && atoms_[number.end].kind == Atom::Kind::kWord &&
                       (next == "NNS" || next == "NNPS");
    if (!number.year_like) return number.spelled && !plain && is_after_preposition(number, value);
    if (value < 1000 || value > 2100) return false;
    if (is_name_of_a_thing(document_.text, atoms_, number, counts_.nouns) ||
        names_what_follows(document_.text, atoms_, number, counts_.nouns) ||
        is_telephone(document_.text, atoms_, number)) {
      return false;
    }
    if (number.spelled) return value >= 1700;
    const std::string_view before = number.begin > 0 ? view(number.begin - 1) : "";
    const bool touching = glued(number.begin);
    const bool dotted = number.begin > 3 && view(number.begin - 3) == "." &&  // 25.12.2012
                        atoms_[number.begin - 2].kind == Atom::Kind::kDigits;
    if (touching && (before == "$" || before == "#" || before == "\u00A3" || before == "\u20AC" ||
                     (before == "." && !dotted) || before == "\u00A5")) {
      return false;
    }
    if (view(number.end) == "%" || (view(number.end) == "." && glued(number.end + 1) &&
                                    atoms_[number.end + 1].kind == Atom::Kind::kDigits)) {
      return false;
    }
    // "1430GMT", "1800h", but "the 1980s".
    if (glued(number.end) && atoms_[number.end].kind == Atom::Kind::kWord &&
        view(number.end) != "s") {
      return false;
    }
    // "M1911", "BA2030", "1920x1080", but "FY2013", "c1850".
    if (touching && number.begin > 0 && atoms_[number.begin - 1].kind == Atom::Kind::kWord &&
        before.size() <= 2) {
      char buffer[32];
      if (!is_any_of(lower_into(before, buffer), {"fy", "cy", "c", "ca"})) return false;
    }
    const bool joined = touching && before == "-";  // "post-1959 politics"
    if (plain && !joined) {
      char buffer[32];
      const std::string_view word = lower_into(before, buffer);
      return value >= 1900 && value <= 2035 &&
             (word == "the" || word == "s" || word == "its" || word == "their" || word == "his" ||
              word == "fiscal");
    }
    return true;
  }

  double value_of(const Symbol& symbol, unsigned class_id) const {
    if (class_id < nc::kNumberClasses) {
      if (symbol.number < 0) return 0;
      return numbers_[symbol.number].value;
    }
    if (symbol.word) {
      for (const TimeRules::Sense& sense : symbol.word->senses) {
        if (sense.class_id == class_id) return sense.value;
      }
    }
    return 0;
  }

  /// How an element fits a symbol: the class it was taken for, or kLiteral, or kNo.
  static constexpr int kNo = -2, kLiteral = -1;
  int fit(const TimeRules::Element& element, std::size_t at) const {
    if (at >= symbols_.size()) return kNo;
    if (element.glued && atoms_[symbols_[at].begin].space_before) return kNo;
    return fit_symbol(element, symbols_[at]);
  }
  static int fit_symbol(const TimeRules::Element& element, const Symbol& symbol) {
    const ClassSet both = element.classes & symbol.classes;
    if (!both.empty()) return static_cast<int>(both.first());
    if (symbol.word && !symbol.made &&
        std::find(element.words.begin(), element.words.end(), symbol.word->id) !=
            element.words.end()) {
      return kLiteral;
    }
    return kNo;
  }

  struct Capture {
    std::size_t symbol;
    int as;
  };
  struct Path {
    std::array<Capture, TimeRules::kMaxElements> captures;
    std::size_t size = 0, end = 0;
  };

  /// The longest way to match elements [e, ...) at symbol `at`; elements that may be left out are
  /// tried both ways, which the length of a pattern bounds.
  bool match(const TimeRules::Rule& rule, std::size_t e, std::size_t at, Path& path) const {
    if (e == rule.elements.size()) {
      if (!rule.after.empty() && (fit(rule.after[0], at) == kNo) != rule.not_after) return false;
      path.end = at;
      return true;
    }
    const TimeRules::Element& element = rule.elements[e];
    const int as = fit(element, at);
    if (as != kNo) {
      Path with = path;
      with.captures[with.size++] = {at, as};
      if (match(rule, e + 1, at + 1, with)) {
        path = with;
        return true;
      }
    }
    return element.optional && match(rule, e + 1, at, path);
  }

  std::size_t apply(int level, std::size_t at, std::vector<Symbol>& out) {
    const Symbol& first = symbols_[at];
    if (first.classes.empty() && !first.word) return at;
    Path best;
    std::uint32_t best_rule = 0;
    const auto consider = [&](std::span<const std::uint32_t> candidates) {
      for (const std::uint32_t r : candidates) {
        const TimeRules::Rule& rule = rules_.rules()[r];
        if (!rule.before.empty() && (fit_before(rule.before[0], out) == kNo) != rule.not_before) {
          continue;
        }
        Path path;
        if (!match(rule, 0, at, path) || path.end == at) continue;
        const auto context = [&](std::uint32_t i) {
          return rules_.rules()[i].before.size() + rules_.rules()[i].after.size();
        };
        const bool better =
            path.end > best.end ||
            (path.end == best.end && (context(r) > context(best_rule) ||
                                      (context(r) == context(best_rule) && r < best_rule)));
        if (!better) continue;
        best = path;
        best_rule = r;
      }
    };
    for (ClassSet left = first.classes; !left.empty(); left = left.without_first()) {
      consider(rules_.starting_with_class(level, static_cast<std::uint8_t>(left.first())));
    }
    if (first.word && !first.made) consider(rules_.starting_with_word(level, first.word->id));
    if (best.end == 0) return at;
    out.push_back(make(best, best_rule));
    return best.end;
  }

  int fit_before(const TimeRules::Element& element, const std::vector<Symbol>& out) const {
    return out.empty() ? kNo : fit_symbol(element, out.back());
  }

  Symbol make(const Path& path, std::uint32_t rule_number) {
    const TimeRules::Rule& rule = rules_.rules()[rule_number];
    Symbol made;
    made.begin = symbols_[path.captures[0].symbol].begin;
    made.end = symbols_[path.captures[path.size - 1].symbol].end;
    made.classes.add(rule.makes);
    made.made = true;
    made.rule = rule_number;
    matches_.steps.push_back({made.begin, made.end, rule_number});
    if (rule.op == TimeOp::kRange) {
      make_range(path, made);
      return made;
    }
    TimeMeaning meaning = meaning_of(path, 0, path.size, rule);
    if (rule.op != TimeOp::kNone) meaning.op = rule.op;
    for (const auto& constant : rule.constants) meaning.put(constant.field, constant.value);
    made.meaning = static_cast<std::int32_t>(matches_.meanings.size());
    matches_.meanings.push_back(meaning);
    return made;
  }

  /// "April 6-7", "January to March 2024", "1958-59": two dates, each of which is told month and
  /// year by the other. They part at the first literal after a class.
  void make_range(const Path& path, Symbol& made) {
    std::size_t part = 1;
    while (part + 2 < path.size && path.captures[part].as != kLiteral) ++part;
    const TimeRules::Rule& rule = rules_.rules()[made.rule];
    TimeMeaning first = meaning_of(path, 0, part, rule);
    TimeMeaning second = meaning_of(path, part + 1, path.size, rule);
    first.op = second.op = TimeOp::kDate;
    if (second.get(TimeField::kYear) < 0) {  // two digits
      const int year = first.get(TimeField::kYear), two = -1 - second.get(TimeField::kYear);
      second.put(TimeField::kYear, year / 100 * 100 + two);
      if (two <= year % 100) second.op = TimeOp::kNone;  // 2007-02 is no range
    }
    const bool turns = first.get(TimeField::kMonth) > second.get(TimeField::kMonth) &&
                       second.has(TimeField::kMonth);
    for (const TimeField field : {TimeField::kMonth, TimeField::kYear, TimeField::kEra}) {
      const int turn = field == TimeField::kYear && turns ? 1 : 0;
      const bool in_first = first.has(field), in_second = second.has(field);
      if (in_first && !in_second) second.put(field, first.at(field) + turn);
      if (in_second && !in_first) first.put(field, second.at(field) - turn);
    }
    if (!second.has(TimeField::kWeekday)) second.put(TimeField::kSame, 1);
    if (first.has(TimeField::kHour)) {  // "5 a.m. on October 3": the time is that day's
      for (const TimeField field : {TimeField::kDay, TimeField::kWeekday, TimeField::kHoliday}) {
        if (second.has(field) && !first.has(field)) first.put(field, second.at(field));
      }
    }
    made.first_end = symbols_[path.captures[part - 1].symbol].end;
    made.second_begin = symbols_[path.captures[part + 1].symbol].begin;
    made.meaning = static_cast<std::int32_t>(matches_.meanings.size());
    matches_.meanings.push_back(first);
    matches_.meanings.push_back(second);
  }

  TimeMeaning meaning_of(const Path& path, std::size_t from, std::size_t to,
                         const TimeRules::Rule& rule) const {
    TimeMeaning meaning;
    for (std::size_t i = from; i < to; ++i) {
      const auto [at, as] = path.captures[i];
      if (as == kLiteral) continue;
      const Symbol& symbol = symbols_[at];
      if (symbol.meaning < 0) {
        put(meaning, symbol, static_cast<unsigned>(as));
        continue;
      }
      const TimeMeaning& inner = matches_.meanings[symbol.meaning];
      if (rule.op == TimeOp::kShift && inner.op == TimeOp::kDate) {
        meaning.base = symbol.meaning;
        continue;
      }
      for (std::size_t f = 0; f < knowledge::kTimeFields; ++f) {
        const auto field = static_cast<TimeField>(f);
        if (inner.has(field)) meaning.put(field, inner.at(field));
      }
      if (inner.base >= 0) meaning.base = inner.base;
      if (inner.op != TimeOp::kPiece) meaning.op = inner.op;
    }
    return meaning;
  }

  void put(TimeMeaning& meaning, const Symbol& symbol, unsigned class_id) const {
    const double value = value_of(symbol, class_id);
    if (class_id == nc::kYY) {
      // A negative year says: two digits, the century is the resolver's to choose.
      meaning.put(TimeField::kYear, -1 - value);
    } else if (class_id == nc::kHHMM) {
      meaning.put(TimeField::kHour, std::floor(value / 100));
      meaning.put(TimeField::kMinute, std::fmod(value, 100));
    } else if (class_id == nc::kDECADE) {
      meaning.put(TimeField::kDecade, value);
    } else {
      meaning.put(rules_.field(static_cast<std::uint8_t>(class_id)), value);
    }
  }

  const language::Document& document_;
  const std::vector<Atom>& atoms_;
  const TimeRules& rules_;
  const knowledge::CountWords& counts_;
  std::vector<Number> numbers_;
  std::vector<Symbol> symbols_;
  TimeMatches matches_;
};

}  // namespace

TimeMatches match_times(const language::Document& document, const std::vector<Atom>& atoms,
                        const knowledge::NumberWords& words, const knowledge::TimeRules& rules,
                        const knowledge::CountWords& counts) {
  return Matcher(document, atoms, words, rules, counts).run();
}

}  // namespace dateline::reading
