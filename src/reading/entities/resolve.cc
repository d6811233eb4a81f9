// What nominals and pronouns stand for: the most salient entity before them that agrees.
//
// One pass in text order over the mentions, with a bounded list of the entities met last. A nominal
// takes the last one with the same head word, then one whose name holds the word ("the camp": Camp
// X), whose role it is ("the spokesman"), or whose kind it names ("the group"). A pronoun takes the
// best by distance, grammatical role and frequency among those of its gender and number. What finds
// nothing stays alone.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <unordered_map>

#include "reading/entities/draft.h"
#include "reading/furniture.h"

namespace dateline::reading::entities {

using language::Token;
using language::TokenRange;

namespace {

constexpr std::size_t kFocus = 40;  ///< Entities kept in mind.

struct Salience {
  std::uint32_t mention = 0;  ///< The last one.
  std::uint32_t count = 0;
  double weight = 0;  ///< Of the last mention's grammatical role.
};

class Resolver {
 public:
  explicit Resolver(Draft& draft)
      : draft_(draft), tree_(draft.tree), tokens_(tree_.document().tokens) {}

  void run() {
    index_names();
    for (std::uint32_t m = 0; m < draft_.mentions.size(); ++m) {
      Mention& mention = draft_.mentions[m];
      if (mention.form == Form::kNominal) {
        mention.cluster = nominal(m);
      } else if (mention.form == Form::kPronoun) {
        mention.cluster = pronoun(m);
      }
      // What a menu names is not what "the union" of the report is.
      if (mention.cluster != kNone && !is_beside(mention)) note(m);
    }
  }

 private:
  std::string_view lower(std::uint32_t i) const { return tokens_[i].lower; }

  bool is_beside(const Mention& mention) const {
    return is_furniture(draft_.record, tokens_[mention.head].span.begin);
  }

  /// Words of the names of organisations, places and facilities, unless two share one.
  void index_names() {
    for (const Mention& mention : draft_.mentions) {
      if (mention.form != Form::kName) continue;
      if (mention.kind == Kind::kPerson || mention.kind == Kind::kGroup) continue;
      if (mention.name.end - mention.name.begin < 2 || is_beside(mention)) continue;
      for (std::uint32_t i = mention.name.begin; i < mention.name.end; ++i) {
        if (!knowledge::find(draft_.context.tables.words.nouns, lower(i))) continue;
        const std::uint32_t cluster = draft_.root(mention.cluster);
        name_words_.try_emplace(lower(i), cluster);
      }
    }
  }

  void note(std::uint32_t m) {
    const Mention& mention = draft_.mentions[m];
    const std::uint32_t cluster = draft_.root(mention.cluster);
    Salience& salience = salience_[cluster];
    salience.mention = m;
    ++salience.count;
    salience.weight = weight_of(mention.head);
    const auto at = std::find(focus_.begin(), focus_.end(), cluster);
    if (at != focus_.end()) focus_.erase(at);
    focus_.push_front(cluster);
    if (focus_.size() > kFocus) focus_.pop_back();
    if (mention.form == Form::kNominal) {
      last_with_head_[tokens_[mention.head].lemma] = m;
    } else if (mention.form == Form::kName) {
      // "X, a teacher from Y": the teacher is X.
      for (const std::uint32_t child : tree_.children(mention.head)) {
        if (is_apposition(child) && tokens_[child].pos == "NOUN") {
          last_with_head_[tokens_[child].lemma] = m;
        }
      }
      for (std::uint32_t i = mention.tokens.begin; i < mention.name.begin; ++i) {
        if (tokens_[i].head == mention.head && tokens_[i].pos == "NOUN") {
          last_with_head_[tokens_[i].lemma] = m;
        }
      }
    }
  }

  double weight_of(std::uint32_t i) const {
    const std::string_view dep = tokens_[i].dep;
    if (dep == "nsubj" || dep == "nsubjpass") return 1.0;
    if (dep == "dobj" || dep == "ROOT") return 0.6;
    if (dep == "conj") return 0.5;
    if (dep == "poss" || dep == "pobj") return 0.35;
    if (is_any_of(dep, {"compound", "amod", "nmod"})) return 0.1;
    return 0.3;
  }

  /// What begins the next paragraph is none, whatever the parser says.
  bool is_apposition(std::uint32_t i) const {
    if (tokens_[i].dep != "appos") return false;
    const TokenRange here = tree_.in_paragraph_of(tokens_[i].head, {i, i + 1});
    return here.begin < here.end;
  }

  bool is_definite(std::uint32_t head) const {
    for (const std::uint32_t child : tree_.children(head)) {
      if (tokens_[child].dep == "det" &&
          is_any_of(lower(child), {"the", "this", "that", "these", "those"})) {
        return true;
      }
    }
    return false;
  }

  /// Whether the phrase of `head` says nothing beyond its head word and its article.
  bool is_bare(std::uint32_t head) const {
    for (const std::uint32_t child : tree_.children(head)) {
      if (!is_any_of(tokens_[child].dep, {"det", "punct", "case", "relcl"})) return false;
    }
    return true;
  }

