// SPDX-License-Identifier: Apache-2.0
#include "reading/events/clause.h"

#include <algorithm>

namespace dateline::reading::events {

namespace {

constexpr std::uint32_t kHighestVerb = 5;  ///< Steps up the tree.
constexpr std::size_t kMostParties = 12;

class Clause {
 public:
  Clause(const Scene& scene, const knowledge::EventWord* row) : scene_(scene), row_(row) {}

  Sides read(std::uint32_t trigger) {
    if (scene_[trigger].pos == "VERB") {
      verb(trigger);
    } else {
      noun(trigger);
    }
    if (has_side("mutual")) {
      for (const std::uint32_t party : sides_.recipients) add(sides_.actors, party);
      sides_.recipients.clear();
    } else if (has_side("guest")) {
      std::swap(sides_.actors, sides_.recipients);
    }
    return std::move(sides_);
  }

 private:
  bool has_side(std::string_view side) const { return row_ && row_->has_side(side); }

  void verb(std::uint32_t i) {
    const std::uint32_t object = scene_.tree.child(i, {"dobj"});
    if (is_passive(i)) {
      const std::uint32_t agent = scene_.tree.child(i, {"agent"});
      if (agent != kNone) add_all(sides_.actors, scene_.tree.child(agent, {"pobj"}));
      const std::uint32_t patient = scene_.tree.child(i, {"nsubjpass"});
      std::uint32_t subject = patient != kNone ? standing_for(patient) : subject_of(i);
      if (subject == kNone && scene_[i].dep == "acl") subject = scene_[i].head;
      add_all(sides_.recipients, subject);
    } else {
      add_all(sides_.actors, subject_of(i));
    }
    by_prepositions(i);
    const bool takes_object =
        !row_ || row_->sides.empty() || has_side("obj") || has_side("mutual") || has_side("guest");
    if (sides_.recipients.empty() && object != kNone && takes_object) {
      add_all(sides_.recipients, object);
    }
    // "lifted sanctions on X": the preposition hangs on the object.
    if (sides_.recipients.empty() && object != kNone) by_prepositions(object);
  }

  void noun(std::uint32_t i) {
    for (const std::uint32_t child : scene_.tree.children(i)) {
      const std::string_view dep = scene_[child].dep;
      if (dep == "poss") add_all(sides_.actors, child);
      if (is_any_of(dep, {"compound", "amod", "nmod"}) &&
          scene_.mentions.entity_at(child) != kNone) {
        add_all(sides_.actors, child);
      }
      if (dep == "agent" || (dep == "prep" && scene_[child].lower == "by")) {
        add_all(sides_.actors, scene_.tree.child(child, {"pobj"}));
      }
    }
    by_prepositions(i);
  }

  /// "was seized", "a car seized by", "was stopped and seized", "four were killed and 17 wounded".
  bool is_passive(std::uint32_t i) const {
    for (std::uint32_t steps = 0; steps < kHighestVerb; ++steps) {
      if (scene_.tree.child(i, {"nsubjpass", "auxpass", "agent"}) != kNone) return true;
      if (scene_.tree.child(i, {"aux"}) != kNone) return false;
      const std::uint32_t subject = scene_.tree.child(i, {"nsubj"});
      const bool counted = subject != kNone && scene_[subject].tag == "CD";
      if (scene_[i].tag != "VBN" && !counted) return false;
      if (subject != kNone &&
          (scene_[i].dep != "conj" || scene_.tree.child(i, {"dobj"}) != kNone)) {
        return false;
      }
      if (scene_[i].dep == "acl") return true;
      if (scene_[i].dep != "conj") return false;
      i = scene_[i].head;
    }
    return false;
  }

  /// Parties after the prepositions that the row names.
  void by_prepositions(std::uint32_t i) {
    for (const std::uint32_t child : scene_.tree.children(i)) {
      if (!is_any_of(scene_[child].dep, {"prep", "dative"})) continue;
      const std::string_view word = scene_[child].lower;
      const bool joins =
          has_side("mutual") && is_any_of(word, {"with", "between", "among", "against"});
      if (!joins && !has_side(word)) continue;
      add_all(joins ? sides_.actors : sides_.recipients, scene_.tree.child(child, {"pobj"}));
    }
  }

  /// The subject of a verb, if need be of the verb or noun it hangs on.
  std::uint32_t subject_of(std::uint32_t i) const {
    for (std::uint32_t steps = 0; steps < kHighestVerb; ++steps) {
      const std::uint32_t subject = scene_.tree.child(i, {"nsubj"});
      if (subject != kNone) return standing_for(subject);
      if (steps > 0) {
        const std::uint32_t passive = scene_.tree.child(i, {"nsubjpass"});
        if (passive != kNone) return passive;
      }
      const std::string_view dep = scene_[i].dep;
      const std::uint32_t head = scene_[i].head;
      if (head == i) return kNone;
      if (dep == "acl" && scene_[i].tag == "VBG") return head;
      if (dep == "xcomp") {
        // "urged X to leave": X would leave.
        const std::uint32_t object = scene_.tree.child(head, {"dobj"});
        if (object != kNone && object < i) return object;
      }
      if (!is_any_of(dep, {"conj", "xcomp", "advcl", "pcomp", "prep"})) return kNone;
      i = head;
    }
    return kNone;
  }

  /// The noun for a relative pronoun.
  std::uint32_t standing_for(std::uint32_t token) const {
    if (is_any_of(scene_[token].lower, {"who", "which", "that"})) {
      const std::uint32_t verb = scene_[token].head;
      if (scene_[verb].dep == "relcl") return scene_[verb].head;
    }
    return token;
  }

  static void add(std::vector<std::uint32_t>& parties, std::uint32_t token) {
    if (parties.size() < kMostParties &&
        std::find(parties.begin(), parties.end(), token) == parties.end()) {
      parties.push_back(token);
    }
  }

  /// A party and what is joined to it by "and".
  void add_all(std::vector<std::uint32_t>& parties, std::uint32_t token) const {
    for (std::size_t steps = 0; token != kNone && steps < kMostParties; ++steps) {
      add(parties, token);
      token = scene_.tree.child(token, {"conj"});
    }
  }

  const Scene& scene_;
  const knowledge::EventWord* row_;
  Sides sides_;
};

}  // namespace

Sides sides_in_clause(const Scene& scene, std::uint32_t trigger, const knowledge::EventWord* row) {
  return Clause(scene, row).read(trigger);
}

}  // namespace dateline::reading::events
