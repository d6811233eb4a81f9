// SPDX-License-Identifier: Apache-2.0
#include "reading/labels.h"

#include <algorithm>

#include "reading/tree.h"

namespace dateline::reading {

namespace {

constexpr std::uint32_t kMostGroups = 8;       ///< Of digits.
constexpr std::uint32_t kMostStreetWords = 4;  ///< "1600 Martin Luther King Boulevard".

/// Atoms by their index; none where it lies outside.
class Atoms {
 public:
  Atoms(std::string_view text, const std::vector<Atom>& atoms) : text_(text), atoms_(atoms) {}

  std::string_view view(std::uint32_t at) const {
    return at < atoms_.size() ? atoms_[at].span.of(text_) : std::string_view();
  }
  bool is_digits(std::uint32_t at) const {
    return at < atoms_.size() && atoms_[at].kind == Atom::Kind::kDigits;
  }
  bool is_glued(std::uint32_t at) const { return at < atoms_.size() && !atoms_[at].space_before; }
  /// A mark between two groups of digits that holds them together.
  bool is_joint(std::uint32_t at) const {
    return is_any_of(view(at), {"-", ".", "\u2010", "\u2011", "\u2013"}) && is_glued(at) &&
           is_glued(at + 1) && is_digits(at + 1);
  }

