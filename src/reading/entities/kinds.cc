// SPDX-License-Identifier: Apache-2.0
#include "reading/entities/kinds.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace dateline::reading::entities {

using language::Token;
using language::TokenRange;

namespace {

constexpr std::array<std::string_view, 4> kFiles = {"kind_person.tsv", "kind_organization.tsv",
                                                    "kind_place.tsv", "kind_other.tsv"};
constexpr std::array<Kind, 4> kOfTrees = {Kind::kPerson, Kind::kOrganization, Kind::kPlace,
                                          Kind::kOther};
constexpr std::size_t kMostMentions = 32;  ///< Of a name; more say nothing new.

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

class Rows {
 public:
  Rows(const Draft& draft, const knowledge::Gazetteer* gazetteer)
      : draft_(draft), tree_(draft.tree), tokens_(tree_.document().tokens), gazetteer_(gazetteer) {
    labels_.assign(tokens_.size(), kUnseen);
    for (const language::Name& name : tree_.document().names) {
      const std::uint8_t label = number_in(
          name.label,
          {"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW"});
      for (std::uint32_t i = name.tokens.begin; i < name.tokens.end; ++i) labels_[i] = label;
    }
  }

  std::vector<KindRow> run(std::span<const NameUse> names) {
    for (const NameUse& name : names) note(name);
    std::vector<KindRow> rows;
    rows.reserve(names.size());
    for (const NameUse& name : names) rows.push_back(row(name));
    return rows;
  }

 private:
  static constexpr std::uint8_t kUnseen = 0, kPerson = 1, kLabels = 10;

  const knowledge::Words& words() const { return draft_.context.tables.words; }

  float noun_kind(std::uint32_t i) const {
    const Token& token = tokens_[i];
    const auto* noun = knowledge::find(words().nouns, token.lower);
    if (!noun) noun = knowledge::find(words().nouns, token.lemma);
    return noun ? 1.0F + static_cast<float>(kind_of(noun->kind)) : 0.0F;
  }

  bool is_title(std::uint32_t i) const {
    std::string_view word = tokens_[i].lower;
    if (word.ends_with('.')) word.remove_suffix(1);
    return knowledge::find(words().titles, word) != nullptr;
  }

  void note(const NameUse& use) {
    const TokenRange name = draft_.mentions[use.mentions.front()].name;
    if (name.end - name.begin < 2) return;
    const bool person = labels_[tree_.head_of(name)] == kPerson;
    Ends& first = ends_[tokens_[name.begin].lower];
    Ends& last = ends_[tokens_[name.end - 1].lower];
    ++first.begins;
    ++last.ends;
    if (person) {
      ++first.begins_person;
      ++last.ends_person;
    }
  }

