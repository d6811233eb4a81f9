// Whose side an entity is on: its country and its sector.
//
// What names, phrases and roles say of them is taken together over all mentions of an entity
// (actors/phrase.h), the surest first; then an entity takes what it lacks from whom its role is of
// ("its spokesman"), and where nothing in the report's words names its country, from the country
// that the report speaks of most. Who takes part in an event or speaks and is no entity yet, being
// mentioned once and not by name, becomes one where its words tell of a country or a sector.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <unordered_map>

#include "reading/actors/phrase.h"
#include "reading/mentions.h"
#include "reading/reading.h"
#include "reading/trace.h"

namespace dateline::reading {

namespace {

using actors::Hint;
using actors::Hints;
using actors::Phrases;
using actors::Rank;
using language::TokenRange;

/// Of all that a report names of countries, the one that is believed of actors of a known sector
/// has this share at least, and of actors of none; where it is named once alone, it is theirs not.
constexpr double kShareOfHome = 0.5, kShareWithDateline = 0.4, kShareOfUnknown = 0.6;
constexpr double kFewNamings = 2;  ///< The first counts twice.
constexpr double kShareOfDateline = 0.7;

class ActorReader {
 public:
  ActorReader(const Context& context, Record& record)
      : context_(context), record_(record), tree_(context.document) {}

  void run() {
    name_parties();
    const Phrases phrases(context_, record_, tree_);
    std::vector<Hints> hints;
    for (const Entity& entity : record_.entities) hints.push_back(of(phrases, entity));
    take_places(hints);
    take_roles(hints, phrases);
    take_seats(hints);
    take_home(hints, phrases);
    for (std::size_t e = 0; e < hints.size(); ++e) write(record_.entities[e], hints[e]);
    forget_unknown();
  }

 private:
  /// Makes entities of parties and sources that are none.
  void name_parties() {
    named_ = record_.entities.size();
    std::unordered_map<std::uint32_t, std::string> made;
    const auto name = [&](Span span, std::string& entity) {
      if (!entity.empty() || span.size() == 0) return;
      const std::uint32_t head = tree_.head_of(span);
      if (!is_any_of(context_.document.tokens[head].pos, {"NOUN", "PROPN", "ADJ"})) return;
      auto [at, is_new] = made.emplace(head, "");
      if (is_new) {
        at->second = fmt::format("e{}", record_.entities.size() + 1);
        record_.entities.push_back(entity_of(at->second, span, head));
      }
      entity = at->second;
    };
    for (Event& event : record_.events) {
      for (Participant& party : event.actors) name(party.span, party.entity);
      for (Participant& party : event.recipients) name(party.span, party.entity);
    }
    for (Attribution& said : record_.attributions) {
      if (said.source.spans.size() == 1) name(said.source.spans[0], said.source.entity);
    }
  }

  Entity entity_of(const std::string& id, Span span, std::uint32_t head) const {
    const language::Token& token = context_.document.tokens[head];
    const auto* noun = knowledge::find(context_.tables.words.nouns,
                                       token.pos == "PROPN" ? token.lower : token.lemma);
    Entity made;
    made.id = id;
    made.kind = noun ? noun->kind : "other";
    made.name = span.of(record_.text);
    made.mentions.push_back({span, "nominal", token.span, {}});
    return made;
  }

  Hints of(const Phrases& phrases, const Entity& entity) const {
    Hints all;
    const bool is_person = entity.kind == "person",
               is_place = is_any_of(entity.kind, {"place", "country"}),
               is_named = std::any_of(entity.mentions.begin(), entity.mentions.end(),
                                      [](const Mention& mention) { return mention.name; });
    for (const Mention& mention : entity.mentions) {
      if (mention.form == "pronoun") continue;
      const TokenRange phrase = tree_.tokens_of(mention.span);
      const std::uint32_t head = tree_.first_of(mention.head.value_or(mention.span));
      TokenRange name{head, head};
      if (mention.name) {
        name = tree_.tokens_of(*mention.name);
        all.take(phrases.of_name(name, is_person));
      }
      Hints found = phrases.of(phrase, head, name, is_person);
      if (is_place && mention.name) found.sector = {};
      if (!mention.name && is_named) {
        // It is more likely that a name's own words are right than that this means whom it names.
        found.country.rank = std::max(found.country.rank, Rank::kWhose);
        found.sector.rank = std::max(found.sector.rank, Rank::kWhose);
      }
      all.take(found);
    }
    return all;
  }

