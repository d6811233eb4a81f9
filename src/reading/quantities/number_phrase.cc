// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/number_phrase.h"

namespace dateline::reading {

namespace {

bool is_whole(const Number& number) { return !number.ordinal && !number.vague && !number.fraction; }

/// "between 20 and 30", "20 to 30", "20-30"
std::optional<NumberPhrase> range(const Passage& p, std::size_t n) {
  if (n + 1 >= p.numbers.size()) return {};
  const Number& first = p.numbers[n];
  const Number& second = p.numbers[n + 1];
  const std::uint32_t joint = first.end;
  if (second.begin != joint + 1 || second.ordinal || first.vague || second.vague) return {};
  // "$5-10 billion", "2 to 3 million": the scale is said once
  const bool shared = first.scale == 1 && second.scale >= 1000 && first.value < 1000;
  const double least = shared ? first.value * second.scale : first.value;
  if (second.value <= first.value || least >= second.value) return {};
  const bool between = first.begin > 0 && p.is(first.begin - 1, "between");
  const bool money = first.begin > 0 && p.glued(first.begin) && p.view(first.begin - 1) == "$";
  const bool dash = (p.view(joint) == "-" || p.view(joint) == "\u2013") && p.glued(joint) &&
                    p.glued(joint + 1) && (first.value >= 10 || shared || money);
  if (!(between && p.is(joint, "and")) && !p.is(joint, "to") && !dash) return {};
  NumberPhrase found;
  found.form = NumberPhrase::Form::kRange;
  found.begin = between ? first.begin - 1 : first.begin;
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
