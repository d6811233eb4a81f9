// SPDX-License-Identifier: Apache-2.0
#include "reading/actors/phrase.h"

#include <unordered_set>

namespace dateline::reading::actors {

using knowledge::Agent;
using knowledge::AgentUse;
using knowledge::KnownActor;
using language::Token;
using language::TokenRange;

namespace {

constexpr std::uint32_t kLongestStretch = 8;  ///< Words of a name in actors.tsv.
constexpr std::uint32_t kLongestAgent = 4;    ///< Words of a phrase in agents.tsv.
constexpr double kLeastPlace = 0.35;          ///< A place's confidence.
constexpr int kDeepest = 3;                   ///< "a group of members of the party of ..."
constexpr std::string_view kGazetteer = "gazetteer", kAgents = "agents";

/// Countries that are no more, and the state that speaks for them since.
std::string_view today(std::string_view alpha3) {
  if (alpha3 == "SUN") return "RUS";
  if (alpha3 == "YUG") return "SRB";
  if (alpha3 == "CSK") return "CZE";
  return alpha3;
}

bool is_weak(const Agent& agent) {
  return agent.use == AgentUse::kWeak || agent.use == AgentUse::kHead;
}

bool is_initials(std::string_view word) {
  return word.size() < 7 &&
         std::all_of(
             word.begin(), word.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; });
}

}  // namespace

Phrases::Phrases(const Context& context, const Record& record, const Tree& tree)
    : context_(context), record_(record), tree_(tree), tokens_(tree.document().tokens) {
  find_explained();
  find_stretches();
}

/// "The Party of Public Peace (PPP)" is not the PPP that a table means.
void Phrases::find_explained() {
  for (const Entity& entity : record_.entities) {
    std::vector<std::string_view> names = {entity.name};
    for (const Alias& alias : entity.aliases) names.push_back(alias.name);
    for (const std::string_view initials : names) {
      if (!is_initials(initials)) continue;
      const bool is_another = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
        return name.find(' ') != std::string_view::npos &&
               name.find(initials) == std::string_view::npos &&
               context_.tables.agents.by_name(name) == nullptr;
      });
      if (is_another) explained_.emplace(initials);
    }
  }
}

void Phrases::find_stretches() {
  stretch_at_.assign(tokens_.size(), kNone);
  std::vector<bool> taken(tokens_.size(), false);
  // "Jordan" is no country in "Ann Jordan"; but nobody is called "Ugandan" alone.
  for (const Entity& entity : record_.entities) {
    if (entity.kind != "person" || context_.tables.countries.by_demonym(entity.name)) continue;
    for (const Mention& mention : entity.mentions) {
      if (!mention.name) continue;
      const TokenRange name = tree_.tokens_of(*mention.name);
      std::fill(taken.begin() + name.begin, taken.begin() + name.end, true);
    }
  }
  const auto add = [&](std::uint32_t begin, Stretch found) {
    std::fill(taken.begin() + begin, taken.begin() + found.end, true);
    stretch_at_[begin] = static_cast<std::uint32_t>(stretches_.size());
    stretches_.push_back(std::move(found));
  };
  for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
    const bool may_begin = is_capitalized(tokens_[i].text) || tokens_[i].pos == "PROPN" ||
                           (i + 1 < tokens_.size() && tokens_[i + 1].text == "-");
    if (taken[i] || !may_begin || tokens_[i].lower == "the") continue;
    const auto left = static_cast<std::uint32_t>(tokens_.size()) - i;
    for (std::uint32_t size = std::min(kLongestStretch, left); size > 0; --size) {
      Stretch found = stretch({i, i + size});
      if (found.end == 0) continue;
      add(i, std::move(found));
      break;
    }
  }
  add_places(taken);
}

/// A name in a longer one ("the Highland Front") of which is only known where most places of that
/// name lie tells of no country, unless another place of the report lies there.
void Phrases::add_places(std::vector<bool>& taken) {
  std::vector<bool> named(tokens_.size(), false);
  for (const Entity& entity : record_.entities) {
    if (is_any_of(entity.kind, {"place", "country", "facility"})) continue;
    for (const Mention& mention : entity.mentions) {
      if (!mention.name) continue;
      const TokenRange name = tree_.tokens_of(*mention.name);
      std::fill(named.begin() + name.begin, named.begin() + name.end, true);
    }
  }
  std::unordered_set<std::string_view> spoken_for;
  for (const Stretch& stretch : stretches_) spoken_for.insert(stretch.country);
  for (const Place& place : record_.places) {
    if (!named[tree_.tokens_of(place.span).begin]) spoken_for.insert(today(place.country));
  }
  for (const Place& place : record_.places) {
    if (place.country.empty() || place.confidence.value_or(1) < kLeastPlace) continue;
    const TokenRange range = tree_.tokens_of(place.span);
    const std::string_view country = today(place.country);
    if (named[range.begin] && !place.geonameid && !spoken_for.contains(country)) continue;
    if (std::any_of(taken.begin() + range.begin, taken.begin() + range.end,
                    [](bool is) { return is; })) {
      continue;
    }
    std::fill(taken.begin() + range.begin, taken.begin() + range.end, true);
    stretch_at_[range.begin] = static_cast<std::uint32_t>(stretches_.size());
    stretches_.push_back(
        {range.end, std::string(country), "", kGazetteer, "", place.name, 0, false});
  }
}

