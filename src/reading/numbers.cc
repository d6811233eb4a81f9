// SPDX-License-Identifier: Apache-2.0
#include "reading/numbers.h"

#include <algorithm>
#include <cmath>

namespace dateline::reading {

namespace {

using knowledge::NumberWord;
using Kind = NumberWord::Kind;

class NumberFinder {
 public:
  NumberFinder(std::string_view text, const std::vector<Atom>& atoms,
               const knowledge::NumberWords& words)
      : text_(text), atoms_(atoms), words_(words) {}

  std::vector<Number> run() {
    std::vector<Number> found;
    for (std::uint32_t i = 0; i < atoms_.size();) {
      Number number;
      number.begin = i;
      const bool here = atoms_[i].kind == Atom::Kind::kDigits ? digits(i, number)
                        : atoms_[i].kind == Atom::Kind::kWord ? spelled(i, number)
                                                              : vulgar(i, number);
      if (here) {
        i = number.end;
        found.push_back(number);
      } else {
        ++i;
      }
    }
    return found;
  }

 private:
  std::string_view view(std::uint32_t i) const {
    return i < atoms_.size() ? atoms_[i].span.of(text_) : std::string_view();
  }
  bool glued(std::uint32_t i) const { return i < atoms_.size() && !atoms_[i].space_before; }
  bool is_digits(std::uint32_t i) const {
    return i < atoms_.size() && atoms_[i].kind == Atom::Kind::kDigits;
  }
  const NumberWord* word(std::uint32_t i) const {
    if (i >= atoms_.size() || atoms_[i].kind != Atom::Kind::kWord) return nullptr;
    char buffer[32];
    return words_.find(lower_into(view(i), buffer));
  }
  bool is(std::uint32_t i, std::string_view wanted) const {
    char buffer[32];
    return i < atoms_.size() && lower_into(view(i), buffer) == wanted;
  }
  static double decimal(std::string_view digits) {
    double value = 0;
    for (const char c : digits.substr(0, 300)) value = value * 10 + (c - '0');
    return value;
  }

  /// "1/2" glued, at i.
  bool slashed(std::uint32_t i, double& value) const {
    if (i > 0 && view(i - 1) == "/" && glued(i)) return false;  // the middle of a date
    if (!is_digits(i) || view(i + 1) != "/" || !glued(i + 1) || !is_digits(i + 2) ||
        !glued(i + 2)) {
      return false;
    }
    if (view(i).size() > 2 || view(i + 2).size() > 2 || view(i + 3) == "/") return false;
    const double over = decimal(view(i)), under = decimal(view(i + 2));
    // 9/11 is a day, 24/7 a habit
    const bool common = under <= 10 || under == 12 || under == 16 || under == 32 || under == 100;
    if (under < 2 || over >= under || !common) return false;
    value = over / under;
    return true;
  }

  static bool vulgar_value(std::string_view mark, double& value) {
    if (mark == "\u00BD")
      value = 0.5;
    else if (mark == "\u00BC")
      value = 0.25;
    else if (mark == "\u00BE")
      value = 0.75;
    else
      return false;
    return true;
  }

  bool vulgar(std::uint32_t i, Number& number) const {
    if (!vulgar_value(view(i), number.value)) return false;
    number.fraction = true;
    number.end = i + 1;
    return true;
  }

