// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/number_phrase.h"

#include "reading/quantities/tally.h"

namespace dateline::reading {

namespace {

/// Atoms between a "from" and its number: "from the current $7 to $9".
constexpr std::uint32_t kFarthestFrom = 4;

bool is_whole(const Number& number) { return !number.ordinal && !number.vague && !number.fraction; }

/// The sign of money right before an atom, or nothing.
std::string_view money_sign(const Passage& p, std::uint32_t atom) {
  if (atom == 0 || !p.glued(atom)) return {};
  const auto* unit = knowledge::find(p.words.units, p.view(atom - 1));
  return unit && unit->before && unit->kind == "money" ? p.view(atom - 1) : std::string_view();
}

/// The lower bound, also where the scale is said once: "$5-10 billion", "two to three dozen".
double lower_bound(const Number& first, const Number& second) {
  const bool shared = first.scale == 1 && second.scale > 1 && first.value < 1000 &&
                      first.value < second.value / second.scale;
  return shared ? first.value * second.scale : first.value;
}

/// "rose from 9" before "to 14": two amounts, no range.
bool is_change_before(const Passage& p, std::uint32_t begin) {
  for (std::uint32_t at = begin; at > 0 && at + kFarthestFrom > begin; --at) {
    if (p.is(at - 1, "from")) return is_change(p, p.atoms[at - 1].token);
  }
  return false;
}

/// "between 20 and 30", "20 to 30", "20-30", "one or two", "$5 million to $7 million"
std::optional<NumberPhrase> range(const Passage& p, std::size_t n) {
  if (n + 1 >= p.numbers.size()) return {};
  const Number& first = p.numbers[n];
  const Number& second = p.numbers[n + 1];
  if (second.ordinal || first.vague || second.vague) return {};
  const std::uint32_t joint = first.end;
  const std::string_view sign = money_sign(p, first.begin);
  const bool signs =
      !sign.empty() && second.begin == joint + 2 && money_sign(p, second.begin) == sign;
  if (second.begin != joint + 1 && !signs) return {};
  const double least = lower_bound(first, second);
  if (second.value <= first.value || least >= second.value) return {};
  std::uint32_t begin = sign.empty() ? first.begin : first.begin - 1;
  const bool between = begin > 0 && p.is(begin - 1, "between");
  const bool dash = (p.view(joint) == "-" || p.view(joint) == "\u2013") && p.glued(joint) &&
                    p.glued(joint + 1) &&
                    (first.value >= 10 || least != first.value || !sign.empty());
  const bool to = p.is(joint, "to") && !is_change_before(p, begin);
  const bool either = p.is(joint, "or") && second.value <= std::max(2 * least, least + 5);
  if (!(between && p.is(joint, "and")) && !to && !dash && !either) return {};
  NumberPhrase found;
  found.form = NumberPhrase::Form::kRange;
  found.begin = between && sign.empty() ? first.begin - 1 : first.begin;
  found.end = second.end;
  found.last = n + 1;
  found.min = least;
  found.max = second.value;
  return found;
}

/// "six in 10", "one out of five", "nine of 10 voters"
std::optional<NumberPhrase> rate(const Passage& p, std::size_t n) {
  if (n + 1 >= p.numbers.size()) return {};
  const Number& part = p.numbers[n];
  const Number& whole = p.numbers[n + 1];
  const std::uint32_t joint = part.end;
  const bool of_ten = p.is(joint, "of") && (p.is(joint + 1, "10") || p.is(joint + 1, "ten"));
  const bool out_of = p.is(joint, "out") && p.is(joint + 1, "of");
  if (!p.is(joint, "in") && !of_ten && !out_of) return {};
  if (whole.begin != joint + (out_of ? 2 : 1) || !is_whole(part) || !is_whole(whole) ||
      part.value > whole.value) {
    return {};
  }
  NumberPhrase found;
  found.form = NumberPhrase::Form::kRate;
  found.begin = part.begin;
  found.end = whole.end;
  found.last = n + 1;
  found.value = part.value / whole.value;
  return found;
}

}  // namespace

NumberPhrase number_phrase(const Passage& p, std::size_t n) {
  if (auto found = range(p, n)) return *found;
  if (auto found = rate(p, n)) return *found;
  const Number& number = p.numbers[n];
  NumberPhrase one;
  one.begin = number.begin;
  one.end = number.end;
  one.last = n;
  if (number.vague) {
    one.min = number.value;
    one.max = number.most;
  } else {
    one.value = number.value;
    // "minus 5 degrees", but "plus or minus 3 points"
    if (one.begin > 0 && p.is(one.begin - 1, "minus") &&
        !(one.begin > 1 && p.is(one.begin - 2, "or"))) {
      one.value = -number.value;
      --one.begin;
    }
  }
  return one;
}

bool is_vote(const Passage& p, std::size_t n) {
  if (n + 1 >= p.numbers.size()) return false;
  const Number& won = p.numbers[n];
  const Number& lost = p.numbers[n + 1];
  if (!is_whole(won) || !is_whole(lost) || won.value < lost.value || won.scale != 1) return false;
  const bool from = won.begin > 0 && p.is(won.begin - 1, "from");
  return p.is(won.end, "to") && lost.begin == won.end + 1 && !from;
}

}  // namespace dateline::reading