Phrases::Stretch Phrases::stretch(TokenRange range) const {
  const std::string_view text = tree_.span(range).of(tree_.document().text);
  const auto& tables = context_.tables;
  if (const KnownActor* actor = known_actor(text)) {
    const bool is_world = !tables.countries.by_alpha3(actor->country);
    return {range.end,          actor->country, actor->sector, kAgents,
            KnownActor::kTable, actor->name,    actor->line,   is_world};
  }
  const knowledge::Country* country = tables.countries.by_name(text);
  if (!country) country = tables.countries.by_demonym(text);
  if (!country) return {};
  return {range.end,
          std::string(today(country->alpha3)),
          "",
          kGazetteer,
          "countries.tsv",
          country->name,
          0,
          false};
}

/// Lower-cased words of the range, as they stand in the text.
std::string_view Phrases::words(TokenRange range) const {
  buffer_.clear();
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    buffer_ += tokens_[i].lower;
    if (i + 1 < range.end && tokens_[i].span.end != tokens_[i + 1].span.begin) buffer_ += ' ';
    if (buffer_.size() > knowledge::kLongestKey) break;
  }
  return buffer_;
}

/// The longest words of agents.tsv that end before token `end`; `begin` is set to where they begin.
const Agent* Phrases::agent_ending(std::uint32_t end, std::uint32_t from,
                                   std::uint32_t& begin) const {
  const auto& agents = context_.tables.agents;
  for (std::uint32_t size = std::min(kLongestAgent, end - from); size > 0; --size) {
    begin = end - size;
    const Agent* found = agents.by_words(words({begin, end}));
    if (!found) {
      // The last word by its lemma: "prime ministers". Of a proper noun that is the word itself.
      const Token& last = tokens_[end - 1];
      words({begin, end});
      if (!buffer_.ends_with(last.lower)) continue;
      buffer_.resize(buffer_.size() - last.lower.size());
      if (last.pos == "PROPN") {
        if (!last.lower.ends_with('s')) continue;
        const bool is_ies = last.lower.ends_with("ies");  // "U.S. Embassies"
        buffer_ += last.lower.substr(0, last.lower.size() - (is_ies ? 3 : 1));
        if (is_ies) buffer_ += 'y';
      } else {
        buffer_ += last.lemma;
      }
      found = agents.by_words(buffer_);
    }
    if (found) return found;
  }
  return nullptr;
}

Hint Phrases::hint(const Agent& agent, TokenRange range, Rank rank) const {
  return {agent.sector, rank, kAgents, tree_.span(range), Agent::kTable, agent.words, agent.line};
}

/// "Syrian-backed", "pro-Iranian", "ethnic Albanian" say nothing of where somebody is from.
bool Phrases::is_hyphened(std::uint32_t begin, std::uint32_t end) const {
  if (begin > 0 && (tokens_[begin - 1].text == "-" || tokens_[begin - 1].lower == "ethnic")) {
    return true;
  }
  return end < tokens_.size() && tokens_[end].text == "-";
}

Hint Phrases::country_of(TokenRange phrase, std::uint32_t head) const {
  Hint best;
  std::string_view behind;  // The preposition or comma behind which the words stand.
  for (std::uint32_t i = phrase.begin; i < phrase.end; ++i) {
    const Token& token = tokens_[i];
    if (i > head) {
      if (token.pos == "VERB" || is_any_of(token.tag, {"WDT", "WP", "WP$"})) break;
      if (token.pos == "ADP" || token.text == ",") behind = token.lower;
    }
    if (stretch_at_[i] == kNone) continue;
    const Stretch& found = stretches_[stretch_at_[i]];
    if (found.country.empty() || is_hyphened(i, found.end)) continue;
    Rank rank = found.is_world ? Rank::kWorld : Rank::kHead;
    if (i > head) {
      rank = is_any_of(behind, {"of", ","}) ? Rank::kOf : Rank::kIn;
      if (!is_any_of(behind, {"of", ",", "in", "at", "from"})) continue;
    }
    best.take({found.country, rank, found.from, tree_.span({i, found.end}), found.table, found.row,
               found.line});
  }
  return best;
}