  /// A place's country, as the place reader found it.
  void take_places(std::vector<Hints>& hints) const {
    const auto numbers = by_id();
    for (const Place& place : record_.places) {
      const auto found = numbers.find(place.entity);
      if (found == numbers.end() || place.country.empty() || place.feature == "demonym") continue;
      if (record_.entities[found->second].kind == "person") continue;
      hints[found->second].country.take(
          {place.country, Rank::kHead, "gazetteer", place.span, "", place.name, 0});
    }
  }

  void take_roles(std::vector<Hints>& hints, const Phrases& phrases) const {
    const auto numbers = by_id();
    const auto inherit = [](Hint& into, Hint whose) {
      if (whose.rank == Rank::kNone) return;
      whose.rank = std::max(whose.rank, Rank::kWhose);
      into.take(whose);
    };
    for (std::size_t e = 0; e < hints.size(); ++e) {
      for (const Role& role : record_.entities[e].roles) {
        hints[e].sector.take(phrases.of_role(role.role, role.span));
        const auto of = numbers.find(role.of);
        if (of == numbers.end()) continue;
        inherit(hints[e].country, hints[of->second].country);
        inherit(hints[e].sector, hints[of->second].sector);
      }
    }
    // "Its spokesman", "President Kaya's government": of one country.
    const MentionMap mentions(tree_, record_);
    for (std::size_t e = 0; e < hints.size(); ++e) {
      for (const Mention& mention : record_.entities[e].mentions) {
        if (hints[e].country.rank < Rank::kWhose || mention.form == "pronoun") continue;
        const TokenRange phrase = tree_.tokens_of(mention.span);
        const std::uint32_t head = tree_.first_of(mention.head.value_or(mention.span));
        for (std::uint32_t i = phrase.begin; i < head; ++i) {
          if (tree_[i].dep != "poss") continue;
          const std::uint32_t whose = mentions.entity_at(i);
          if (whose != kNone && whose != e) inherit(hints[e].country, hints[whose].country);
        }
      }
    }
  }

  /// A capital that does or says something stands for the government that sits there.
  void take_seats(std::vector<Hints>& hints) const {
    const auto numbers = by_id();
    const auto take = [&](const std::string& id) {
      const auto found = numbers.find(id);
      if (found == numbers.end()) return;
      const Entity& entity = record_.entities[found->second];
      const auto* country = context_.tables.countries.by_capital(entity.name);
      if (!country || !is_any_of(entity.kind, {"place", "country", "organization"})) return;
      hints[found->second].sector.take(
          {"GOV", Rank::kWeak, "gazetteer", entity.mentions.front().span, "", "", 0});
    };
    for (const Event& event : record_.events) {
      for (const Participant& party : event.actors) take(party.entity);
    }
    for (const Attribution& said : record_.attributions) take(said.source.entity);
  }