  bool digits(std::uint32_t i, Number& number) const {
    const std::string_view first = view(i);
    number.value = decimal(first);
    number.digits = static_cast<int>(std::min<std::size_t>(first.size(), 99));
    std::uint32_t end = i + 1;
    if (first.size() <= 3 && first[0] != '0') {  // 1,200,000
      std::uint32_t group = end;
      while (view(group) == "," && glued(group) && is_digits(group + 1) && glued(group + 1) &&
             view(group + 1).size() == 3) {
        number.value = number.value * 1000 + decimal(view(group + 1));
        group += 2;
      }
      if (group != end) number.digits = 0;
      end = group;
    }
    double part = 0;
    if (view(end) == "." && glued(end) && is_digits(end + 1) && glued(end + 1) &&
        !is_dotted(i, end + 2)) {
      const std::string_view decimals = view(end + 1);
      number.value += decimal(decimals) / std::pow(10.0, static_cast<double>(decimals.size()));
      number.digits = 0;
      number.fraction = true;
      end += 2;
    } else if (slashed(i, part)) {
      number.value = part;
      number.digits = 0;
      number.fraction = true;
      end = i + 3;
    } else if (is_digits(end) && slashed(end, part)) {  // 5 1/2
      number.value += part;
      number.digits = 0;
      number.fraction = true;
      end += 3;
    } else if (view(end) == "-" && glued(end) && glued(end + 1) && slashed(end + 1, part)) {
      number.value += part;  // 5-1/2
      number.digits = 0;
      number.fraction = true;
      end += 4;
    } else if (glued(end) && vulgar_value(view(end), part)) {
      number.value += part;
      number.digits = 0;
      number.fraction = true;
      end += 1;
    } else if (number.digits > 0 && number.digits <= 4 && glued(end) && end < atoms_.size() &&
               (is(end, "th") || is(end, "st") || is(end, "nd") || is(end, "rd"))) {
      number.ordinal = true;
      number.end = end + 1;
      return true;
    }
    number.year_like = number.digits == 4;
    const NumberWord* letter = glued(end) ? word(end) : nullptr;  // "$4m"
    if (letter && letter->kind == Kind::kMoneyScale && i > 0 && glued(i) && is_money(view(i - 1))) {
      scale_by(letter->value, number);
      ++end;
    }
    scales(end, number);
    number.end = end;
    return true;
  }

  /// Numbers with a dot between them that are no decimals: "25.12.2012", "10.30 a.m."
  bool is_dotted(std::uint32_t begin, std::uint32_t end) const {
    if (view(end) == "." && glued(end) && is_digits(end + 1) && glued(end + 1)) return true;
    if (begin > 1 && view(begin - 1) == "." && glued(begin) && is_digits(begin - 2)) return true;
    return is(end, "am") || is(end, "pm") ||
           ((is(end, "a") || is(end, "p")) && view(end + 1) == "." && is(end + 2, "m"));
  }

  static bool is_money(std::string_view mark) {
    return mark == "$" || mark == "\u00A3" || mark == "\u20AC" || mark == "\u00A5";
  }

  static void scale_by(double scale, Number& number) {
    number.value *= scale;
    number.scale *= scale;
    number.digits = 0;
    number.year_like = false;
    number.spelled = true;
  }

  /// "million" after a number, "-million" too: "2.5 million", "300-million".
  void scales(std::uint32_t& end, Number& number) const {
    while (true) {
      std::uint32_t at = end;
      if (view(at) == "-" && glued(at)) ++at;
      const NumberWord* next = word(at);
      if (!next || next->kind != Kind::kScale) return;
      scale_by(next->value, number);
      end = at + 1;
    }
  }

  bool spelled(std::uint32_t i, Number& number) const {
    const NumberWord* first = word(i);
    number.spelled = true;
    if (first && first->kind == Kind::kOne && part(i, first->value, number)) return true;
    if (!first) {
      // "a hundred", "a dozen", "a million"; "a score of men", but not "a score of 3-2"
      if (!is(i, "a")) return false;
      if (is(i + 1, "score") && is(i + 2, "of") && !is_digits(i + 3) && !word(i + 3)) {
        number.value = 20;
        number.end = i + 2;
        return true;
      }
      const NumberWord* next = word(i + 1);
      if (next && next->kind == Kind::kPart && part_of_scale(i + 1, 1, *next, number)) return true;
      if (!next || (next->kind != Kind::kHundred && next->kind != Kind::kScale)) return false;
      return cardinal(i + 1, 1, number);
    }
    switch (first->kind) {
      case Kind::kVague:
        return vague(i, *first, number);
      case Kind::kOrdinal:
        number.value = first->value;
        number.ordinal = true;
        number.end = i + 1;
        return true;
      case Kind::kHalf:
        return half(i, number);
      case Kind::kFew:
        return few(i, *first, number);
      case Kind::kHundred:
      case Kind::kScale:
        return false;  // "per thousand", "the dozen": no number by themselves
      default:
        return cardinal(i, 0, number);
    }
  }