  /// Every modifier of `later` stands at `earlier` too.
  bool modifiers_agree(std::uint32_t later, const Mention& earlier) const {
    for (const std::uint32_t child : tree_.children(later)) {
      const Token& modifier = tokens_[child];
      if (!is_any_of(modifier.dep, {"amod", "compound", "nummod", "poss", "prep", "nmod"})) {
        continue;
      }
      if (modifier.dep == "prep") return false;
      bool found = false;
      for (std::uint32_t i = earlier.tokens.begin; !found && i < earlier.tokens.end; ++i) {
        found = lower(i) == modifier.lower;
      }
      if (!found) return false;
    }
    return true;
  }

  std::uint32_t fresh(const Mention& mention) { return draft_.add_cluster(mention); }

  std::uint32_t nominal(std::uint32_t m) {
    Mention& mention = draft_.mentions[m];
    const bool apposition = is_apposition(mention.head);
    if (apposition || tokens_[mention.head].dep == "attr") {
      // Says what another mention is; that one stands for it. Yet it can be called so later.
      const std::uint32_t subject = described(mention.head);
      mention.describes = subject;
      if (subject != kNone) last_with_head_[tokens_[mention.head].lemma] = subject;
      if (apposition || subject != kNone) return kNone;
    }
    if (const std::uint32_t name = name_of(m); name != kNone) {
      // "its spokesman, X": the whole phrase is X, who can be called so later.
      draft_.mentions[name].tokens = mention.tokens;
      mention.describes = name;
      last_with_head_[tokens_[mention.head].lemma] = name;
      return kNone;
    }
    if (!is_definite(mention.head)) return fresh(mention);
    const auto same = last_with_head_.find(tokens_[mention.head].lemma);
    if (same != last_with_head_.end()) {
      const Mention& before = draft_.mentions[same->second];
      const std::uint32_t distance = tokens_[mention.head].sentence - tokens_[before.head].sentence;
      if (before.cluster != kNone && before.plural == mention.plural && distance < 40 &&
          modifiers_agree(mention.head, before)) {
        return draft_.root(before.cluster);
      }
    }
    if (mention.plural || !is_bare(mention.head)) return fresh(mention);
    const auto named = name_words_.find(lower(mention.head));
    if (named != name_words_.end() && salience_.count(draft_.root(named->second))) {
      return draft_.root(named->second);
    }
    const auto* noun = knowledge::find(draft_.context.tables.words.nouns, lower(mention.head));
    if (!noun || (!noun->role && !noun->generic)) return fresh(mention);
    for (const std::uint32_t at : focus_) {
      const std::uint32_t c = draft_.root(at);
      const Cluster& cluster = draft_.clusters[c];
      const Mention& last = draft_.mentions[salience_[at].mention];
      if (!cluster.named || too_far(mention, last, 4)) continue;
      if (noun->role) {
        for (const DraftRole& role : cluster.roles) {
          if (role.role == noun_text(mention.head) || role.role.ends_with(lower(mention.head))) {
            return c;
          }
        }
        continue;
      }
      if (fits(cluster.kind, mention.kind) && mention.kind != Kind::kPerson) return c;
    }
    return fresh(mention);
  }

  std::string_view noun_text(std::uint32_t head) const { return tokens_[head].lower; }

  static bool fits(Kind entity, Kind noun) {
    if (entity == noun) return true;
    if (noun == Kind::kOrganization) return entity == Kind::kGroup;
    if (noun == Kind::kPlace) return entity == Kind::kFacility;
    if (noun == Kind::kFacility) return entity == Kind::kPlace;
    return false;
  }

  /// The name that follows a nominal as its apposition, of one kind with it.
  std::uint32_t name_of(std::uint32_t m) const {
    const Mention& mention = draft_.mentions[m];
    for (const std::uint32_t child : tree_.children(mention.head)) {
      if (child < mention.head || !is_apposition(child)) continue;
      const std::uint32_t name = draft_.mention_at[child];
      if (name == kNone || draft_.mentions[name].form != Form::kName) continue;
      // The parser hangs on a phrase what stands in the next paragraph, too.
      const TokenRange called = draft_.mentions[name].name;
      if (called.begin < mention.tokens.begin || called.end > mention.tokens.end) continue;
      if (draft_.mentions[name].kind == mention.kind && mention.kind != Kind::kOther) return name;
    }
    return kNone;
  }

  /// The mention that an apposition or a predicate noun speaks of.
  std::uint32_t described(std::uint32_t head) const {
    std::uint32_t subject = tokens_[head].head;
    if (tokens_[head].dep == "attr") {
      subject = tree_.child(subject, {"nsubj"});
      if (subject == kNone) return kNone;
    }
    const std::uint32_t m = draft_.mention_at[subject];
    return m != kNone && draft_.mentions[m].cluster != kNone ? m : kNone;
  }

