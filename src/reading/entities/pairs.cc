// SPDX-License-Identifier: Apache-2.0
#include "reading/entities/pairs.h"

#include <algorithm>
#include <cmath>

#include "reading/furniture.h"

namespace dateline::reading::entities {

using language::Token;
using language::TokenRange;

namespace {

constexpr std::uint32_t kNearest = 16;      ///< Mentions before a noun phrase or name.
constexpr std::uint32_t kSentences = 6;     ///< Before a pronoun.
constexpr std::uint32_t kSpoken = 30;       ///< The same before "I" and "you".
constexpr std::uint32_t kPronounSees = 60;  ///< Mentions that a pronoun looks at.
constexpr std::uint32_t kMostCandidates = 48;
constexpr std::size_t kOfWord = 12;  ///< Mentions with one word: the last ones, and the first.

/// What the pipeline calls a name, none first.
constexpr std::array<std::string_view, 15> kLabels = {
    "",      "PERSON",      "ORG",      "GPE",   "NORP",    "LOC", "FAC", "DATE",
    "EVENT", "WORK_OF_ART", "CARDINAL", "MONEY", "PRODUCT", "LAW", "TIME"};

/// Who a pronoun speaks of.
enum Person : std::uint8_t { kNobody, kHe, kShe, kIt, kThey, kI, kWe, kYou };

std::uint8_t person_of(const Mention& mention, const Token& token) {
  if (mention.form != Form::kPronoun) {
    return mention.gender == 'm' ? kHe : mention.gender == 'f' ? kShe : kNobody;
  }
  const bool plural = mention.plural;
  if (has_feature(token, "Person=1")) return plural ? kWe : kI;
  if (has_feature(token, "Person=2")) return kYou;
  if (!has_feature(token, "Person=3")) return kNobody;
  if (mention.gender == 'm') return kHe;
  if (mention.gender == 'f') return kShe;
  return plural ? kThey : kIt;
}

std::uint8_t dep_of(std::string_view dep) {
  return number_in(dep, {"nsubj", "nsubjpass", "dobj", "pobj", "poss", "compound", "conj", "appos",
                         "attr", "amod", "nmod", "ROOT", "dep"});
}

bool is_word(const Token& token) {
  return !is_any_of(token.pos, {"DET", "PUNCT", "SPACE", "PRON"}) && token.tag != "POS";
}

std::uint32_t shared(const Facts::Words& a, const Facts::Words& b) {
  std::uint32_t count = 0;
  for (const std::uint32_t id : b) count += std::find(a.begin(), a.end(), id) != a.end() ? 1 : 0;
  return count;
}

template <class... Values>
void put(float*& at, Values... values) {
  ((*at++ = static_cast<float>(values)), ...);
}

/// "The group" may be an organisation, "the site" a facility.
bool fits(std::uint8_t name, std::uint8_t noun) {
  const auto is = [](std::uint8_t kind, Kind wanted) {
    return kind == 1 + static_cast<std::uint8_t>(wanted);
  };
  if (is(noun, Kind::kOrganization)) return is(name, Kind::kGroup) || is(name, Kind::kCountry);
  if (is(noun, Kind::kCountry)) return is(name, Kind::kPlace);
  if (is(noun, Kind::kPlace)) return is(name, Kind::kFacility) || is(name, Kind::kCountry);
  return is(noun, Kind::kFacility) && is(name, Kind::kPlace);
}

std::uint32_t less(std::uint32_t a, std::uint32_t most) { return std::min(a, most); }

}  // namespace

Pairs::Pairs(Draft& draft) : draft_(draft), tree_(draft.tree), tokens_(tree_.document().tokens) {
  find_facts();
}

std::uint32_t Pairs::word(std::string_view text) {
  return words_.try_emplace(text, static_cast<std::uint32_t>(words_.size() + 1)).first->second;
}

void Pairs::find_facts() {
  const auto size = static_cast<std::uint32_t>(tokens_.size());
  paragraph_.assign(size, 0);
  std::uint32_t paragraph = 0;
  std::string_view last;
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::string_view text = tokens_[i].text;
    if (text.find('\n') != std::string_view::npos) {
      asks_.push_back(last == "?" ? 1 : 0);
      ++paragraph;
    } else if (tokens_[i].pos != "SPACE") {
      last = text;
    }
    paragraph_[i] = paragraph;
  }
  asks_.push_back(last == "?" ? 1 : 0);
  turn_.assign(asks_.size(), 0);
  for (std::size_t p = 1; p < asks_.size(); ++p) {
    turn_[p] = turn_[p - 1] + (asks_[p] != asks_[p - 1] ? 1 : 0);
  }
  labels_.assign(size, 0);
  for (const language::Name& named : tree_.document().names) {
    const auto label = static_cast<std::uint8_t>(
        std::find(kLabels.begin(), kLabels.end(), named.label) - kLabels.begin());
    for (std::uint32_t i = named.tokens.begin; i < named.tokens.end; ++i) labels_[i] = label;
  }
  // Each token's depth in its tree: parents first.
  depth_.assign(size, kNone);
  std::vector<std::uint32_t> path;
  for (std::uint32_t i = 0; i < size; ++i) {
    std::uint32_t at = i;
    while (depth_[at] == kNone && !tree_.is_root(at)) {
      path.push_back(at);
      at = tokens_[at].head;
    }
    if (depth_[at] == kNone) depth_[at] = 0;
    for (std::uint32_t depth = depth_[at]; !path.empty(); path.pop_back()) {
      depth_[path.back()] = ++depth;
    }
  }
  facts_.reserve(draft_.mentions.size());
  for (std::uint32_t m = 0; m < draft_.mentions.size(); ++m) facts_.push_back(facts_of(m));
  std::uint32_t most = 0;
  for (const Facts& facts : facts_) ++key_count_[facts.key];
  for (std::uint32_t m = 0; m < facts_.size(); ++m) {
    Facts& facts = facts_[m];
    facts.row[9] = static_cast<float>(key_count_[facts.key]);
    facts.row[10] = static_cast<float>(key_seen_[facts.key]++);
    if (draft_.mentions[m].form == Form::kName && facts.human && key_count_[facts.key] > most) {
      most = key_count_[facts.key];
      top_ = facts.key;
    }
  }
}

