// Finds what may name or stand for an entity: names, noun phrases, pronouns.
//
// Names are the pipeline's, mended at their ends ("Ann Lee (D-"), and every further place where a
// name of this report stands without having been recognised. A mention is the whole noun phrase
// around it where the name is its head, and the name alone where it only modifies another noun.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "reading/entities/draft.h"
#include "reading/quotes.h"

namespace dateline::reading::entities {

using language::Token;
using language::TokenRange;

namespace {

bool is_capitalised(const Token& token) {
  const char c = token.text.empty() ? '\0' : token.text.front();
  return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0xC3;
}

bool is_suffix(std::string_view lower) {
  return is_any_of(lower, {"jr.", "jr", "sr.", "sr", "ii", "iii", "iv"});
}

struct Found {
  TokenRange tokens;
  Kind kind;
};

class Finder {
 public:
  explicit Finder(Draft& draft)
      : draft_(draft), tree_(draft.tree), tokens_(tree_.document().tokens) {
    draft_.mention_at.assign(tokens_.size(), kNone);
    draft_.quoted.assign(tokens_.size(), false);
    for (const Quote& quote : find_quotes(tree_.document().text)) {
      const TokenRange tokens = tree_.tokens_of(quote.span);
      std::fill(draft_.quoted.begin() + tokens.begin, draft_.quoted.begin() + tokens.end, true);
    }
    in_name_.assign(tokens_.size(), false);
  }

  void run() {
    for (const language::Name& name : tree_.document().names) {
      if (is_any_of(name.label, {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL",
                                 "CARDINAL", "LANGUAGE"})) {
        continue;
      }
      for (const TokenRange piece : tree_.borders().pieces(name.tokens)) {
        if (piece.begin == name.tokens.begin || tokens_[piece.begin].pos == "PROPN") {
          add_name(piece, kind_of_label(name.label));
        }
      }
    }
    extend_names();
    find_repeated_names();
    std::sort(names_.begin(), names_.end(),
              [](const Found& a, const Found& b) { return a.tokens.begin < b.tokens.begin; });
    std::vector<Mention>& mentions = draft_.mentions;
    for (const Found& name : names_) mentions.push_back(named(name));
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      if (!in_name_[i] && is_candidate(i)) mentions.push_back(unnamed(i));
    }
    std::stable_sort(mentions.begin(), mentions.end(),
                     [](const Mention& a, const Mention& b) { return a.head < b.head; });
    for (std::uint32_t m = 0; m < mentions.size(); ++m) {
      const Mention& mention = mentions[m];
      for (std::uint32_t i = mention.name.begin; i < mention.name.end; ++i) {
        draft_.mention_at[i] = m;
      }
      draft_.mention_at[mention.head] = m;
    }
  }

 private:
  const knowledge::Words& words() const { return draft_.context.tables.words; }

  static Kind kind_of_label(std::string_view label) {
    if (label == "PERSON") return Kind::kPerson;
    if (label == "ORG") return Kind::kOrganization;
    if (label == "NORP") return Kind::kGroup;
    if (label == "GPE" || label == "LOC") return Kind::kPlace;
    if (label == "FAC") return Kind::kFacility;
    return Kind::kOther;
  }

  void add_name(TokenRange words, Kind kind) {
    const TokenRange range = mend(words, kind);
    if (range.end == range.begin + 1 && is_title(range.begin)) return;
    add(range, looks_personal(range) ? Kind::kPerson : kind);
  }

  /// "Mary Lee" is a person, whatever the pipeline took it for.
  bool looks_personal(TokenRange range) const {
    const std::uint32_t size = range.end - range.begin;
    if (size < 2 || size > 3) return false;
    if (!knowledge::find(words().given_names, tokens_[range.begin].text)) return false;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (!is_capitalised(tokens_[i]) || knowledge::find(words().nouns, tokens_[i].lower)) {
        return false;
      }
    }
    return true;
  }