  /// "half a million", "half a dozen"; "half of her voters", "half the size"
  bool half(std::uint32_t i, Number& number) const {
    const std::uint32_t at = is(i + 1, "a") || view(i + 1) == "-" ? i + 2 : i + 1;
    const NumberWord* scale = word(at);
    number.value = 0.5;
    if (scale && scale->kind == Kind::kScale) {
      number.value *= scale->value;
      number.end = at + 1;
      return true;
    }
    number.fraction = true;
    number.end = i + 1;
    number.part = is(i + 1, "of") || is(i + 1, "the") || is(i + 1, "its") || is(i + 1, "their") ||
                  is(i + 1, "all") || is(i + 1, "his") || is(i + 1, "her");
    // "the second half of the year" is no number
    const bool alone = i == 0 || !(is(i - 1, "the") || is(i - 1, "that") || is(i - 1, "other") ||
                                   is(i - 1, "latter") || is(i - 1, "better") || is_ordinal(i - 1));
    return number.part && alone;
  }
  bool is_ordinal(std::uint32_t i) const {
    const NumberWord* before = word(i);
    return before && before->kind == Kind::kOrdinal;
  }

  /// "several hundred", "a few dozen", "a couple of thousand"
  bool few(std::uint32_t i, const NumberWord& first, Number& number) const {
    std::uint32_t at = is(i + 1, "of") ? i + 2 : i + 1;
    const NumberWord* scale = word(at);
    if (!scale || (scale->kind != Kind::kScale && scale->kind != Kind::kHundred)) return false;
    number.value = first.value;
    double most = first.most.value_or(first.value);
    for (; scale && (scale->kind == Kind::kScale || scale->kind == Kind::kHundred);
         scale = word(++at)) {
      number.value *= scale->value;
      most *= scale->value;
    }
    number.vague = most > number.value;
    if (number.vague) number.most = most;
    number.end = at;
    return true;
  }

  /// "two-thirds", "one-fifth", "two thirds of": so many parts of a whole.
  bool part(std::uint32_t i, double count, Number& number) const {
    const bool dash = view(i + 1) == "-" && glued(i + 1) && glued(i + 2);
    const std::uint32_t at = dash ? i + 2 : i + 1;
    const NumberWord* whole = word(at);
    if (!whole || count < 1) return false;
    if (whole->kind == Kind::kHalf && count == 1 && dash) {  // "one-half"
      number.value = whole->value;
      number.fraction = number.part = true;
      number.end = at + 1;
      return true;
    }
    const bool is_part = whole->kind == Kind::kPart && (dash || is(at + 1, "of"));
    const bool ordinal = whole->kind == Kind::kOrdinal && dash && whole->value >= 3;
    if ((!is_part && !ordinal) || count >= whole->value) return false;
    if (part_of_scale(at, count, *whole, number)) return true;
    number.value = count / whole->value;
    number.fraction = number.part = true;
    number.end = at + 1;
    return true;
  }

  /// "a quarter of a million", "three-quarters of a million"; the part is the atom at.
  bool part_of_scale(std::uint32_t at, double count, const NumberWord& whole,
                     Number& number) const {
    const NumberWord* scale = is(at + 1, "of") && is(at + 2, "a") ? word(at + 3) : nullptr;
    if (!scale || scale->kind != Kind::kScale || count >= whole.value) return false;
    number.value = count / whole.value * scale->value;
    number.end = at + 4;
    return true;
  }