Facts Pairs::facts_of(std::uint32_t m) {
  const Mention& mention = draft_.mentions[m];
  const std::uint32_t h = mention.head;
  const Token& head = tokens_[h];
  Facts facts;
  const bool name = mention.form == Form::kName, pronoun = mention.form == Form::kPronoun;
  facts.shape =
      pronoun && head.tag == "DT" ? Shape::kDemonstrative : static_cast<Shape>(mention.form);
  facts.kind =
      mention.kind == Kind::kOther && !name ? 0 : 1 + static_cast<std::uint8_t>(mention.kind);
  // A day or a sum is nobody.
  if (facts.kind == 0 && labels_[h] < kLabels.size() &&
      is_any_of(kLabels[labels_[h]], {"DATE", "TIME", "CARDINAL", "MONEY"})) {
    facts.kind = 1 + static_cast<std::uint8_t>(Kind::kOther);
  }
  facts.dep = dep_of(head.dep);
  facts.person = person_of(mention, head);
  const std::uint32_t cluster = mention.cluster == kNone ? kNone : draft_.root(mention.cluster);
  if (name && cluster != kNone) {
    facts.kind = 1 + static_cast<std::uint8_t>(mention.kind);
    const char gender = draft_.clusters[cluster].gender;
    if (facts.person == kNobody)
      facts.person = gender == 'm' ? kHe : gender == 'f' ? kShe : kNobody;
  }
  facts.rule = cluster;
  facts.beside = is_furniture(draft_.record, head.span.begin);
  facts.human = facts.kind == 1 + static_cast<int>(Kind::kPerson) ||
                (facts.person != kNobody && facts.person != kIt && facts.person != kThey);
  facts.plural = mention.plural;
  facts.quoted = draft_.quoted[h];
  facts.sentence = head.sentence;
  facts.paragraph = paragraph_[h];
  facts.turn = turn_[facts.paragraph];
  facts.subject = head.dep == "nsubj" || head.dep == "nsubjpass";
  facts.speaks = says(tree_, h) && !facts.quoted;
  facts.goes_on = facts.subject && !facts.quoted &&
                  is_any_of(tokens_[head.head].lemma, {"add", "continue", "conclude"});
  facts.governor = head.head;
  facts.verb = word(tokens_[head.head].lemma);
  facts.head_word = word(head.lower);
  facts.lemma = word(head.lemma);
  std::string_view det;
  bool post = false;
  facts.joined = head.dep == "conj";
  for (const std::uint32_t child : tree_.children(h)) {
    const std::string_view dep = tokens_[child].dep;
    if (dep == "det") det = tokens_[child].lower;
    if (dep == "poss" && det.empty()) det = "'s";
    if (child > h && is_any_of(dep, {"prep", "relcl", "acl"})) post = true;
    if (dep == "conj") facts.joined = true;
    if (is_any_of(dep, {"amod", "compound", "nummod", "poss", "nmod"})) {
      facts.mods.add(word(tokens_[child].lower));
    }
  }
  facts.definite = is_any_of(det, {"the", "this", "that", "these", "those", "'s"});
  TokenRange core = name ? mention.name : TokenRange{mention.tokens.begin, h + 1};
  if (pronoun) core = {h, h + 1};
  if (core.end - core.begin > Facts::kMostWords && !name) core.begin = core.end - Facts::kMostWords;
  for (std::uint32_t i = core.begin; i < core.end; ++i) {
    if (is_word(tokens_[i])) facts.core.add(word(tokens_[i].lower));
  }
  if (facts.core.size == 0) facts.core.add(facts.head_word);
  std::uint32_t key = 2166136261U;
  for (const std::uint32_t id : facts.core) key = (key ^ id) * 16777619U;
  facts.key = name && cluster != kNone ? cluster + 1 : key | 0x80000000U;
  if (name) {
    const auto& countries = draft_.context.tables.countries;
    const std::string_view text = tree_.span(mention.name).of(tree_.document().text);
    const knowledge::Country* country = countries.by_name(text);
    if (!country) country = countries.by_demonym(text);
    if (country) facts.country = 1 + static_cast<std::uint32_t>(country - countries.all().data());
    facts.acronym = initials(mention.name);
    if (cluster != kNone) {
      for (const DraftRole& role : draft_.clusters[cluster].roles) {
        const auto known =
            words_.find(std::string_view(role.role).substr(role.role.rfind(' ') + 1));
        if (known != words_.end()) facts.roles.add(known->second);
      }
    }
  }
  bool capitals = head.text.size() > 1;
  for (const char c : head.text) capitals = capitals && !(c >= 'a' && c <= 'z');
  const std::uint32_t first = tree_.document().sentences[head.sentence].begin;
  float* at = facts.row.data();
  put(at, static_cast<int>(facts.shape), facts.kind, labels_[h], facts.dep,
      number_in(det, {"the", "a", "an", "this", "that", "these", "those", "'s", "no", "any", "all",
                      "some", "every", "each"}),
      facts.plural, less(mention.tokens.end - mention.tokens.begin, 30), facts.core.size, post, 0,
      0, facts.quoted, facts.person, facts.joined, facts.human, less(depth_[h], 20),
      less(h - first, 40), says(tree_, h), capitals, asks_[facts.paragraph],
      less(facts.paragraph, 6));
  return facts;
}

