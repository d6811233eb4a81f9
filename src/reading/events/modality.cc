// SPDX-License-Identifier: Apache-2.0
#include "reading/events/modality.h"

namespace dateline::reading {

namespace {

constexpr std::uint32_t kHighestModal = 8;

/// Verbs under which an infinitive tells what was done: "managed to flee", "began to withdraw".
bool is_implicative(std::string_view lemma) {
  return is_any_of(lemma, {"begin", "start", "continue", "manage", "help", "come", "go", "proceed",
                           "use", "dare", "happen", "stop"});
}

/// What the words right below one word say about it.
void look_below(const Tree& tree, std::uint32_t i, Modality& modality) {
  for (const std::uint32_t child : tree.children(i)) {
    const language::Token& token = tree[child];
    if (token.dep == "neg") modality.negated = true;
    if (token.dep == "det" && token.lower == "no") modality.negated = true;
    if (token.dep == "mark" && is_any_of(token.lower, {"if", "unless", "whether"})) {
      modality.status = "hypothetical";
    }
    if (is_any_of(token.lower, {"allegedly", "reportedly", "alleged", "suspected", "reported"}) &&
        is_any_of(token.dep, {"advmod", "amod"})) {
      modality.status = "alleged";
    }
    if (is_any_of(token.lower, {"planned", "future", "possible", "potential"}) &&
        token.dep == "amod") {
      modality.status = token.lower == "planned" ? "planned" : "hypothetical";
    }
    if (token.dep != "aux") continue;
    if (is_any_of(token.lower, {"will", "shall", "’ll", "'ll"})) modality.status = "planned";
    if (is_any_of(token.lower, {"would", "could", "may", "might", "should", "can", "must"})) {
      modality.status = "hypothetical";
    }
    if (token.lemma == "be" && tree[i].tag == "VBG" && is_any_of(token.tag, {"VBP", "VBZ"})) {
      modality.status = "ongoing";
    }
  }
}

}  // namespace

Modality modality_of(const Tree& tree, std::uint32_t trigger) {
  Modality modality;
  look_below(tree, trigger, modality);
  std::uint32_t i = trigger;
  for (std::uint32_t steps = 0; steps < kHighestModal && !tree.is_root(i); ++steps) {
    const std::uint32_t head = tree[i].head;
    const std::uint32_t to = tree.child(i, {"aux"});
    const bool infinitive = to != kNone && tree[to].tag == "TO";
    if (infinitive && is_any_of(tree[i].dep, {"xcomp", "advcl", "acl", "relcl", "ccomp", "conj",
                                              "attr", "ROOT"})) {
      if (modality.status == "actual" && !is_implicative(tree[head].lemma)) {
        modality.status = "planned";
      }
    }
    if (tree[i].dep == "pcomp" && is_any_of(tree[head].lower, {"of", "for", "without"}) &&
        modality.status == "actual") {
      if (tree[head].lower == "without") modality.negated = true;
      const std::uint32_t verb = tree[head].head;
      if (is_any_of(tree[verb].lemma, {"accuse", "suspect", "charge"})) modality.status = "alleged";
    }
    // Only what is joined or subordinate by an infinitive shares its governor's mood.
    if (!is_any_of(tree[i].dep, {"conj", "xcomp", "advcl"})) break;
    if (tree[i].dep == "advcl") {
      if (modality.status == "actual" && infinitive) modality.status = "planned";
      break;
    }
    i = head;
    Modality above;
    look_below(tree, i, above);
    if (modality.status == "actual") modality.status = above.status;
    if (tree[i].dep == "xcomp") modality.negated = modality.negated || above.negated;
  }
  return modality;
}

}  // namespace dateline::reading