  /// Takes up what the pipeline cut off: "Organization" + "of Iran", "Free-e-" + "Wind (FW)".
  void extend_names() {
    for (Found& name : names_) {
      const bool alive = name.tokens.begin < name.tokens.end;
      if (alive && name.kind == Kind::kOrganization) take_of(name);
    }
    std::erase_if(names_, [](const Found& name) { return name.tokens.begin == name.tokens.end; });
    for (std::uint32_t i = 2; i + 2 < tokens_.size(); ++i) {
      if (tokens_[i].text != "(" || !is_bracketed_abbreviation(i + 1) || in_name_[i - 1]) continue;
      std::uint32_t begin = i;
      while (begin > 0 && i - begin < 10 && !in_name_[begin - 1] &&
             (tokens_[begin - 1].pos == "PROPN" ||
              is_any_of(tokens_[begin - 1].text, {"-", "of", "for", "e", "&"}))) {
        --begin;
      }
      const auto open = std::find_if(names_.begin(), names_.end(), [&](const Found& name) {
        return begin > 0 && name.tokens.end == begin && name.kind != Kind::kPerson;
      });
      if (tokens_[begin].text == "of" && open != names_.end()) {
        open->tokens.end = i;
        for (std::uint32_t k = begin; k < i; ++k) in_name_[k] = true;
      } else {
        add(mend({begin, i}, Kind::kOrganization), Kind::kOrganization);
      }
    }
    add_unseen();
  }