/// A hash of the letters that a name may be abbreviated to; of an abbreviation, of its own.
std::uint32_t Pairs::initials(TokenRange name) const {
  std::uint32_t hash = 2166136261U, count = 0;
  const auto add = [&](char c) {
    hash = (hash ^ static_cast<std::uint32_t>(static_cast<unsigned char>(c))) * 16777619U;
    ++count;
  };
  if (name.end - name.begin == 1) {
    const Token& token = tokens_[name.begin];
    for (const char c : token.text) {
      if (c >= 'a' && c <= 'z') return 0;
    }
    for (const char c : token.lower) {
      if (c != '.') add(c);
    }
    return count < 2 || count > 8 ? 0 : hash | 1U;  // The last bit says which it is.
  }
  for (std::uint32_t i = name.begin; i < name.end; ++i) {
    const Token& token = tokens_[i];
    if (token.text.front() >= 'A' && token.text.front() <= 'Z') add(token.lower.front());
  }
  return count < 2 ? 0 : hash & ~1U;
}

bool Pairs::agrees(const Facts& a, const Facts& b) const {
  const bool pronoun = a.shape == Shape::kPronoun;
  switch (b.person) {
    case kHe:
    case kShe:
      if (pronoun) return a.person == b.person;
      if ((a.person == kHe || a.person == kShe) && a.person != b.person) return false;
      return !a.plural && (a.human || a.kind == 0);
    case kIt:
      return pronoun ? a.person == kIt : !a.plural && !a.human;
    case kThey:
      if (pronoun) return a.person == kThey;
      return a.plural || a.joined ||
             is_any_of(to_string(static_cast<Kind>(a.kind > 0 ? a.kind - 1 : 6)),
                       {"organization", "group", "country"});
    case kI:
    case kYou:
      return pronoun ? a.person == b.person : a.human;
    case kWe:
      return !pronoun || a.person == kWe;
    default:
      return pronoun ? a.shape == Shape::kDemonstrative : a.plural == b.plural;
  }
}

