// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/qualifier.h"

namespace dateline::reading {

namespace {

/// Whether the words of a phrase stand from atom `begin` on.
bool stands_at(const Passage& p, std::uint32_t begin, const std::vector<std::string>& words) {
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    if (!p.is(begin + i, words[i])) return false;
  }
  return true;
}

}  // namespace

const knowledge::Qualifier* qualifier_before(const Passage& p, std::uint32_t& at) {
  if (at == 0) return nullptr;
  char buffer[32];
  const auto* list = knowledge::find(p.words.qualifiers, lower_into(p.view(at - 1), buffer));
  if (!list) return nullptr;
  for (const knowledge::Qualifier& q : *list) {
    if (q.qualifier == "unknown" || q.words.size() > at) continue;
    const auto begin = at - static_cast<std::uint32_t>(q.words.size());
    if (!stands_at(p, begin, q.words)) continue;
    at = begin;
    return &q;
  }
  return nullptr;
}

const knowledge::Qualifier* qualifier_after(const Passage& p, std::uint32_t& at) {
  const std::uint32_t begin = p.view(at) == "-" && p.glued(at) && p.glued(at + 1) ? at + 1 : at;
  char buffer[32];
  const auto* list = knowledge::find(p.words.qualifiers_after, lower_into(p.view(begin), buffer));
  if (!list) return nullptr;
  for (const knowledge::Qualifier& q : *list) {
    if (!stands_at(p, begin, q.words)) continue;
    at = begin + static_cast<std::uint32_t>(q.words.size());
    return &q;
  }
  return nullptr;
}

void set_bounds(Quantity& quantity) {
  if (!quantity.value) return;
  const auto is = [&](std::initializer_list<std::string_view> these) {
    return is_any_of(quantity.qualifier, these);
  };
  if (is({"exact", "at_least", "more_than"})) quantity.min = quantity.value;
  if (is({"exact", "at_most", "less_than"})) quantity.max = quantity.value;
}

}  // namespace dateline::reading
