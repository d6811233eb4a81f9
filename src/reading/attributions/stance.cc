// SPDX-License-Identifier: Apache-2.0
#include "reading/attributions/stance.h"

#include <fmt/format.h>

namespace dateline::reading {

namespace {

/// "denies" -> "deny".
std::string plain(std::string_view stance) {
  if (stance.ends_with("ies")) return fmt::format("{}y", stance.substr(0, stance.size() - 3));
  return std::string(stance.substr(0, stance.size() - (stance.ends_with('s') ? 1 : 0)));
}

}  // namespace

std::string stance_of(const Scene& scene, std::uint32_t cue, const knowledge::Words& words) {
  bool negated = false, infinitive = false;
  std::string_view modal;
  for (const std::uint32_t child : scene.tree.children(cue)) {
    const language::Token& token = scene[child];
    negated = negated || (token.dep == "neg" && child < cue) ||
              (token.dep == "det" && token.lower == "no");
    infinitive = infinitive || token.dep == "xcomp";
    if (token.dep == "aux" && token.tag == "MD" && child < cue) {
      modal = is_any_of(token.lower, {"will", "shall", "'ll", "’ll", "wo"}) ? "will" : "may";
    }
  }
  const std::string_view stance = words.stance_of(scene[cue].lemma, infinitive);
  if (!negated && modal.empty()) return std::string(stance);
  return fmt::format("{}{} {}", modal.empty() ? "does" : modal, negated ? " not" : "",
                     plain(stance));
}

}  // namespace dateline::reading