Hint Phrases::sector_of(std::uint32_t begin, std::uint32_t head, int depth) const {
  std::uint32_t at = 0;
  Hint best;
  const Agent* own = agent_ending(head + 1, begin, at);
  if (own && own->use == AgentUse::kPlain) return hint(*own, {at, head + 1}, Rank::kHead);
  if (own && is_weak(*own)) best = hint(*own, {at, head + 1}, Rank::kWeak);
  if (stretch_at_[head] != kNone) {
    const Stretch& found = stretches_[stretch_at_[head]];
    if (!found.sector.empty()) {
      return {found.sector, Rank::kHead, found.from, tree_.span({head, found.end}),
              found.table,  found.row,   found.line};
    }
  }
  for (std::uint32_t end = own ? at : head; end > begin; --end) {
    const Agent* before = agent_ending(end, begin, at);
    if (before && before->use == AgentUse::kPlain) {
      best.take(hint(*before, {at, end}, Rank::kBefore));
    } else if (before && before->use == AgentUse::kWeak) {
      best.take(hint(*before, {at, end}, Rank::kWeakBefore));
    }
    if (stretch_at_[end - 1] == kNone) continue;
    const Stretch& found = stretches_[stretch_at_[end - 1]];
    if (found.sector.empty() || is_hyphened(end - 1, found.end)) continue;
    best.take({found.sector, Rank::kBefore, found.from, tree_.span({end - 1, found.end}),
               found.table, found.row, found.line});
  }
  if (best.rank <= Rank::kBefore || depth == kDeepest) return best;
  for (const std::uint32_t child : tree_.children(head)) {
    std::uint32_t inner = kNone;
    if (child > head && tokens_[child].dep == "appos") inner = child;
    if (child > head && is_any_of(tokens_[child].lower, {"of", "for", "with", "from", "at"})) {
      inner = tree_.child(child, {"pobj"});
    }
    if (inner == kNone || inner <= head) continue;
    const std::uint32_t from = std::max(tree_.subtree(inner).begin, head + 1);
    if (from > inner) continue;
    Hint found = sector_of(from, inner, depth + 1);
    if (found.rank < Rank::kOf) found.rank = Rank::kOf;
    best.take(found);
  }
  return best;
}

/// Of the name of an organisation: by its last word before "of", then by any.
Hint Phrases::sector_of_name(TokenRange name) const {
  std::uint32_t core = name.begin;
  while (core < name.end &&
         !(core > name.begin &&
           is_any_of(tokens_[core].lower, {"of", "for", "on", "in", "and", "&", ",", "(", "at"}))) {
    ++core;
  }
  Hint best;
  std::uint32_t at = 0;
  for (std::uint32_t end = core; end > name.begin; --end) {
    const Agent* found = agent_ending(end, name.begin, at);
    if (!found || found->use == AgentUse::kFormer) continue;
    const bool is_last = end == core, is_plain = found->use == AgentUse::kPlain;
    best.take(hint(*found, {at, end},
                   is_plain ? (is_last ? Rank::kHead : Rank::kBefore)
                            : (is_last ? Rank::kWeak : Rank::kWeakBefore)));
  }
  for (const std::uint32_t end : {name.end, core}) {
    if (end <= name.begin + 1) continue;
    const Agent* found = context_.tables.agents.by_name_end(tokens_[end - 1].lower);
    if (found) best.take(hint(*found, {end - 1, end}, Rank::kWorld));
  }
  return best;
}

void Phrases::mark_former(Hint& sector, TokenRange range) const {
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Agent* found = context_.tables.agents.by_words(tokens_[i].lower);
    sector.former |= found && found->use == AgentUse::kFormer;
  }
}

/// "Ghanaians": of whom nothing more is said, these are people, not their state.
bool Phrases::is_people(std::uint32_t head) const {
  return is_any_of(tokens_[head].tag, {"NNS", "NNPS"}) &&
         context_.tables.countries.by_demonym(tokens_[head].text) != nullptr;
}