  /// Names the pipeline did not see at all: "Mary Lee" by its given name, "ABC" by its capitals.
  void add_unseen() {
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      if (in_name_[i] || !is_capitalised(tokens_[i])) continue;
      if (const std::uint32_t end = end_of_hyphened(i); end > i + 4) {
        add({i, end}, Kind::kOrganization);
        continue;
      }
      if (tokens_[i].pos != "PROPN") continue;
      std::uint32_t end = i + 1;
      while (end < tokens_.size() && end - i < 3 && !in_name_[end] && tokens_[end].pos == "PROPN" &&
             is_capitalised(tokens_[end])) {
        ++end;
      }
      if (looks_personal({i, end})) {
        add({i, end}, Kind::kPerson);
      } else if (is_abbreviation(tokens_[i].text) && !is_shouted(i)) {
        add({i, i + 1}, Kind::kOrganization);
      }
    }
  }

  /// End of "Ansar-al-Noor": capitals at both ends, two hyphens or more and no spaces.
  std::uint32_t end_of_hyphened(std::uint32_t i) const {
    std::uint32_t end = i + 1;
    while (end + 1 < tokens_.size() && end - i < 8 && tokens_[end].text == "-" &&
           tokens_[end - 1].span.end == tokens_[end].span.begin &&
           tokens_[end].span.end == tokens_[end + 1].span.begin) {
      end += 2;
    }
    return is_capitalised(tokens_[i]) && is_capitalised(tokens_[end - 1]) ? end : i;
  }

  bool is_shouted(std::uint32_t i) const {
    const auto all_capitals = [&](std::uint32_t k) {
      return k < tokens_.size() && is_abbreviation(tokens_[k].text);
    };
    return tokens_[i].text.size() < 3 || all_capitals(i + 1) || (i > 0 && all_capitals(i - 1)) ||
           (i + 1 < tokens_.size() && tokens_[i + 1].text == ":");
  }

  static bool is_abbreviation(std::string_view text) {
    return text.size() >= 2 && text.size() <= 8 &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }) &&
           text.front() > '9';
  }

  void take_of(Found& name) {
    const std::uint32_t end = name.tokens.end;
    const auto* noun = knowledge::find(words().nouns, tokens_[end - 1].lower);
    if (end + 1 >= tokens_.size() || tokens_[end].text != "of" || in_name_[end]) return;
    if (!noun || noun->kind != "organization") return;
    std::uint32_t begin = end + 1;
    if (tokens_[begin].lower == "the") ++begin;
    const auto next = std::find_if(names_.begin() + (&name - names_.data()), names_.end(),
                                   [&](const Found& o) { return o.tokens.begin >= begin; });
    if (next != names_.end() && next->tokens.begin == begin && next->kind != Kind::kPerson) {
      Found& other = *next;
      for (std::uint32_t i = end; i < other.tokens.end; ++i) in_name_[i] = true;
      name.tokens.end = other.tokens.end;
      other.tokens = {0, 0};
    }
  }

  void add(TokenRange range, Kind kind) {
    if (range.begin >= range.end || range.end - range.begin > kLongestName) return;
    bool capital = false;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (in_name_[i]) return;
      capital = capital || is_capitalised(tokens_[i]);
    }
    if (!capital && kind != Kind::kGroup) return;
    if (kind == Kind::kPlace || kind == Kind::kOrganization) {
      const std::string_view text = tree_.span(range).of(tree_.document().text);
      if (draft_.context.tables.countries.by_name(text)) kind = Kind::kCountry;
    }
    names_.push_back({range, kind});
    for (std::uint32_t i = range.begin; i < range.end; ++i) in_name_[i] = true;
  }

  /// Takes off articles, possessives, quotation marks, titles and what follows a bracket.
  TokenRange mend(TokenRange range, Kind kind) const {
    const auto loose = [&](std::uint32_t i) {
      const Token& token = tokens_[i];
      return is_any_of(token.pos, {"SPACE", "DET", "SYM", "CCONJ"}) || token.tag == "POS" ||
             (token.pos == "PUNCT" && !is_suffix(token.lower));
    };
    for (std::uint32_t i = range.begin + 1; i < range.end; ++i) {
      // A name does not run on over a line break or into a bracket.
      if (tokens_[i].pos == "SPACE" || tokens_[i].text == "(") range.end = i;
    }
    while (range.begin < range.end && loose(range.begin)) ++range.begin;
    while (range.end > range.begin && loose(range.end - 1)) --range.end;
    if (range.begin < range.end) {
      if (const std::uint32_t end = end_of_hyphened(range.begin); end > range.begin + 4) {
        range.end = std::max(range.end, end);
      }
    }
    if (kind != Kind::kPerson || range.begin >= range.end) return range;
    while (range.end - range.begin > 1 && is_title(range.begin)) ++range.begin;
    if (range.end < tokens_.size() && is_suffix(tokens_[range.end].lower)) {
      ++range.end;
    } else if (range.end + 1 < tokens_.size() && tokens_[range.end].text == "," &&
               is_suffix(tokens_[range.end + 1].lower)) {
      range.end += 2;
    }
    return range;
  }

  bool is_title(std::uint32_t i) const {
    std::string_view word = tokens_[i].lower;
    if (word.ends_with('.')) word.remove_suffix(1);
    return knowledge::find(words().titles, word) != nullptr;
  }

  /// Names of this report that stand elsewhere unrecognised, and abbreviations in brackets.
  void find_repeated_names() {
    std::unordered_map<std::string_view, std::vector<Found>> known;  // By first word.
    std::unordered_set<std::string_view> surnames;
    const auto learn = [&](const Found& name) {
      auto& list = known[tokens_[name.tokens.begin].text];
      if (list.size() < kNamesPerWord) list.push_back(name);
    };
    for (const Found& name : names_) {
      learn(name);
      if (name.kind == Kind::kPerson && name.tokens.end - name.tokens.begin > 1) {
        surnames.insert(tokens_[name.tokens.end - 1].text);
      }
    }
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      if (!in_name_[i] && is_bracketed_abbreviation(i)) {
        add({i, i + 1}, Kind::kOrganization);
        learn({{i, i + 1}, Kind::kOrganization});
      }
    }
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      if (in_name_[i] || !is_capitalised(tokens_[i])) continue;
      Found best{{i, i}, Kind::kOther};
      if (const auto found = known.find(tokens_[i].text); found != known.end()) {
        for (const Found& name : found->second) {
          const std::uint32_t size = name.tokens.end - name.tokens.begin;
          if (size <= best.tokens.end - i || i + size > tokens_.size()) continue;
          if (size == 1 && tokens_[i].pos != "PROPN") continue;
          bool same = true;
          for (std::uint32_t k = 1; same && k < size; ++k) {
            same = tokens_[name.tokens.begin + k].text == tokens_[i + k].text;
          }
          if (same) best = {{i, i + size}, name.kind};
        }
      }
      if (best.tokens.end == i && tokens_[i].pos == "PROPN" && surnames.count(tokens_[i].text)) {
        best = {{i, i + 1}, Kind::kPerson};
      }
      add(best.tokens, best.kind);
    }
  }

  bool is_bracketed_abbreviation(std::uint32_t i) const {
    if (i == 0 || i + 1 >= tokens_.size()) return false;
    const std::string_view text = tokens_[i].text;
    return is_abbreviation(text) && is_any_of(tokens_[i - 1].text, {"(", "/", "or"}) &&
           is_any_of(tokens_[i + 1].text, {")", "/", "or"});
  }

  Mention named(const Found& name) const {
    Mention mention;
    mention.name = name.tokens;
    mention.kind = name.kind;
    mention.head = tree_.head_of(name.tokens);
    const Token& head = tokens_[mention.head];
    mention.plural = head.tag == "NNPS" || head.tag == "NNS" ||
                     (name.kind == Kind::kGroup && head.lower.ends_with('s'));
    mention.tokens = name.tokens;
    if (!is_any_of(head.dep, {"compound", "amod", "nmod", "nummod"}) &&
        !tree_.borders().in_dateline(mention.head)) {
      const TokenRange whole = phrase(mention.head);
      mention.tokens.begin = std::min(whole.begin, name.tokens.begin);
      mention.tokens.end = std::max(whole.end, name.tokens.end);
    }
    return mention;
  }

  /// The noun phrase of a head: its subtree up to what is joined to it by "and".
  TokenRange phrase(std::uint32_t head) const {
    TokenRange range = tree_.subtree(head);
    const auto children = tree_.children(head);
    bool open = true;  // Nothing joined has been met yet.
    for (std::size_t at = 0; at < children.size(); ++at) {
      const std::uint32_t child = children[at];
      const std::string_view dep = tokens_[child].dep;
      if (child < head) {
        if (is_any_of(dep, {"cc", "preconj", "punct", "advmod", "mark", "prep"}) &&
            tree_.subtree(child).begin == range.begin) {
          range.begin = tree_.subtree(child).end;
        }
      } else if (open && (is_any_of(dep, {"cc", "conj", "dep"}) || is_next_of_list(head, child))) {
        range.end = std::min(range.end, child);
        open = false;
      }
    }
    range.begin = std::min(range.begin, head);
    range.end = std::max(range.end, head + 1);
    range.begin = std::max(range.begin, head - std::min(head, kLongestPhrase));
    range.end = std::min(range.end, head + kLongestPhrase);
    range = tree_.trim(tree_.in_paragraph_of(head, range), false);
    while (range.end > head + 1 && tokens_[range.end - 1].pos == "PUNCT" &&
           !is_any_of(tokens_[range.end - 1].text, {")", "”", "\""})) {
      --range.end;
    }
    while (range.begin < head && tokens_[range.begin].pos == "PUNCT") ++range.begin;
    return range;
  }

  /// Another name of the same kind after a comma is the next of a list, not an apposition.
  bool is_next_of_list(std::uint32_t head, std::uint32_t child) const {
    const Kind mine = kind_at(head);
    return is_any_of(tokens_[child].dep, {"appos", "npadvmod", "nmod"}) && mine == Kind::kPerson &&
           kind_at(child) == mine;
  }

  Kind kind_at(std::uint32_t i) const {
    if (!in_name_[i]) return Kind::kOther;
    const auto found = std::upper_bound(
        names_.begin(), names_.end(), i,
        [](std::uint32_t at, const Found& name) { return at < name.tokens.begin; });
    return found == names_.begin() ? Kind::kOther : std::prev(found)->kind;
  }

  bool is_candidate(std::uint32_t i) const {
    const Token& token = tokens_[i];
    if (token.pos == "PRON") {
      return has_feature(token, "PronType=Prs") ||
             (token.tag == "DT" && is_any_of(token.lower, {"this", "that", "these", "those"}));
    }
    if (token.pos != "NOUN" && token.pos != "PROPN") return false;
    return !is_any_of(token.dep, {"compound", "amod", "nmod", "npadvmod", "advmod", "quantmod"});
  }

  Mention unnamed(std::uint32_t i) const {
    const Token& token = tokens_[i];
    Mention mention;
    mention.head = i;
    if (token.pos == "PRON") {
      mention.form = Form::kPronoun;
      mention.tokens = {i, i + 1};
      mention.plural = is_any_of(token.lower, {"they", "them", "their", "theirs", "we", "us", "our",
                                               "themselves", "ourselves"});
      if (has_feature(token, "Gender=Masc")) mention.gender = 'm';
      if (has_feature(token, "Gender=Fem")) mention.gender = 'f';
      return mention;
    }
    mention.form = Form::kNominal;
    mention.tokens = phrase(i);
    mention.plural = token.tag == "NNS" || token.tag == "NNPS";
    // Of a proper noun the lemma is the word as written: "Dockers' Union".
    const auto* noun =
        knowledge::find(words().nouns, token.pos == "PROPN" ? token.lower : token.lemma);
    if (noun) {
      mention.kind = kind_of(noun->kind);
      mention.gender = noun->gender;
    }
    return mention;
  }

  static constexpr std::uint32_t kLongestName = 24;
  static constexpr std::uint32_t kLongestPhrase = 40;
  static constexpr std::size_t kNamesPerWord = 16;

  Draft& draft_;
  const Tree& tree_;
  const std::vector<Token>& tokens_;
  std::vector<Found> names_;
  std::vector<bool> in_name_;
};

}  // namespace

void find_mentions(Draft& draft) { Finder(draft).run(); }

}  // namespace dateline::reading::entities