 private:
  std::string_view text_;
  const std::vector<Atom>& atoms_;
};

/// Groups of digits held together: "806-555-1033".
struct Chain {
  std::uint32_t first = 0, last = 0;  ///< Atoms of its first and its last group.
  std::uint32_t groups = 1;
  std::size_t digits = 0;
};

Chain chain_of(const Atoms& atoms, std::uint32_t at) {
  Chain chain{at, at};
  for (; chain.groups < kMostGroups && chain.first >= 2; ++chain.groups, chain.first -= 2) {
    if (!atoms.is_digits(chain.first - 2) || !atoms.is_joint(chain.first - 1)) break;
  }
  for (; chain.groups < kMostGroups && atoms.is_joint(chain.last + 1); ++chain.groups) {
    chain.last += 2;
  }
  for (std::uint32_t i = chain.first; i <= chain.last; i += 2) chain.digits += atoms.view(i).size();
  return chain;
}

/// Groups from a "+" on, with blanks, marks or brackets between: "+44 (20) 7946-2010".
bool is_international(const Atoms& atoms, std::uint32_t at) {
  const auto in_number = [&](std::uint32_t i) {
    return atoms.is_digits(i) || is_any_of(atoms.view(i), {"-", ".", "(", ")"});
  };
  std::uint32_t first = at;
  while (first > 0 && at - first < 2 * kMostGroups && in_number(first - 1)) --first;
  if (first == 0 || atoms.view(first - 1) != "+" || !atoms.is_glued(first)) return false;
  std::size_t digits = 0;
  for (std::uint32_t i = first; i - first < 2 * kMostGroups && in_number(i); ++i) {
    if (atoms.is_digits(i)) digits += atoms.view(i).size();
  }
  return digits >= 8;
}

/// Groups of digits behind a word that says what they are: "call 555-2010", "Tel. (02) 9876 1984".
bool is_announced(const Atoms& atoms, std::uint32_t at) {
  const auto in_number = [&](std::uint32_t i) {
    return atoms.is_digits(i) || is_any_of(atoms.view(i), {"-", ".", "(", ")", ":", "/"});
  };
  std::uint32_t first = at;
  while (first > 0 && at - first < 2 * kMostGroups && in_number(first - 1)) --first;
  char buffer[32];
  if (first == 0 || !is_any_of(lower_into(atoms.view(first - 1), buffer),
                               {"call", "dial", "fax", "hotline", "mobile", "phone", "tel",
                                "telephone", "text"})) {
    return false;
  }
  std::size_t digits = 0;
  for (std::uint32_t i = first; i - first < 2 * kMostGroups && in_number(i); ++i) {
    if (atoms.is_digits(i)) digits += atoms.view(i).size();
  }
  return digits >= 7;
}

/// Whether digits in brackets are the area of the number behind them.
bool is_area(const Atoms& atoms, std::uint32_t area, const Chain& rest) {
  return atoms.view(area).size() <= 5 && atoms.view(area).size() + rest.digits >= 9;
}

}  // namespace

bool is_name_of_a_thing(std::string_view text, const std::vector<Atom>& all, const Number& number,
                        const knowledge::StringMap<knowledge::CountNoun>& nouns) {
  if (number.begin == 0) return false;
  const Atoms atoms(text, all);
  char buffer[32];
  // "Case No. 2019-1234" names both.
  const std::uint32_t begin =
      atoms.is_digits(number.begin) ? chain_of(atoms, number.begin).first : number.begin;
  if (begin == 0) return false;
  const std::string_view written = atoms.view(begin - 1);
  const std::string_view word = lower_into(written, buffer);
  if (word == "no") return !number.spelled;
  if (word == "." && begin > 1) {
    char other[32];
    const std::string_view abbreviated = lower_into(atoms.view(begin - 2), buffer);
    if (abbreviated == "no") return true;
    // "H.R. 1990", a bill.
    return abbreviated == "r" && begin > 3 && lower_into(atoms.view(begin - 4), other) == "h";
  }
  const auto* noun = knowledge::find(nouns, word);
  if (!noun) return false;
  const bool capital = written.front() >= 'A' && written.front() <= 'Z';
  if (noun->counts == "numbered") return true;
  const bool is_called = is_any_of(noun->counts, {"called", "statute", "made"});
  return is_called && capital && !number.spelled;
}

bool names_what_follows(std::string_view text, const std::vector<Atom>& all, const Number& number,
                        const knowledge::StringMap<knowledge::CountNoun>& nouns) {
  const Atoms atoms(text, all);
  if (!atoms.is_digits(number.begin)) return false;
  char buffer[32];
  if (number.begin > 0 &&
      is_any_of(lower_into(atoms.view(number.begin - 1), buffer),
                {"in", "since", "by", "until", "from", "during", "of", "before", "after"})) {
    return false;
  }
  const std::string_view next = atoms.view(number.end);
  const auto* made = knowledge::find(nouns, next);
  if (number.year_like && made && made->counts == "made") return true;
  if (next == "block" && atoms.view(number.end + 1) == "of") return true;
  for (std::uint32_t at = number.end; at < number.end + kMostStreetWords; ++at) {
    const std::string_view word = atoms.view(at);
    if (word.empty() || word.front() < 'A' || word.front() > 'Z') return false;
    const auto* noun = knowledge::find(nouns, lower_into(word, buffer));
    if (at > number.end && noun && noun->counts == "addressed") return true;
  }
  return false;
}

bool is_telephone(std::string_view text, const std::vector<Atom>& all, const Number& number) {
  const Atoms atoms(text, all);
  if (!atoms.is_digits(number.begin)) return false;
  const Chain chain = chain_of(atoms, number.begin);
  const std::uint32_t first = chain.first;
  // More digits than a date has.
  if (chain.groups >= 3 && chain.digits >= 9) return true;
  // "(806) 555-1033"
  const bool in_brackets = atoms.view(number.begin + 1) == ")" && number.begin > 0 &&
                           atoms.view(number.begin - 1) == "(" && atoms.is_digits(number.begin + 2);
  if (in_brackets && is_area(atoms, number.begin, chain_of(atoms, number.begin + 2))) return true;
  const bool behind = first >= 3 && atoms.view(first - 1) == ")" && atoms.is_digits(first - 2) &&
                      atoms.view(first - 3) == "(";
  if (behind && is_area(atoms, first - 2, chain)) return true;
  return is_international(atoms, number.begin) || is_announced(atoms, number.begin);
}

}  // namespace dateline::reading