  KindRow row(const NameUse& use) const {
    KindRow row{};
    float* at = row.data();
    const auto put = [&](auto... values) { ((*at++ = static_cast<float>(values)), ...); };
    const std::size_t size = std::min(use.mentions.size(), kMostMentions);
    const auto share = [&](auto is) {
      std::size_t count = 0;
      for (std::size_t n = 0; n < size; ++n) count += is(draft_.mentions[use.mentions[n]]) ? 1 : 0;
      return static_cast<float>(count) / static_cast<float>(size);
    };
    for (std::uint8_t label = kPerson; label <= kLabels; ++label) {
      put(share([&](const Mention& m) { return labels_[m.head] == label; }));
    }
    put(share([&](const Mention& m) { return labels_[m.head] == kUnseen; }));
    const Mention& mention = draft_.mentions[use.mentions.front()];
    const TokenRange name = mention.name;
    const std::string_view text = tree_.span(name).of(tree_.document().text);
    bool all = true, small = false, digit = false, inner = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] >= 'a' && text[i] <= 'z') all = false;
      if (text[i] >= '0' && text[i] <= '9') digit = true;
      if (i > 0 && is_capital(text[i]) && text[i - 1] >= 'a' && text[i - 1] <= 'z') inner = true;
    }
    float any = 0;
    for (std::uint32_t i = name.begin; i < name.end; ++i) {
      const char c = tokens_[i].text.front();
      small = small || (c >= 'a' && c <= 'z');
      if (any == 0) any = noun_kind(i);
    }
    const std::string_view last = tokens_[name.end - 1].lower;
    put(std::min(use.mentions.size(), std::size_t{30}), name.end - name.begin, all, small, digit,
        inner, std::min(text.size(), std::size_t{40}), text.find('-') != std::string_view::npos,
        knowledge::find(words().given_names, tokens_[name.begin].text) != nullptr,
        noun_kind(name.begin), noun_kind(name.end - 1), any, ending(last), is_title(name.begin));
    const auto& countries = draft_.context.tables.countries;
    put(countries.by_name(text) != nullptr, countries.by_demonym(text) != nullptr,
        countries.by_capital(text) != nullptr);
    put_places(put, text, name);
    const auto known = [&](std::string_view word) {
      const auto found = ends_.find(word);
      return found == ends_.end() ? Ends{} : found->second;
    };
    const bool one = name.end - name.begin == 1;
    const Ends ends = known(last), begins = known(tokens_[name.begin].lower);
    put(one ? ends.ends_person : ends.ends_person > 1, begins.begins_person > (one ? 0U : 1U),
        ends.ends > (one ? 0U : 1U), begins.begins > (one ? 0U : 1U),
        knowledge::find(words().given_names, tokens_[name.end - 1].text) != nullptr,
        one && ends.ends_person > 0);
    const auto before = [&](const Mention& m, std::uint32_t back) -> const Token* {
      return m.name.begin >= back ? &tokens_[m.name.begin - back] : nullptr;
    };
    const auto after = [&](const Mention& m) -> const Token* {
      return m.name.end < tokens_.size() ? &tokens_[m.name.end] : nullptr;
    };
    const auto follows = [&](std::initializer_list<std::string_view> some) {
      return share([&](const Mention& m) {
        const Token* token = before(m, 1);
        if (token && token->pos == "DET") token = before(m, 2);
        return token && is_any_of(token->lower, some);
      });
    };
    put(share([&](const Mention& m) { return m.name.begin > 0 && is_title(m.name.begin - 1); }),
        share([&](const Mention& m) {
          const Token* token = before(m, 1);
          const auto* noun = token ? knowledge::find(words().nouns, token->lower) : nullptr;
          return noun && noun->kind == "person";
        }),
        follows({"in", "near", "at", "across", "throughout", "outside"}),
        follows({"to", "from", "into", "toward", "towards"}), follows({"of", "for"}),
        follows({"by", "with", "against"}));
    put(share([&](const Mention& m) { return before(m, 1) && before(m, 1)->lower == "the"; }),
        share([&](const Mention& m) { return before(m, 1) && before(m, 1)->pos == "DET"; }),
        share([&](const Mention& m) { return after(m) && after(m)->tag == "POS"; }),
        share([&](const Mention& m) { return after(m) && after(m)->text == ","; }),
        share([&](const Mention& m) { return after(m) && after(m)->text == "("; }),
        share([&](const Mention& m) { return tokens_[m.head].dep == "conj"; }),
        share([&](const Mention& m) { return is_subject(m.head); }),
        share([&](const Mention& m) { return tokens_[m.head].dep == "dobj"; }),
        share([&](const Mention& m) { return modifies(m.head); }));
    float modified = 0, beside = 0;
    for (std::size_t n = 0; n < size; ++n) {
      const Mention& m = draft_.mentions[use.mentions[n]];
      if (modifies(m.head) && modified == 0) modified = noun_kind(tokens_[m.head].head);
      if (beside == 0 && m.name.begin > 0 && tokens_[m.name.begin - 1].pos == "NOUN") {
        beside = noun_kind(m.name.begin - 1);
      }
    }
    put(modified, share([&](const Mention& m) { return says(tree_, m.head); }),
        share([&](const Mention& m) {
          return is_subject(m.head) &&
                 is_any_of(tokens_[tokens_[m.head].head].lemma,
                           {"die", "marry", "live", "think", "know", "want", "feel", "love", "win",
                            "play", "become", "work", "study", "walk", "speak", "believe", "meet"});
        }),
        beside, share([&](const Mention& m) {
          return before(m, 1) && before(m, 1)->text == "," && m.name.begin > 1 &&
                 labels_[m.name.begin - 2] != kUnseen;
        }),
        share([&](const Mention& m) {
          return after(m) && after(m)->text == "," && m.name.end + 1 < tokens_.size() &&
                 labels_[m.name.end + 1] != kUnseen;
        }),
        share([&](const Mention& m) { return draft_.quoted[m.head]; }),
        share([&](const Mention& m) {
          return tree_.document().sentences[tokens_[m.name.begin].sentence].begin == m.name.begin;
        }));
    float apposition = 0;
    for (std::size_t n = 0; n < size && apposition == 0; ++n) {
      const std::uint32_t head = draft_.mentions[use.mentions[n]].head;
      for (const std::uint32_t child : tree_.children(head)) {
        if (tokens_[child].dep == "appos" && apposition == 0) apposition = noun_kind(child);
      }
      if (apposition == 0 && tokens_[head].dep == "appos")
        apposition = noun_kind(tokens_[head].head);
    }
    put(apposition);
    return row;
  }

  template <class Put>
  void put_places(const Put& put, std::string_view text, TokenRange name) const {
    float people = 0, kind = 0, count = 0, last = 0;
    if (gazetteer_) {
      const auto found = gazetteer_->find(knowledge::normalise(text));
      count = static_cast<float>(std::min<std::size_t>(found.size(), 20));
      for (const auto posting : found.first(std::min<std::size_t>(found.size(), 64))) {
        const auto entry = (*gazetteer_)[posting.entry()];
        const float here = std::log10(1.0F + static_cast<float>(entry.population));
        if (here >= people) people = here, kind = 1.0F + static_cast<float>(entry.kind);
      }
      if (name.end - name.begin > 1) {
        const auto& token = tokens_[name.end - 1];
        const auto ends = gazetteer_->find(knowledge::normalise(token.text));
        for (const auto posting : ends.first(std::min<std::size_t>(ends.size(), 64))) {
          last = std::max(
              last,
              std::log10(1.0F + static_cast<float>((*gazetteer_)[posting.entry()].population)));
        }
      }
    }
    put(people, kind, count, last);
  }

  bool is_subject(std::uint32_t i) const {
    return tokens_[i].dep == "nsubj" || tokens_[i].dep == "nsubjpass";
  }
  bool modifies(std::uint32_t i) const {
    return is_any_of(tokens_[i].dep, {"compound", "amod", "nmod", "poss"});
  }

  /// Endings that tell.
  static std::size_t ending(std::string_view word) {
    std::size_t n = 1;
    for (const std::string_view end :
         {"ville", "ton", "burg", "land", "shire", "stan", "ford", "ia",
          "son",   "ez",  "ski",  "ov",   "ian",   "ish",  "ese",  "ists",
          "ans",   "s",   "soft", "corp", "inc",   "ism",  "ology"}) {
      if (word.ends_with(end)) return n;
      ++n;
    }
    return 0;
  }

  struct Ends {
    std::uint32_t begins = 0, ends = 0, begins_person = 0, ends_person = 0;
  };

  const Draft& draft_;
  const Tree& tree_;
  const std::vector<Token>& tokens_;
  const knowledge::Gazetteer* gazetteer_;
  std::vector<std::uint8_t> labels_;
  std::unordered_map<std::string_view, Ends> ends_;
};

}  // namespace

std::vector<KindRow> kind_rows(const Draft& draft, const knowledge::Gazetteer* gazetteer,
                               std::span<const NameUse> names) {
  return Rows(draft, gazetteer).run(names);
}

Result<KindTrees> KindTrees::load(const std::filesystem::path& directory) {
  KindTrees made;
  for (const std::string_view file : kFiles) {
    auto trees = knowledge::Trees::load(directory / file, kKindFeatures);
    if (!trees) return tl::unexpected(trees.error());
    made.of.push_back(std::move(*trees));
  }
  return made;
}

Kind KindTrees::kind(const KindRow& row) const {
  std::size_t best = 0;
  float most = -1e9F;
  for (std::size_t k = 0; k < of.size(); ++k) {
    if (const float odds = of[k].log_odds(row); odds > most) most = odds, best = k;
  }
  return kOfTrees[best];
}

}  // namespace dateline::reading::entities
