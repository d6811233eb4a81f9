// Events: who did what to whom, in PLOVER's types, with when, where, how many and how sure.
//
// A verb or noun of verbs.tsv triggers an event where its row's condition stands below it. Parties
// are read off the dependency tree (subject, object, agent, the prepositions the row names), mood
// and negation off the words above and below the trigger. Date, place and quantities are those of
// the sentence that hang nearest. Mentions of one happening share an incident. Linear in the tokens
// of a report; every walk up the tree is bounded.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "reading/events/modality.h"
#include "reading/events/when.h"
#include "reading/furniture.h"
#include "reading/mentions.h"
#include "reading/reading.h"
#include "reading/tree.h"

namespace dateline::reading {

using knowledge::EventWord;
using language::Token;
using language::TokenRange;

namespace {

constexpr std::uint32_t kHighest = 16;  ///< Steps up the tree.
constexpr std::size_t kMostParties = 12;

struct Draft {
  std::uint32_t trigger = 0;
  const EventWord* word = nullptr;
  std::vector<std::uint32_t> actors, recipients;  ///< Tokens.
  std::vector<std::string> quantities;
};

class EventReader {
 public:
  EventReader(const Context& context, Record& record)
      : context_(context),
        record_(record),
        tree_(context.document),
        tokens_(context.document.tokens),
        mentions_(tree_, record) {}