void Pairs::before_pronoun(std::uint32_t b) {
  const Facts& facts = facts_[b];
  const bool spoken = facts.person == kI || facts.person == kYou || facts.person == kWe;
  if (facts.shape == Shape::kPronoun && facts.person == kNobody) return;
  std::uint32_t strange = 0;
  for (std::uint32_t a = b; a-- > 0 && b - a <= kPronounSees * 2;) {
    const Facts& other = facts_[a];
    const std::uint32_t back = facts.sentence - other.sentence;
    if (other.beside != facts.beside) continue;
    if (back > (spoken ? kSpoken : kSentences) || near_.size() >= kPronounSees) break;
    if (facts.shape == Shape::kDemonstrative) {
      if (near_.size() >= 4) break;
    } else if (spoken) {
      // Nouns do not speak; who is named does, and "you" may be another's "I".
      if (other.shape != Shape::kPronoun && (!other.human || other.shape == Shape::kNominal))
        continue;
      if (other.shape == Shape::kPronoun && other.person < kI) continue;
      if (other.shape == Shape::kPronoun && other.person != facts.person && ++strange > 3) continue;
    } else if (!agrees(other, facts)) {
      continue;
    } else if (other.kind == 0 && other.shape == Shape::kNominal && facts.human && back > 1) {
      continue;  // Who knows whether it is a person at all.
    }
    near_.push_back(a);
  }
}