  bool too_far(const Mention& mention, const Mention& before, std::uint32_t sentences) const {
    return tokens_[mention.head].sentence - tokens_[before.head].sentence > sentences;
  }

  std::uint32_t pronoun(std::uint32_t m) {
    const Mention& mention = draft_.mentions[m];
    const Token& token = tokens_[mention.head];
    if (!has_feature(token, "Person=3")) return kNone;
    const bool reflexive = has_feature(token, "Reflex=Yes");
    if (reflexive) return subject_of(mention.head);
    const bool neuter = has_feature(token, "Gender=Neut");
    if (neuter && is_empty_it(mention.head)) return kNone;
    const std::uint32_t own_subject =
        is_any_of(token.dep, {"dobj", "pobj", "dative", "iobj"}) ? subject_of(mention.head) : kNone;
    double best = 0;
    std::uint32_t chosen = kNone;
    double rank = 0;
    for (const std::uint32_t at : focus_) {
      const std::uint32_t c = draft_.root(at);
      rank += 1;
      if (own_subject != kNone && c == own_subject) continue;
      const Mention& last = draft_.mentions[salience_[at].mention];
      // What stands around the pronoun itself is not before it ("his son").
      if (last.tokens.begin <= mention.head && mention.head < last.tokens.end) continue;
      if (too_far(mention, last, mention.gender == '-' ? 2 : 4)) continue;
      const double fit = agreement(mention, neuter, draft_.clusters[c], last);
      if (fit <= 0) continue;
      const std::uint32_t sentences = token.sentence - tokens_[last.head].sentence;
      const Salience& salience = salience_[at];
      double score = fit + 1.2 * salience.weight - 0.7 * std::min(sentences, 4u) - 0.12 * rank +
                     0.15 * std::min<std::uint32_t>(salience.count, 6);
      if (token.dep == "nsubj" && last.form == Form::kPronoun) score += 0.3;
      if (last.form == Form::kPronoun && tokens_[last.head].lower == token.lower) score += 0.3;
      score += 10;
      if (score > best) best = score, chosen = c;
    }
    if (chosen != kNone && mention.gender != '-' && draft_.clusters[chosen].gender == '-') {
      draft_.clusters[chosen].gender = mention.gender;
    }
    return chosen;
  }

  double agreement(const Mention& pronoun, bool neuter, const Cluster& cluster,
                   const Mention& last) const {
    if (pronoun.gender != '-') {
      if (cluster.kind != Kind::kPerson || last.plural || cluster.plural) return 0;
      if (cluster.gender != '-' && cluster.gender != pronoun.gender) return 0;
      return (cluster.gender == pronoun.gender ? 1.2 : 0.6) + (cluster.named ? 0.4 : 0);
    }
    if (neuter) {
      if (cluster.kind == Kind::kPerson || cluster.gender != '-') return 0;
      if (last.plural || (cluster.kind == Kind::kGroup && !cluster.named)) return 0;
      return 0.8;
    }
    // they
    if (last.plural || cluster.plural) return cluster.kind == Kind::kPerson ? 1.2 : 0.9;
    if (cluster.kind == Kind::kOrganization || cluster.kind == Kind::kGroup) return 0.7;
    return 0;
  }

  /// The cluster of the subject of the clause that a token stands in.
  std::uint32_t subject_of(std::uint32_t i) const {
    for (std::uint32_t steps = 0; steps < 12 && !tree_.is_root(i); ++steps) {
      i = tokens_[i].head;
      if (tokens_[i].pos != "VERB" && tokens_[i].pos != "AUX") continue;
      const std::uint32_t subject = tree_.child(i, {"nsubj", "nsubjpass"});
      if (subject == kNone) return kNone;
      const std::uint32_t m = draft_.mention_at[subject];
      if (m == kNone || draft_.mentions[m].cluster == kNone) return kNone;
      return draft_.root(draft_.mentions[m].cluster);
    }
    return kNone;
  }

  /// "it is clear that", "it rained": stands for nothing.
  bool is_empty_it(std::uint32_t i) const {
    if (tokens_[i].dep == "expl") return true;
    if (tokens_[i].dep != "nsubj" && tokens_[i].dep != "nsubjpass") return false;
    const std::uint32_t verb = tokens_[i].head;
    if (is_any_of(tokens_[verb].lemma, {"rain", "snow", "seem", "appear"})) return true;
    const bool copula = tokens_[verb].lemma == "be" || tokens_[i].dep == "nsubjpass";
    return copula && tree_.child(verb, {"ccomp", "xcomp", "advcl"}) != kNone;
  }

  Draft& draft_;
  const Tree& tree_;
  const std::vector<Token>& tokens_;
  std::deque<std::uint32_t> focus_;  ///< Clusters, the last met first.
  std::unordered_map<std::uint32_t, Salience> salience_;
  std::unordered_map<std::string_view, std::uint32_t> last_with_head_;
  std::unordered_map<std::string_view, std::uint32_t> name_words_;
};

}  // namespace

void resolve(Draft& draft) { Resolver(draft).run(); }

}  // namespace dateline::reading::entities
