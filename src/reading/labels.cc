// SPDX-License-Identifier: Apache-2.0
#include "reading/labels.h"

#include <algorithm>

#include "reading/tree.h"

namespace dateline::reading {

namespace {

constexpr std::uint32_t kMostGroups = 8;  ///< Of digits.

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
  const std::string_view written = atoms.view(number.begin - 1);
  const std::string_view word = lower_into(written, buffer);
  if (word == "no") return !number.spelled;
  if (word == "." && number.begin > 1) {
    return lower_into(atoms.view(number.begin - 2), buffer) == "no";
  }
  const auto* noun = knowledge::find(nouns, word);
  if (!noun) return false;
  const bool capital = written.front() >= 'A' && written.front() <= 'Z';
  return noun->counts == "numbered" || (noun->counts == "called" && capital && !number.spelled);
}

bool is_telephone(std::string_view text, const std::vector<Atom>& all, const Number& number) {
  const Atoms atoms(text, all);
  if (!atoms.is_digits(number.begin)) return false;
  const Chain chain = chain_of(atoms, number.begin);
  const std::uint32_t first = chain.first;
  // More digits than a date has.
  if (chain.groups >= 3 && chain.digits >= 9) return true;
  if (chain.groups == 2 && chain.digits == 7 && first > 0) {
    char buffer[32];
    const std::uint32_t before = first - 1 - (atoms.view(first - 1) == ":" && first > 1);
    if (is_any_of(lower_into(atoms.view(before), buffer),
                  {"call", "dial", "phone", "tel", "telephone", "text", "fax", "hotline"})) {
      return true;
    }
  }
  // "(806) 555-1033"
  const bool in_brackets = atoms.view(number.begin + 1) == ")" && number.begin > 0 &&
                           atoms.view(number.begin - 1) == "(" && atoms.is_digits(number.begin + 2);
  if (in_brackets) return is_area(atoms, number.begin, chain_of(atoms, number.begin + 2));
  const bool behind = first >= 3 && atoms.view(first - 1) == ")" && atoms.is_digits(first - 2) &&
                      atoms.view(first - 3) == "(";
  if (behind && is_area(atoms, first - 2, chain)) return true;
  return is_international(atoms, number.begin);
}

}  // namespace dateline::reading