void Pairs::before_noun(std::uint32_t b) {
  const Facts& facts = facts_[b];
  const auto take = [&](const auto& index, std::uint32_t id) {
    const auto found = index.find(id);
    if (id == 0 || found == index.end()) return;
    const auto& list = found->second;
    const auto add = [&](std::uint32_t a) {
      // What a menu names is not what "the union" of the report is.
      if (facts.shape == Shape::kName || facts_[a].beside == facts.beside) near_.push_back(a);
    };
    for (std::size_t n = 0; n < std::min(list.size(), kOfWord); ++n) add(list[list.size() - 1 - n]);
    if (list.size() > kOfWord) add(list.front());
  };
  for (const std::uint32_t id : facts.core) take(with_word_, id);
  take(with_word_, facts.lemma);
  take(with_letters_, facts.acronym == 0 ? 0 : facts.acronym ^ 1U);
  take(with_country_, facts.country);
  // Of those that share nothing with it, the last few that might be it.
  std::uint32_t pronouns = 0, alike = 0;
  for (std::uint32_t a = b; a-- > 0 && b - a <= kNearest;) {
    const Facts& other = facts_[a];
    if (other.beside != facts.beside) continue;
    if (other.shape == Shape::kPronoun) {
      if (other.plural != facts.plural || (other.human != facts.human && facts.kind != 0)) continue;
      if (other.person == kNobody || ++pronouns > 2) continue;
    } else if (other.shape == Shape::kDemonstrative) {
      continue;
    } else if (facts.shape == Shape::kNominal) {
      if (!facts.definite || facts.kind == 0 || other.plural != facts.plural) continue;
      if ((other.kind != facts.kind && !fits(other.kind, facts.kind)) || ++alike > 4) continue;
    } else if (other.shape == Shape::kName || other.kind != facts.kind || ++alike > 2) {
      continue;
    }
    near_.push_back(a);
  }
}

void Pairs::gather(std::uint32_t b) {
  near_.clear();
  if (facts_[b].shape >= Shape::kPronoun) {
    before_pronoun(b);
  } else {
    before_noun(b);
    std::sort(near_.begin(), near_.end(), std::greater<>());
    near_.erase(std::unique(near_.begin(), near_.end()), near_.end());
  }
  if (near_.size() > kMostCandidates) near_.resize(kMostCandidates);
}

const std::vector<Pairs::Candidate>& Pairs::candidates(std::uint32_t b) {
  for (; done_ < b; ++done_) {
    const Facts& facts = facts_[done_];
    if (facts.shape >= Shape::kPronoun) continue;
    if (facts.acronym != 0) with_letters_[facts.acronym].push_back(done_);
    if (facts.country != 0) with_country_[facts.country].push_back(done_);
    for (const std::uint32_t id : facts.core) with_word_[id].push_back(done_);
    if (std::find(facts.core.begin(), facts.core.end(), facts.lemma) == facts.core.end()) {
      with_word_[facts.lemma].push_back(done_);
    }
  }
  gather(b);
  found_.clear();
  const Facts& later = facts_[b];
  std::uint32_t rank = 0, subjects = 0, named = 0, persons = 0, agreeing = 0, speakers = 0;
  for (const std::uint32_t a : near_) agreeing += agrees(facts_[a], later) ? 1 : 0;
  std::array<std::uint32_t, 64> keys{};
  std::size_t known = 0;
  for (const std::uint32_t a : near_) {
    const Facts& earlier = facts_[a];
    Candidate& candidate = found_.emplace_back();
    candidate.mention = a;
    fill(a, b, candidate.row);
    candidate.speaker = earlier.speaks && speakers == 0;
    const bool ok = agrees(earlier, later);
    const bool last =
        std::find(keys.begin(), keys.begin() + known, earlier.key) == keys.begin() + known;
    float* at = candidate.row.data() + candidate.row.size() - 12;
    put(at, ok, less(rank, 20), less(subjects, 10), less(agreeing, 30), last,
        earlier.person != kNobody && earlier.person == later.person && persons == 0,
        less(named, 10), less(key_count_.at(earlier.key), 30),
        earlier.human && earlier.shape == Shape::kName, top_ != 0 && earlier.key == top_,
        earlier.speaks ? std::min(++speakers, 3U) : 0,
        later.speaks && earlier.quoted && earlier.paragraph == later.paragraph);
    if (last && known < keys.size()) keys[known++] = earlier.key;
    if (ok) {
      ++rank;
      subjects += earlier.subject ? 1 : 0;
    }
    if (earlier.shape == Shape::kName) ++named;
    if (earlier.person != kNobody && earlier.person == later.person) ++persons;
  }
  return found_;
}