  /// "hundreds of thousands"
  bool vague(std::uint32_t i, const NumberWord& first, Number& number) const {
    number.vague = true;
    number.value = first.value;
    number.most = first.most;
    number.end = i + 1;
    while (is(number.end, "of")) {
      const NumberWord* next = word(number.end + 1);
      if (!next || next->kind != Kind::kVague) break;
      const double unit = next->value / 2;
      number.value *= unit;
      if (number.most) *number.most *= unit;
      number.end += 2;
    }
    return true;
  }

  bool cardinal(std::uint32_t i, double start, Number& number) const {
    double total = 0, group = start, last_scale = 0;
    bool any = start > 0, after_ten = false, closed = false;
    double ones_before = 0;  // "nineteen" of "nineteen ninety-six"
    std::uint32_t at = i, end = i;
    while (true) {
      const NumberWord* next = word(at);
      if (!next) break;
      if (next->kind == Kind::kOne) {
        if (closed && !(after_ten && next->value < 10)) break;
        group += next->value;
        if (group != next->value || total > 0) number.scale = 1;  // "two hundred and six"
        ones_before = !any && next->value >= 10 ? next->value : ones_before;
        closed = true;
        after_ten = false;
      } else if (next->kind == Kind::kTen) {
        if (closed) {
          if (ones_before > 0 && end == i + 1 && total == 0) {  // nineteen ninety-six
            group = ones_before * 100 + next->value;
            ones_before = 0;
            number.year_like = true;
            after_ten = true;
            any = true;
            end = ++at;
            if (view(at) == "-" && glued(at)) ++at;
            continue;
          }
          break;
        }
        group += next->value;
        closed = true;
        after_ten = true;
      } else if (next->kind == Kind::kHundred) {
        if (!any) break;
        group = (group == 0 ? 1 : group) * 100;
        closed = after_ten = false;
        if (total == 0) number.scale = 100;
      } else if (next->kind == Kind::kScale) {
        if (!any) break;
        total += (group == 0 ? 1 : group) * next->value;
        last_scale = next->value;
        number.scale = next->value;
        group = 0;
        closed = after_ten = false;
      } else if (next->kind == Kind::kOrdinal) {
        if (!after_ten || next->value >= 10) break;
        group += next->value;
        number.ordinal = true;
        end = at + 1;
        break;
      } else {
        break;
      }
      any = true;
      end = ++at;
      if (after_ten && view(at) == "-" && glued(at)) ++at;
      if (closed && view(at) == "-" && glued(at) && word(at + 1) &&
          (word(at + 1)->kind == Kind::kScale || word(at + 1)->kind == Kind::kHundred)) {
        ++at;  // "six-million"
      }
      if (!closed) {
        // "two hundred and six"
        if (is(at, "and") && word(at + 1) && word(at + 1)->kind <= Kind::kTen) ++at;
        if (view(at) == "-" && glued(at) && word(at + 1)) ++at;
      }
    }
    if (end == i) return false;
    number.value = total + group;
    number.end = end;
    // "two and a half", "a million and a half"
    std::uint32_t half = end;
    const auto goes_on = [&](std::string_view wanted) {
      if (view(half) == "-" && glued(half)) ++half;  // "seven-and-a-half"
      return is(half, wanted) && (++half, true);
    };
    if (goes_on("and") && goes_on("a") && goes_on("half")) {
      number.value += group > 0 ? 0.5 : 0.5 * last_scale;
      number.fraction = group > 0;
      number.end = half;
      scales(number.end, number);
    }
    return true;
  }

  std::string_view text_;
  const std::vector<Atom>& atoms_;
  const knowledge::NumberWords& words_;
};

}  // namespace

std::vector<Number> find_numbers(std::string_view text, const std::vector<Atom>& atoms,
                                 const knowledge::NumberWords& words) {
  return NumberFinder(text, atoms, words).run();
}

}  // namespace dateline::reading