  /// The country that the report speaks of most, of those whose own is told nowhere.
  void take_home(std::vector<Hints>& hints, const Phrases& phrases) const {
    std::map<std::string_view, double> counts;
    const auto all = phrases.countries();
    if (all.empty()) return;
    // What is named first is where most reports are at home, and a dateline says it.
    const double first = all.front().in_dateline
                             ? std::max(1.0, kShareOfDateline * static_cast<double>(all.size()))
                             : 1.0;
    for (const Phrases::Naming& naming : all) ++counts[naming.country];
    counts[all.front().country] += first;
    const auto most =
        std::max_element(counts.begin(), counts.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    const double share = most->second / (static_cast<double>(all.size()) + first);
    const auto from_without = facing(most->first, hints);
    for (std::size_t e = 0; e < hints.size(); ++e) {
      Hints& hint = hints[e];
      const bool has_sector = hint.sector.rank != Rank::kNone && hint.sector.value != "IGO";
      if (!has_sector &&
          !is_any_of(record_.entities[e].kind, {"person", "organization", "group"})) {
        continue;
      }
      const double least = !has_sector               ? kShareOfUnknown
                           : all.front().in_dateline ? kShareWithDateline
                                                     : kShareOfHome;
      if (share < least || from_without[e]) continue;
      if (!has_sector && most->second <= kFewNamings) continue;
      hint.country.take({std::string(most->first), Rank::kContext, "context", {}, "", "", 0});
    }
  }

  /// Of each entity: whether it does something to this country, or the country to it, as a whole
  /// ("the president warned Russia").
  std::vector<bool> facing(std::string_view alpha3, const std::vector<Hints>& hints) const {
    std::vector<bool> found(hints.size(), false);
    const auto numbers = by_id();
    const auto is_state = [&](const Participant& party) {
      const auto at = numbers.find(party.entity);
      if (at == numbers.end()) return false;
      const Hints& its = hints[at->second];
      return its.country.value == alpha3 &&
             context_.tables.countries.by_name(record_.entities[at->second].name) != nullptr;
    };
    for (const Event& event : record_.events) {
      for (const auto& [side, other] : {std::pair(&event.actors, &event.recipients),
                                        std::pair(&event.recipients, &event.actors)}) {
        if (!std::any_of(other->begin(), other->end(), is_state)) continue;
        for (const Participant& party : *side) {
          const auto at = numbers.find(party.entity);
          if (at != numbers.end()) found[at->second] = true;
        }
      }
    }
    return found;
  }

  void write(Entity& entity, const Hints& hints) {
    const bool has_country = hints.country.rank != Rank::kNone,
               has_sector = hints.sector.rank != Rank::kNone;
    if (!has_country && !has_sector) return;
    ActorCode& code = entity.actor.emplace();
    code.country = hints.country.value;
    code.sector = hints.sector.value;
    if (hints.sector.former && is_any_of(code.sector, {"GOV", "LEG"})) code.sector = "ELI";
    code.from = has_country ? hints.country.from : hints.sector.from;
    if (!context_.trace) return;
    for (const Hint* hint : {&hints.country, &hints.sector}) {
      if (hint->line == 0) continue;
      context_.trace->reasons.push_back(
          {entity.id, hint->span, std::string(hint->table), hint->row, hint->line});
    }
  }

  /// Takes out again the entities that were made of parties and of which nothing is known.
  void forget_unknown() {
    std::unordered_map<std::string, std::string> ids;
    std::size_t kept = named_;
    for (std::size_t e = named_; e < record_.entities.size(); ++e) {
      Entity& entity = record_.entities[e];
      if (!entity.actor) {
        ids.emplace(entity.id, "");
        continue;
      }
      const std::string id = fmt::format("e{}", kept + 1);
      ids.emplace(entity.id, id);
      entity.id = id;
      if (kept != e) record_.entities[kept] = std::move(entity);
      ++kept;
    }
    record_.entities.resize(kept);
    const auto rename = [&](std::string& id) {
      if (const auto found = ids.find(id); found != ids.end()) id = found->second;
    };
    for (Event& event : record_.events) {
      for (Participant& party : event.actors) rename(party.entity);
      for (Participant& party : event.recipients) rename(party.entity);
    }
    for (Attribution& said : record_.attributions) rename(said.source.entity);
    if (!context_.trace) return;
    for (Reason& reason : context_.trace->reasons) rename(reason.item);
  }

  std::unordered_map<std::string_view, std::size_t> by_id() const {
    std::unordered_map<std::string_view, std::size_t> numbers;
    for (std::size_t e = 0; e < record_.entities.size(); ++e) {
      numbers.emplace(record_.entities[e].id, e);
    }
    return numbers;
  }

  const Context& context_;
  Record& record_;
  const Tree tree_;
  std::size_t named_ = 0;  ///< Entities that the entity reader found.
};

}  // namespace

void read_actors(const Context& context, Record& record) {
  if (context.document.tokens.empty()) return;
  ActorReader(context, record).run();
}

}  // namespace dateline::reading