void Pairs::fill(std::uint32_t first, std::uint32_t second, PairRow& row) const {
  const Facts &a = facts_[first], &b = facts_[second];
  const Mention &earlier = draft_.mentions[first], &later = draft_.mentions[second];
  const std::uint32_t shares = shared(a.core, b.core);
  const bool a_in_b = shared(b.core, a.core) == a.core.size, b_in_a = shares == b.core.size;
  const bool same_core = std::equal(a.core.begin(), a.core.end(), b.core.begin(), b.core.end());
  float* at = row.data();
  at = std::copy(a.row.begin(), a.row.end(), at);
  at = std::copy(b.row.begin(), b.row.end(), at);
  put(at, b.sentence - a.sentence, less(second - first, 300), b.paragraph - a.paragraph,
      less(b.turn - a.turn, 20), (b.turn - a.turn) % 2);
  std::size_t prefix = 0;
  const std::string_view x = tokens_[earlier.head].lower, y = tokens_[later.head].lower;
  while (prefix < std::min(x.size(), y.size()) && x[prefix] == y[prefix]) ++prefix;
  // One is the abbreviation, the other has its letters.
  const bool acronym = a.acronym != 0 && b.acronym != 0 && (a.acronym ^ b.acronym) == 1;
  const auto has = [](const Facts::Words& words, std::uint32_t id) {
    return std::find(words.begin(), words.end(), id) != words.end();
  };
  put(at, a.head_word == b.head_word, a.lemma == b.lemma, same_core, a_in_b, b_in_a,
      static_cast<float>(shares) / static_cast<float>(a.core.size + b.core.size -
                                                      std::min<std::uint32_t>(shares, a.core.size)),
      a.core.ids[a.core.size - 1] == b.core.ids[b.core.size - 1], a.core.ids[0] == b.core.ids[0],
      acronym,
      same_core &&
          later.tokens.end - later.tokens.begin == earlier.tokens.end - earlier.tokens.begin,
      a.key == b.key, has(b.core, a.head_word) || has(b.mods, a.head_word),
      has(a.core, b.head_word) || has(a.mods, b.head_word),
      less(static_cast<std::uint32_t>(prefix), 8), shared(a.mods, b.mods) == b.mods.size,
      b.mods.size - std::min<std::uint32_t>(shared(a.mods, b.mods), b.mods.size),
      a.mods.size - std::min<std::uint32_t>(shared(b.mods, a.mods), a.mods.size),
      has(a.roles, b.lemma) || has(a.roles, b.head_word),
      a.country == 0 || b.country == 0 ? 0
      : a.country == b.country         ? 1
                                       : -1);
  put(at,
      a.rule == kNone || b.rule == kNone ? 0
      : a.rule == b.rule                 ? 1
                                         : -1,
      a.person == kNobody || b.person == kNobody ? 0
      : a.person == b.person                     ? 1
                                                 : -1,
      a.plural == b.plural,
      a.kind == 0 || b.kind == 0 ? 0
      : a.kind == b.kind         ? 1
                                 : -1,
      a.quoted == b.quoted);
  const auto holds = [](const Mention& whole, std::uint32_t i) {
    return whole.tokens.begin <= i && i < whole.tokens.end;
  };
  const bool governor = a.governor == b.governor;
  put(at,
      holds(earlier, later.head)   ? 2
      : holds(later, earlier.head) ? 1
                                   : 0,
      governor && a.subject && (b.dep == 3 || tokens_[later.head].dep == "dative"),
      governor && b.dep == 9, b.governor == earlier.head ? 1 + b.dep : 0,
      a.governor == later.head ? 1 + a.dep : 0,
      governor && a.governor != earlier.head && b.governor != later.head, a.verb == b.verb,
      a.dep == b.dep, a.subject, b.subject);
}

Result<Links> Links::load(const std::filesystem::path& directory) {
  auto pairs = knowledge::Trees::load(directory / "pair_trees.tsv", kPairFeatures);
  if (!pairs) return tl::unexpected(pairs.error());
  return Links{std::move(*pairs)};
}

}  // namespace dateline::reading::entities
