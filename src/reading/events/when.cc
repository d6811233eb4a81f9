// SPDX-License-Identifier: Apache-2.0
#include "reading/events/when.h"

#include <algorithm>
#include <array>

#include "reading/furniture.h"
#include "record/dateline.h"

namespace dateline::reading {

namespace {

constexpr std::uint32_t kHighestOfTime = 16;  ///< Steps up the tree.
constexpr std::size_t kMostTimes = 64;        ///< Of a sentence.

/// From a token to its root, the token itself first; bounded.
struct Path {
  std::array<std::uint32_t, kHighestOfTime> tokens;
  std::uint32_t size = 0;

  Path(const Tree& tree, std::uint32_t token) {
    while (size < kHighestOfTime) {
      tokens[size++] = token;
      if (tree.is_root(token)) break;
      token = tree[token].head;
    }
  }

  /// Place of a token on the path; size where it is not there.
  std::uint32_t find(std::uint32_t token) const {
    std::uint32_t at = 0;
    while (at < size && tokens[at] != token) ++at;
    return at;
  }
};

/// A time inside such a clause is told of that clause alone.
bool closes_time(const language::Token& token) {
  return is_any_of(token.dep, {"relcl", "acl", "advcl", "ccomp", "csubj", "pcomp", "parataxis"});
}

/// A trigger inside such a clause need not happen when what is above it happens: "Police said on
/// Monday that rebels had attacked". With no time of its own, that is the nearest to be had.
bool closes_trigger(const language::Token& token) {
  if (token.dep == "acl") return token.tag != "VBG";  // "issued a statement condemning"
  return is_any_of(token.dep, {"relcl", "ccomp", "csubj", "parataxis"});
}

constexpr std::uint32_t kOutside = 10'000;  ///< Added to the distance of a time outside the clause.

/// Whether the verb says how a thing came to be. With its year that tells of the thing.
bool makes(const Tree& tree, std::uint32_t verb) {
  const std::string_view lemma = tree[verb].lemma;
  if (lemma == "set") {
    const std::uint32_t up = tree.child(verb, {"prt"});
    return up != kNone && tree[up].lower == "up";
  }
  return is_any_of(lemma, {"bear", "build", "construct", "create", "date", "erect", "establish",
                           "form", "found", "incorporate", "introduce"});
}

}  // namespace

std::uint32_t maker_of(const Tree& tree, const Time& time) {
  if (!is_any_of(time.granularity, {"month", "season", "year", "decade", "century"})) return kNone;
  const Path up(tree, tree.head_of(time.span));
  const auto verb = std::find_if(up.tokens.begin(), up.tokens.begin() + up.size,
                                 [&](std::uint32_t i) { return tree[i].pos == "VERB"; });
  return verb != up.tokens.begin() + up.size && makes(tree, *verb) ? *verb : kNone;
}

const Time* time_of(const Tree& tree, const std::vector<Time>& times, std::uint32_t trigger) {
  const Span within = tree.span(tree.document().sentences[tree[trigger].sentence]);
  auto at = std::partition_point(times.begin(), times.end(),
                                 [&](const Time& time) { return time.span.end <= within.begin; });
  const Path up(tree, trigger);
  const Time* best = nullptr;
  std::uint32_t least = kNone;
  for (std::size_t steps = 0;
       at != times.end() && at->span.begin < within.end && steps < kMostTimes; ++at, ++steps) {
    if (at->begin.empty() || !is_any_of(at->type, {"DATE", "TIME"})) continue;
    const std::uint32_t token = tree.head_of(at->span);
    const std::uint32_t between = token > trigger ? token - trigger : trigger - token;
    const Path down(tree, token);
    std::uint32_t below = 0, above = kHighestOfTime;
    while (below < down.size && (above = up.find(down.tokens[below])) == up.size) ++below;
    if (below == down.size) continue;
    // The steps between the two count first, then the words.
    std::uint32_t distance = 100 * (below + above) + std::min(between, 99u);
    for (std::uint32_t i = 0; i < above; ++i) {
      if (closes_trigger(tree[up.tokens[i]])) distance += kOutside;
    }
    const std::uint32_t maker = maker_of(tree, *at);
    bool elsewhere = maker != kNone && maker != trigger;
    for (std::uint32_t i = 0; i < below; ++i) {
      // "the attack, which took place on Monday"; "attacked as they slept on Monday".
      const bool of_trigger = tree[down.tokens[i]].head == trigger;
      elsewhere |= closes_time(tree[down.tokens[i]]) && !of_trigger;
    }
    if (!elsewhere && distance < least) least = distance, best = &*at;
  }
  return best;
}

bool dates_the_report(const Record& record, const Time& time) {
  if (is_furniture(record, time.span.begin)) return true;
  if (!record.published || time.begin != time.end ||
      !record.published->value.starts_with(time.begin)) {
    return false;
  }
  const auto section = section_at(record, time.span.begin);
  if (section == record.sections.end() || section->kind != "paragraph") return false;
  const std::string_view words = section->span.of(record.text);
  // A line of the head, "Horn Wire, 25 May 2026", ends as no sentence does.
  const bool line = words.size() <= record::kDatelineBytes &&
                    std::string_view(".?!:\"").find(words.back()) == std::string_view::npos &&
                    !words.ends_with("\u201D");
  return line || time.span.end <= section->span.begin + record::dateline_of(words).size();
}

bool in_one_section(const Record& record, Span a, Span b) {
  return section_at(record, a.begin) == section_at(record, b.begin);
}

}  // namespace dateline::reading