  void run() {
    draft_at_.assign(tokens_.size(), kNone);
    taken_.assign(tokens_.size(), false);
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].pos != "VERB") continue;
      if (context_.given_up()) return;
      if (!is_furniture(record_, tokens_[i].span.begin)) verb(i);
    }
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].pos != "NOUN" || taken_[i]) continue;
      if (!is_furniture(record_, tokens_[i].span.begin)) noun(i);
    }
    std::sort(drafts_.begin(), drafts_.end(),
              [](const Draft& a, const Draft& b) { return a.trigger < b.trigger; });
    for (std::uint32_t d = 0; d < drafts_.size(); ++d) draft_at_[drafts_[d].trigger] = d;
    attach_quantities();
    write();
    share_dates();
  }

 private:
  bool is_place(std::uint32_t token) const {
    const std::uint32_t entity = mentions_.entity_at(token);
    return entity != kNone &&
           is_any_of(record_.entities[entity].kind, {"country", "place", "facility"});
  }

  /// Whether a word that the row asks for stands below the trigger; marks it as used.
  bool holds(const EventWord& row, std::uint32_t i) {
    const auto asked = [&](std::uint32_t token) {
      for (const std::string& with : row.with) {
        if (with == tokens_[token].lemma || with == tokens_[token].lower) return true;
        if (with == "PLACE" && tokens_[token].dep == "dobj" && is_place(token)) return true;
      }
      return false;
    };
    for (const std::uint32_t child : tree_.children(i)) {
      if (is_any_of(tokens_[child].dep, {"aux", "punct", "det", "mark", "cc", "conj"})) continue;
      if (asked(child)) {
        if (tokens_[child].pos == "NOUN") taken_[child] = true;
        return true;
      }
      if (!is_any_of(tokens_[child].dep, {"prep", "dobj", "nsubjpass", "agent", "xcomp"})) continue;
      for (const std::uint32_t below : tree_.children(child)) {
        if (is_any_of(tokens_[below].dep, {"pobj", "compound", "conj", "amod"}) && asked(below)) {
          return true;
        }
      }
    }
    return false;
  }

  const EventWord* row_for(const knowledge::StringMap<std::vector<EventWord>>& map,
                           std::uint32_t i) {
    const auto* rows = knowledge::find(map, tokens_[i].lemma);
    if (!rows) return nullptr;
    for (const EventWord& row : *rows) {
      if (!row.with.empty() && holds(row, i)) return &row;
    }
    for (const EventWord& row : *rows) {
      if (row.with.empty()) return &row;
    }
    return nullptr;
  }

  static bool has_side(const EventWord& row, std::string_view side) {
    return std::find(row.sides.begin(), row.sides.end(), side) != row.sides.end();
  }

  void verb(std::uint32_t i) {
    if (is_any_of(tokens_[i].dep, {"aux", "auxpass", "amod", "compound"})) return;
    if (tree_.child(i, {"det"}) != kNone) return;  // "the wounded": people, no deed.
    const EventWord* row = row_for(context_.tables.words.event_verbs, i);
    if (!row) return;
    Draft draft{i, row, {}, {}, {}};
    const std::uint32_t object = tree_.child(i, {"dobj"});
    const std::uint32_t agent = tree_.child(i, {"agent"});
    const std::uint32_t patient = tree_.child(i, {"nsubjpass"});
    if (is_passive(i)) {
      if (agent != kNone) add_all(draft.actors, tree_.child(agent, {"pobj"}));
      std::uint32_t subject = patient != kNone ? standing_for(patient) : subject_of(i);
      if (subject == kNone && tokens_[i].dep == "acl") subject = tokens_[i].head;
      add_all(draft.recipients, subject);
    } else {
      add_all(draft.actors, subject_of(i));
    }
    by_prepositions(draft, i);
    const bool object_takes_part = row->sides.empty() || has_side(*row, "obj") ||
                                   has_side(*row, "mutual") || has_side(*row, "guest");
    if (draft.recipients.empty() && object != kNone && object_takes_part && !taken_[object]) {
      add_all(draft.recipients, object);
    }
    if (draft.recipients.empty() && object == kNone &&
        (row->sides.empty() || has_side(*row, "obj"))) {
      add_all(draft.recipients, tree_.child(i, {"dative"}));
    }
    if (draft.recipients.empty() && object != kNone) {
      // "lifted sanctions on X": the preposition hangs on the object.
      by_prepositions(draft, object);
    }
    settle(draft);
  }

  /// "was seized", "a car seized by", "was stopped and seized", "four were killed and 17 wounded".
  bool is_passive(std::uint32_t i) const {
    for (std::uint32_t steps = 0; steps < 5; ++steps) {
      if (tree_.child(i, {"nsubjpass", "auxpass", "agent"}) != kNone) return true;
      if (tree_.child(i, {"aux"}) != kNone) return false;
      const std::uint32_t subject = tree_.child(i, {"nsubj"});
      const bool counted = subject != kNone && tokens_[subject].tag == "CD";
      if (tokens_[i].tag != "VBN" && !counted) return false;
      if (subject != kNone && (tokens_[i].dep != "conj" || tree_.child(i, {"dobj"}) != kNone)) {
        return false;
      }
      if (tokens_[i].dep == "acl") return true;
      if (tokens_[i].dep != "conj") return false;
      i = tokens_[i].head;
    }
    return false;
  }

  void noun(std::uint32_t i) {
    if (is_any_of(tokens_[i].dep, {"compound", "nmod", "amod", "npadvmod"})) return;
    const EventWord* row = row_for(context_.tables.words.event_nouns, i);
    if (!row) return;
    Draft draft{i, row, {}, {}, {}};
    for (const std::uint32_t child : tree_.children(i)) {
      const std::string_view dep = tokens_[child].dep;
      if (dep == "poss") add_all(draft.actors, child);
      if (is_any_of(dep, {"compound", "amod", "nmod"}) && mentions_.entity_at(child) != kNone) {
        add_all(draft.actors, child);
      }
      if (dep == "prep" && tokens_[child].lower == "by") {
        add_all(draft.actors, tree_.child(child, {"pobj"}));
      }
      if (dep == "agent") add_all(draft.actors, tree_.child(child, {"pobj"}));
    }
    by_prepositions(draft, i);
    settle(draft);
  }

  /// Parties after the prepositions that the row names.
  void by_prepositions(Draft& draft, std::uint32_t i) {
    const EventWord& row = *draft.word;
    const bool mutual = has_side(row, "mutual");
    for (const std::uint32_t child : tree_.children(i)) {
      if (!is_any_of(tokens_[child].dep, {"prep", "dative"})) continue;
      const std::string_view word = tokens_[child].lower;
      const bool joins = mutual && is_any_of(word, {"with", "between", "among", "against"});
      if (!joins && !has_side(row, word)) continue;
      const std::uint32_t party = tree_.child(child, {"pobj"});
      if (party == kNone || is_date(party)) continue;
      add_all(joins ? draft.actors : draft.recipients, party);
    }
  }

  bool is_date(std::uint32_t token) const {
    const Span span = tokens_[token].span;
    const auto at =
        std::partition_point(record_.times.begin(), record_.times.end(),
                             [&](const Time& time) { return time.span.end <= span.begin; });
    return at != record_.times.end() && at->span.overlaps(span);
  }

  void settle(Draft& draft) {
    if (has_side(*draft.word, "mutual")) {
      for (const std::uint32_t party : draft.recipients) add(draft.actors, party);
      draft.recipients.clear();
    } else if (has_side(*draft.word, "guest")) {
      std::swap(draft.actors, draft.recipients);
    }
    drafts_.push_back(std::move(draft));
  }

  /// The subject of a verb, if need be of the verb or noun it hangs on.
  std::uint32_t subject_of(std::uint32_t i) const {
    for (std::uint32_t steps = 0; steps < 5; ++steps) {
      const std::uint32_t subject = tree_.child(i, {"nsubj"});
      if (subject != kNone) return standing_for(subject);
      if (steps > 0) {
        if (const std::uint32_t p = tree_.child(i, {"nsubjpass"}); p != kNone) return p;
      }
      const std::string_view dep = tokens_[i].dep;
      const std::uint32_t head = tokens_[i].head;
      if (head == i) return kNone;
      if (dep == "acl" && tokens_[i].tag == "VBG") return head;
      if (dep == "xcomp") {
        // "urged X to leave": X would leave.
        const std::uint32_t object = tree_.child(head, {"dobj"});
        if (object != kNone && object < i) return object;
      }
      if (!is_any_of(dep, {"conj", "xcomp", "advcl", "pcomp", "prep"})) return kNone;
      i = head;
    }
    return kNone;
  }

  /// The noun for a relative pronoun.
  std::uint32_t standing_for(std::uint32_t token) const {
    if (token == kNone) return kNone;
    if (is_any_of(tokens_[token].lower, {"who", "which", "that"})) {
      const std::uint32_t verb = tokens_[token].head;
      if (tokens_[verb].dep == "relcl") return tokens_[verb].head;
    }
    return token;
  }

  void add(std::vector<std::uint32_t>& parties, std::uint32_t token) const {
    if (parties.size() < kMostParties &&
        std::find(parties.begin(), parties.end(), token) == parties.end()) {
      parties.push_back(token);
    }
  }

  /// A party and what is joined to it by "and".
  void add_all(std::vector<std::uint32_t>& parties, std::uint32_t token) const {
    for (std::uint32_t steps = 0; token != kNone && steps < kMostParties; ++steps) {
      if (!is_any_of(tokens_[token].lower, {"it", "there", "what"})) add(parties, token);
      token = tree_.child(token, {"conj"});
    }
  }

  /// Each quantity belongs to the trigger above it; what counts people or incidents, else to the
  /// nearest one of its sentence: "the number of people killed is 13".
  void attach_quantities() {
    for (const Quantity& quantity : record_.quantities) {
      if (quantity.counts == "age") continue;  // of one of its people
      const std::uint32_t i = tree_.first_of(quantity.span);
      std::uint32_t found = kNone;
      std::uint32_t at = i;
      for (std::uint32_t steps = 0; steps < kHighest && found == kNone; ++steps) {
        found = draft_at_[at];
        // "five injured in an attack": the trigger stands beside the words above.
        if (found == kNone && tokens_[at].pos == "VERB") found = trigger_below(at);
        if (tree_.is_root(at)) break;
        at = tokens_[at].head;
      }
      if (found == kNone && !quantity.counts.empty()) found = nearest_trigger(i);
      if (found != kNone) drafts_[found].quantities.push_back(quantity.id);
    }
  }

  /// Draft of the trigger next to a token in its sentence, or kNone.
  std::uint32_t nearest_trigger(std::uint32_t token) const {
    const auto behind = std::partition_point(
        drafts_.begin(), drafts_.end(), [&](const Draft& draft) { return draft.trigger < token; });
    std::uint32_t found = kNone, least = kNone;
    const auto ask = [&](auto draft) {
      const std::uint32_t trigger = draft->trigger;
      const std::uint32_t distance = trigger < token ? token - trigger : trigger - token;
      if (tokens_[trigger].sentence != tokens_[token].sentence || distance >= least) return;
      least = distance;
      found = static_cast<std::uint32_t>(draft - drafts_.begin());
    };
    if (behind != drafts_.begin()) ask(std::prev(behind));
    if (behind != drafts_.end()) ask(behind);
    return found;
  }

  std::uint32_t trigger_below(std::uint32_t i) const {
    for (const std::uint32_t child : tree_.children(i)) {
      if (draft_at_[child] != kNone) return draft_at_[child];
      if (tokens_[child].dep != "prep" && tokens_[child].dep != "agent") continue;
      for (const std::uint32_t below : tree_.children(child)) {
        if (draft_at_[below] != kNone) return draft_at_[below];
      }
    }
    return kNone;
  }

  std::vector<Participant> participants(const std::vector<std::uint32_t>& tokens,
                                        std::uint32_t trigger) const {
    std::vector<Participant> out;
    for (std::uint32_t token : tokens) {
      const TokenRange words = tree_.in_paragraph_of(trigger, token, phrase(token));
      if (words.begin >= words.end) continue;
      if (token < words.begin || token >= words.end) token = tree_.head_of(words);
      Participant party;
      party.span = tree_.span(words);
      std::uint32_t entity = mentions_.entity_at(token);
      if (entity == kNone || !is_named(entity)) {
        // "Israeli troops", "rebel group members": whose they are.
        for (const std::uint32_t child : tree_.children(token)) {
          if (!is_any_of(tokens_[child].dep, {"compound", "amod", "nmod", "poss"})) continue;
          const std::uint32_t owner = mentions_.entity_at(child);
          if (owner != kNone && is_named(owner) && tokens_[child].pos != "PRON") entity = owner;
        }
      }
      if (entity != kNone) party.entity = record_.entities[entity].id;
      out.push_back(std::move(party));
    }
    return out;
  }

  bool is_named(std::uint32_t entity) const {
    const auto& mentions = record_.entities[entity].mentions;
    return std::any_of(mentions.begin(), mentions.end(),
                       [](const Mention& mention) { return mention.form == "name"; });
  }

  /// The noun phrase of a party without clauses and what is joined to it.
  TokenRange phrase(std::uint32_t token) const {
    TokenRange range{token, token + 1};
    for (const std::uint32_t child : tree_.children(token)) {
      if (is_any_of(tokens_[child].dep,
                    {"compound", "amod", "nmod", "nummod", "poss", "quantmod", "case"})) {
        range.begin = std::min(range.begin, tree_.subtree(child).begin);
        if (child > token) range.end = std::max(range.end, child + 1);
      } else if (tokens_[child].dep == "prep" && tokens_[child].lower == "of" && child > token) {
        const TokenRange of = tree_.subtree(child);
        if (of.end - of.begin <= 8) range.end = std::max(range.end, of.end);
      }
    }
    return tree_.trim(range, false);
  }

  /// Steps up the tree to the trigger count first, the words between where there are none.
  std::uint32_t distance_of(std::uint32_t token, std::uint32_t trigger) const {
    const std::uint32_t between = token > trigger ? token - trigger : trigger - token;
    std::uint32_t at = token;
    for (std::uint32_t steps = 0; steps < kHighest; ++steps) {
      if (at == trigger) return 10 * steps + std::min(between, 9u);
      if (tree_.is_root(at)) break;
      at = tokens_[at].head;
    }
    return 10 * kHighest + between;
  }

  /// Of the items whose span lies in the trigger's sentence, the nearest.
  template <typename Item, typename Fits>
  const Item* nearest(const std::vector<Item>& items, std::uint32_t trigger, Fits fits) const {
    const TokenRange sentence = tree_.document().sentences[tokens_[trigger].sentence];
    const Span within = tree_.span(sentence);
    auto at = std::partition_point(items.begin(), items.end(),
                                   [&](const Item& item) { return item.span.end <= within.begin; });
    const Item* best = nullptr;
    std::uint32_t least = kNone;
    for (std::size_t steps = 0; at != items.end() && at->span.begin < within.end && steps < 64;
         ++at, ++steps) {
      if (!fits(*at)) continue;
      const std::uint32_t distance = distance_of(tree_.first_of(at->span), trigger);
      if (distance < least) least = distance, best = &*at;
    }
    return best;
  }

  void write() {
    for (const Draft& draft : drafts_) {
      const std::uint32_t i = draft.trigger;
      Event event;
      event.id = fmt::format("v{}", record_.events.size() + 1);
      event.type = draft.word->type;
      event.mode = draft.word->mode;
      event.trigger = tokens_[i].span;
      event.sentence = tokens_[i].sentence;
      event.actors = participants(draft.actors, draft.trigger);
      event.recipients = participants(draft.recipients, draft.trigger);
      if (const Time* time = time_of(tree_, record_.times, i)) event.date = date_at(*time);
      Time* const counted = counted_from(event);
      const Place* place =
          nearest(record_.places, i, [](const Place& p) { return p.precision != "country"; });
      if (!place)
        place = nearest(record_.places, i, [](const Place& p) { return p.feature != "demonym"; });
      if (place) event.place = place->id;
      event.quantities = draft.quantities;
      // A noun by itself ("violence", "talks") tells of nothing that has a time or a party.
      if (tokens_[i].pos == "NOUN" && event.actors.empty() && event.recipients.empty() &&
          event.quantities.empty() && !event.date && !counted) {
        continue;
      }
      if (counted) counted->from = event.id;
      const Modality modality = modality_of(tree_, i);
      event.polarity = modality.negated ? "negated" : "affirmed";
      event.status = modality.status;
      said_by(event);
      event.incident = incident_of(event, i);
      record_.events.push_back(std::move(event));
    }
  }

  /// The attributions in whose content the trigger lies, the innermost first.
  void said_by(Event& event) {
    if (!attributions_indexed_) {
      attributions_indexed_ = true;
      for (std::size_t a = 0; a < record_.attributions.size(); ++a) {
        for (const Span span : record_.attributions[a].content) contents_.push_back({span, a});
      }
      std::sort(contents_.begin(), contents_.end(),
                [](const Content& a, const Content& b) { return a.span.begin < b.span.begin; });
    }
    while (next_content_ < contents_.size() &&
           contents_[next_content_].span.begin <= event.trigger.begin) {
      open_.push_back(contents_[next_content_++]);
    }
    std::erase_if(open_, [&](const Content& c) { return c.span.end <= event.trigger.begin; });
    std::vector<Content> around = open_;
    std::sort(around.begin(), around.end(), [](const Content& a, const Content& b) {
      return a.span.size() != b.span.size() ? a.span.size() < b.span.size() : a.of < b.of;
    });
    if (around.size() > 8) around.resize(8);
    for (const Content& c : around) {
      const std::string& id = record_.attributions[c.of].id;
      auto& ids = event.according_to;
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
  }

  /// An earlier incident of the type that this mention may tell of, or a new one.
  std::string incident_of(const Event& event, std::uint32_t trigger) {
    auto& known = incidents_[event.type];
    const std::uint32_t article = tree_.child(trigger, {"det"});
    const bool definite = article != kNone && tokens_[trigger].pos == "NOUN" &&
                          is_any_of(tokens_[article].lower, {"the", "this", "that", "these"});
    for (auto at = known.rbegin(); at != known.rend(); ++at) {
      const bool modes =
          event.mode == at->mode || (!is_captive(event.mode) && !is_captive(at->mode));
      if (!modes || at->status != event.status) continue;
      const bool both_dated = event.date && !at->date.empty();
      if (both_dated && event.date->begin != at->date) continue;
      const bool shared = std::any_of(
          event.recipients.begin(), event.recipients.end(), [&](const Participant& party) {
            return !party.entity.empty() && std::find(at->recipients.begin(), at->recipients.end(),
                                                      party.entity) != at->recipients.end();
          });
      const bool open = event.recipients.empty() || at->recipients.empty();
      const bool near = event.sentence - at->sentence <= kNear && (open || shared);
      if (shared || (both_dated && open) || (definite && open) || near) {
        learn(*at, event);
        return at->id;
      }
    }
    Incident incident;
    incident.id = fmt::format("i{}", ++incident_count_);
    incident.status = event.status;
    learn(incident, event);
    if (known.size() >= kMostIncidents) known.erase(known.begin());
    known.push_back(incident);
    return incident.id;
  }

  /// "since 2011" is open: it lasts to the day of the report, where that is known.
  EventDate date_at(const Time& time) const {
    const std::uint32_t first = tree_.first_of(time.span);
    const bool since = first > 0 && tokens_[first - 1].lower == "since";
    if (!since || !record_.published) return {time.begin, time.end, time.id};
    return {time.begin, std::max(time.end, record_.published->value.substr(0, 10)), time.id};
  }

  /// "two days after [the raid]": the raid has the day that is counted from, not the one it leads
  /// to; where its day is not told, the time that counts from the raid itself.
  Time* counted_from(Event& event) {
    auto at = std::partition_point(
        record_.times.begin(), record_.times.end(),
        [&](const Time& time) { return time.span.begin < event.trigger.begin; });
    for (int steps = 0; at != record_.times.begin() && steps < 3; ++steps) {
      Time& time = *--at;
      if (!time.anchor || !time.anchor->contains(event.trigger)) continue;
      if (const Time* told = time_named(time.from)) {
        event.date = date_at(*told);
      } else {
        event.date.reset();
        return &time;
      }
      return nullptr;
    }
    return nullptr;
  }

  /// The time with this id; times are numbered from "t1" on. Null where there is none.
  const Time* time_named(std::string_view id) const {
    std::size_t number = 0;
    if (!id.starts_with("t")) return nullptr;
    const auto end = std::from_chars(id.data() + 1, id.data() + id.size(), number);
    const bool whole = end.ec == std::errc() && end.ptr == id.data() + id.size();
    if (!whole || number < 1 || number > record_.times.size()) return nullptr;
    return &record_.times[number - 1];
  }

  /// What is told of one happening happened on one day: a headline or a second mention has the day
  /// of the mention that names it, and the time it is read from.
  void share_dates() {
    std::unordered_map<std::string_view, const EventDate*> dates;
    for (const Event& event : record_.events) {
      if (event.date && event.date->begin == event.date->end) {
        dates.try_emplace(event.incident, &*event.date);
      }
    }
    for (Event& event : record_.events) {
      const auto shared = dates.find(event.incident);
      if (!event.date && shared != dates.end()) event.date = *shared->second;
    }
  }

  struct Incident {
    std::string id, mode, date, status;
    std::uint32_t sentence = 0;
    std::vector<std::string> recipients;
  };

  /// Violence of most kinds may be told of as one ("attack", "bombing"), an abduction is its own.
  static bool is_captive(std::string_view mode) {
    return is_any_of(mode, {"abduct", "torture", "sexual"});
  }

  static void learn(Incident& incident, const Event& event) {
    incident.sentence = event.sentence;
    if (incident.mode.empty()) incident.mode = event.mode;
    if (incident.date.empty() && event.date) incident.date = event.date->begin;
    for (const Participant& party : event.recipients) {
      if (!party.entity.empty() && incident.recipients.size() < kMostParties) {
        incident.recipients.push_back(party.entity);
      }
    }
  }

  static constexpr std::size_t kMostIncidents = 24;
  static constexpr std::uint32_t kNear = 2;  ///< Sentences.

  struct Content {
    Span span;
    std::size_t of;
  };

  const Context& context_;
  Record& record_;
  Tree tree_;
  const std::vector<Token>& tokens_;
  MentionMap mentions_;
  std::vector<Draft> drafts_;
  std::vector<std::uint32_t> draft_at_;
  std::vector<bool> taken_;
  std::vector<Content> contents_, open_;
  std::size_t next_content_ = 0;
  bool attributions_indexed_ = false;
  std::unordered_map<std::string, std::vector<Incident>> incidents_;
  std::uint32_t incident_count_ = 0;
};

}  // namespace

void read_events(const Context& context, Record& record) {
  if (context.document.tokens.empty()) return;
  EventReader(context, record).run();
}

}  // namespace dateline::reading