Hints Phrases::of(TokenRange phrase, std::uint32_t head, TokenRange name, bool is_person) const {
  Hints found;
  const bool named = name.begin < name.end;
  const std::uint32_t core = named ? std::max(head, name.end - 1) : head;
  found.country = country_of(phrase, core);
  if (is_people(head)) {
    found.sector = {"CVL", Rank::kWeak, kGazetteer, tokens_[head].span, "", "", 0};
  }
  if (!named) {
    if (phrase.begin > head) return found;
    Hint own = sector_of(phrase.begin, head, 0);
    mark_former(own, {phrase.begin, head});
    found.sector.take(own);
    return found;
  }
  if (is_person) {
    // "Archbishop Ann Lee", taken for a name as a whole.
    std::uint32_t at = 0;
    for (std::uint32_t end = name.begin + 1; end < name.end; ++end) {
      const Agent* title = agent_ending(end, name.begin, at);
      if (title && at == name.begin && title->use != AgentUse::kFormer) {
        found.sector.take(
            hint(*title, {at, end}, title->use == AgentUse::kPlain ? Rank::kHead : Rank::kWeak));
      }
    }
  } else {
    found.sector.take(sector_of_name(name));
  }
  if (phrase.begin < name.begin) {
    // "the militant group X", "Defence Minister X"
    std::uint32_t end = name.begin;
    while (end > phrase.begin + 1 && tokens_[end - 1].pos == "PUNCT") --end;
    Hint before = sector_of(phrase.begin, end - 1, kDeepest);
    // A title is said of its bearer: "Representative Ann Lee".
    const bool is_title = is_person && end == name.begin && tokens_[end - 1].pos == "PROPN";
    if (before.rank == Rank::kWeak && is_title) before.rank = Rank::kRole;
    mark_former(before, {phrase.begin, name.begin});
    found.sector.take(before);
  }
  for (const std::uint32_t child : tree_.children(head)) {
    if (child <= head || tokens_[child].dep != "appos") continue;
    const std::uint32_t from = std::max(tree_.subtree(child).begin, head + 1);
    if (from > child || child >= phrase.end) continue;
    Hint beside = sector_of(from, child, 0);
    if (beside.rank < Rank::kOf) beside.rank = Rank::kOf;
    mark_former(beside, {from, child});
    found.sector.take(beside);
  }
  return found;
}

const KnownActor* Phrases::known_actor(std::string_view name) const {
  return explained_.contains(name) ? nullptr : context_.tables.agents.by_name(name);
}

/// Without article and possessive.
std::string_view Phrases::bare_name(TokenRange name) const {
  while (name.begin + 1 < name.end && tokens_[name.begin].lower == "the") ++name.begin;
  while (name.begin + 1 < name.end && tokens_[name.end - 1].tag == "POS") --name.end;
  return tree_.span(name).of(tree_.document().text);
}

Hints Phrases::of_name(TokenRange name, bool is_person) const {
  Hints found;
  const auto& tables = context_.tables;
  const std::string_view words = bare_name(name);
  const Span span = tree_.span(name);
  const KnownActor* actor = known_actor(words);
  // "Shining" + "Path": the recogniser may have seen a part of it.
  const std::uint32_t at = tree_.first_of(
      Span{static_cast<std::uint32_t>(words.data() - tree_.document().text.data()), span.end});
  if (!actor && stretch_at_[at] != kNone) {
    const Stretch& whole = stretches_[stretch_at_[at]];
    if (whole.end > name.end) actor = tables.agents.by_name(whole.row);
  }
  if (actor) {
    const auto told = [&](const std::string& value) {
      return Hint{value,
                  value.empty() ? Rank::kNone : Rank::kName,
                  kAgents,
                  span,
                  KnownActor::kTable,
                  actor->name,
                  actor->line};
    };
    found.country = told(actor->country);
    found.sector = told(actor->sector);
    return found;
  }
  if (is_person && tokens_[name.end - 1].tag != "NNPS") return found;
  const knowledge::Country* country = tables.countries.by_demonym(words);
  const bool is_ethnic = country && is_hyphened(name.begin, name.end);
  if (!country) country = tables.countries.by_name(words);
  if (!country) country = tables.countries.by_capital(words);
  if (country) {
    found.country = {std::string(today(country->alpha3)),
                     is_ethnic ? Rank::kEthnic : Rank::kName,
                     kGazetteer,
                     span,
                     "countries.tsv",
                     country->name,
                     0};
  }
  return found;
}

/// "CAPE TOWN, South Africa (AP) --", also where the telling begins a line further down.
bool Phrases::is_dateline(std::uint32_t i) const {
  if (tree_.borders().in_dateline(i)) return true;
  const std::string_view word = tokens_[i].text;
  const bool begins = i == 0 || tokens_[i - 1].text.find('\n') != std::string_view::npos;
  return begins && word.size() > 2 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::vector<Phrases::Naming> Phrases::countries() const {
  std::vector<Naming> all;
  for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
    if (stretch_at_[i] == kNone) continue;
    const Stretch& found = stretches_[stretch_at_[i]];
    // Agencies report from anywhere.
    if (found.country.empty() || found.is_world || found.sector == "JRN") continue;
    if (!is_hyphened(i, found.end)) all.push_back({found.country, is_dateline(i)});
  }
  return all;
}

Hint Phrases::of_role(std::string_view role, Span span) const {
  const Agent* found = context_.tables.agents.by_words(role);
  if (!found || found->use == AgentUse::kFormer) return {};
  return {found->sector, found->use == AgentUse::kPlain ? Rank::kRole : Rank::kWeak,
          kAgents,       span,
          Agent::kTable, found->words,
          found->line};
}

}  // namespace dateline::reading::actors
