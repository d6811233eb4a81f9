// Which names are one entity: the same words, a surname for a full name, an abbreviation for what
// it abbreviates, another spelling, another name that the report itself gives ("also known as").
//
// Every rule asks a hash map for the other name, so that the work is linear in the names of a
// report. A rule that could mean two different entities joins nothing.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <unordered_map>

#include "language/unicode.h"
#include "reading/entities/draft.h"
#include "reading/entities/kinds.h"

namespace dateline::reading::entities {

using language::Token;
using language::TokenRange;

namespace {

/// One way of writing a name, however often it stands in the report.
struct NameForm {
  std::string key;                 ///< Lower case, single spaces, no stops and apostrophes.
  std::vector<std::string> words;  ///< The key's, hyphens split too.
  std::vector<std::uint32_t> mentions;
  std::uint32_t spaced_words = 1;  ///< Words between spaces.
  Kind kind = Kind::kOther;
  bool capitals = false;  ///< "MEK"
};

constexpr std::uint32_t kAmbiguous = kNone - 1;

bool is_small(std::string_view word) {
  return is_any_of(word, {"of", "the", "and", "for", "in",  "on",  "to", "e", "de", "la",
                          "el", "al",  "du",  "des", "von", "van", "a",  "y", "i",  "&"});
}

/// Consonants of a name, close spellings of one sound made equal: "mujahedin" = "mojahedeen".
std::string skeleton(std::string_view key) {
  std::string made;
  for (std::size_t i = 0; i < key.size(); ++i) {
    char c = key[i];
    if (is_any_of({&c, 1}, {"a", "e", "i", "o", "u", "y", " ", "-", "h", "w"})) continue;
    if (c == 'q' || c == 'c') c = 'k';
    if (c == 'z') c = 's';
    if (made.empty() || made.back() != c) made += c;
  }
  return made;
}

class Joiner {
 public:
  explicit Joiner(Draft& draft)
      : draft_(draft), tree_(draft.tree), tokens_(tree_.document().tokens) {}

  void run() {
    collect_forms();
    certain_ = true;
    join_countries();
    certain_ = false;
    join_persons();
    certain_ = true;
    join_bracketed();
    join_also_known();
    join_abbreviations();
    join_places();
    certain_ = false;
    join_parts();
    certain_ = true;
    join_spellings();
    settle_kinds();
  }

 private:
  const knowledge::Tables& tables() const { return draft_.context.tables; }

  void collect_forms() {
    std::unordered_map<std::string, std::uint32_t> by_key;
    for (std::uint32_t m = 0; m < draft_.mentions.size(); ++m) {
      Mention& mention = draft_.mentions[m];
      if (mention.form != Form::kName) continue;
      const std::string key = name_key(draft_, mention.name);
      const auto [at, fresh] = by_key.try_emplace(key, static_cast<std::uint32_t>(forms_.size()));
      if (fresh) forms_.push_back(form_of(key, mention));
      forms_[at->second].mentions.push_back(m);
    }
    for (NameForm& form : forms_) {
      std::array<std::uint32_t, 7> votes{};
      for (const std::uint32_t m : form.mentions) {
        ++votes[static_cast<std::size_t>(draft_.mentions[m].kind)];
      }
      form.kind = static_cast<Kind>(std::max_element(votes.begin(), votes.end()) - votes.begin());
    }
    if (draft_.kinds) weigh_kinds();
    // A surname alone may have been taken for a place or an organisation.
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const NameForm& form = forms_[f];
      if (form.kind == Kind::kPerson && form.spaced_words > 1) {
        full_names_by_surname_[last_word(form)].push_back(f);
        first_names_[form.words.front()].push_back(f);
      }
    }
    for (NameForm& form : forms_) {
      if (form.spaced_words == 1 && form.kind != Kind::kCountry && form.kind != Kind::kPerson &&
          full_names_by_surname_.count(form.key)) {
        form.kind = Kind::kPerson;
      }
      for (const std::uint32_t m : form.mentions) draft_.mentions[m].kind = form.kind;
    }
    for (NameForm& form : forms_) {
      for (const std::uint32_t m : form.mentions) gender_of(draft_.mentions[m], form);
    }
    // One cluster a form; a person's lone surname gets its cluster mention by mention.
    for (NameForm& form : forms_) {
      const bool alone = form.kind == Kind::kPerson && form.spaced_words == 1;
      std::uint32_t cluster = kNone;
      for (const std::uint32_t m : form.mentions) {
        Mention& mention = draft_.mentions[m];
        if (cluster == kNone || alone) cluster = draft_.add_cluster(mention);
        mention.cluster = cluster;
        char& gender = draft_.clusters[cluster].gender;
        if (gender == '-') gender = mention.gender;
      }
    }
  }

  void weigh_kinds() {
    std::vector<NameUse> uses;
    for (const NameForm& form : forms_) uses.push_back({form.mentions});
    const std::vector<KindRow> rows = kind_rows(draft_, draft_.gazetteer, uses);
    for (std::size_t f = 0; f < forms_.size(); ++f) {
      NameForm& form = forms_[f];
      const Kind likeliest = draft_.kinds->kind(rows[f]);
      const bool people = likeliest == Kind::kPerson || likeliest == Kind::kOrganization;
      const bool place = form.kind == Kind::kFacility || form.kind == Kind::kCountry;
      if (form.kind == Kind::kGroup && (people || is_people(form))) continue;
      if (place && likeliest == Kind::kPlace) continue;
      // A place that no table knows is one yet.
      if (form.kind == Kind::kPlace && likeliest == Kind::kOther) continue;
      // "Camp X": the word says it, whatever is not known of X.
      if (likeliest != Kind::kPerson && is_facility(form)) {
        form.kind = Kind::kFacility;
        continue;
      }
      if (form.kind == Kind::kOrganization && likeliest == Kind::kOther && form.words.size() > 1 &&
          is_organisation(form.words.back())) {
        continue;
      }
      if (form.kind == Kind::kCountry && likeliest != Kind::kPerson) continue;
      form.kind = likeliest;
      if (likeliest != Kind::kPlace) continue;
      const Mention& mention = draft_.mentions[form.mentions.front()];
      const std::string_view text = tree_.span(mention.name).of(tree_.document().text);
      if (tables().countries.by_name(text)) form.kind = Kind::kCountry;
    }
  }

  /// "Iranian", "Iranians"
  bool is_people(const NameForm& form) const {
    const Mention& mention = draft_.mentions[form.mentions.front()];
    const std::string_view text = tree_.span(mention.name).of(tree_.document().text);
    return tables().countries.by_demonym(text) != nullptr;
  }

  bool is_facility(const NameForm& form) const {
    const auto says = [&](const std::string& word) {
      const auto* noun = knowledge::find(tables().words.nouns, word);
      return noun && noun->kind == "facility";
    };
    return says(form.words.back()) || (form.words.size() == 2 && says(form.words.front()));
  }

  NameForm form_of(const std::string& key, const Mention& mention) const {
    NameForm form;
    form.key = key;
    std::string word;
    for (const char c : key + ' ') {
      if (c != ' ' && c != '-') {
        word += c;
        continue;
      }
      if (c == ' ' && !word.empty()) ++form.spaced_words;
      if (!word.empty()) form.words.push_back(std::move(word));
      word.clear();
    }
    --form.spaced_words;
    if (form.words.empty()) form.words.push_back(key);
    const std::string_view text = tree_.span(mention.name).of(tree_.document().text);
    form.capitals = text.size() >= 2 && std::none_of(text.begin(), text.end(), [](char c) {
                      return (c >= 'a' && c <= 'z') || c == ' ';
                    });
    return form;
  }

  static std::string last_word(const NameForm& form) {
    for (std::size_t at = form.words.size(); at-- > 1;) {
      if (!is_any_of(form.words[at], {"jr", "sr", "ii", "iii", "iv"})) return form.words[at];
    }
    return form.words.back();
  }

  void gender_of(Mention& mention, const NameForm& form) {
    if (form.kind != Kind::kPerson) return;
    const auto& words = tables().words;
    if (const std::uint32_t before = mention.name.begin; before > 0) {
      std::string_view word = tokens_[before - 1].lower;
      if (word.ends_with('.')) word.remove_suffix(1);
      if (const auto* title = knowledge::find(words.titles, word)) mention.gender = title->gender;
      if (const auto* noun = knowledge::find(words.nouns, word)) mention.gender = noun->gender;
    }
    if (mention.gender == '-' && form.spaced_words > 1) {
      const char* gender = knowledge::find(words.given_names, tokens_[mention.name.begin].text);
      if (gender) mention.gender = *gender;
    }
  }

  void join_forms(const NameForm& a, const NameForm& b) {
    const Mention& first = draft_.mentions[a.mentions.front()];
    if (certain_) draft_.certain.push_back({a.mentions.front(), b.mentions.front()});
    for (const std::uint32_t m : b.mentions) {
      draft_.join(first.cluster, draft_.mentions[m].cluster);
    }
  }

  /// "U. S." as "U.S."
  static std::string closed_up(std::string_view text) {
    std::string made(text);
    std::erase(made, ' ');
    return made;
  }

  void join_countries() {
    std::unordered_map<std::string_view, std::uint32_t> seen;
    std::unordered_map<std::string_view, std::uint32_t> peoples;
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const Mention& mention = draft_.mentions[forms_[f].mentions.front()];
      const std::string_view text = tree_.span(mention.name).of(tree_.document().text);
      const knowledge::Country* country = tables().countries.by_name(text);
      if (!country && text.find(". ") != text.npos)
        country = tables().countries.by_name(closed_up(text));
      auto* map = &seen;
      if (!country || forms_[f].kind != Kind::kCountry) {
        country = forms_[f].kind == Kind::kGroup ? tables().countries.by_demonym(text) : nullptr;
        map = &peoples;
      }
      if (!country) continue;
      const auto [at, fresh] = map->try_emplace(country->alpha3, f);
      if (!fresh) join_forms(forms_[at->second], forms_[f]);
    }
  }

  void join_persons() {
    // "Lincoln P. Bloomfield, Jr." and "Lincoln Bloomfield": first and last word.
    std::unordered_map<std::string, std::uint32_t> by_ends;
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const NameForm& form = forms_[f];
      if (form.kind != Kind::kPerson || form.spaced_words < 2) continue;
      const std::string first = form.words.front(), last = last_word(form);
      // In half of the world the family name comes first.
      const auto [at, fresh] =
          by_ends.try_emplace(std::min(first, last) + ' ' + std::max(first, last), f);
      if (!fresh) join_forms(forms_[at->second], form);
    }
    // A surname means the last full name before it, or else the first one after it.
    std::vector<std::uint32_t> form_of_mention(draft_.mentions.size(), kNone);
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      for (const std::uint32_t m : forms_[f].mentions) form_of_mention[m] = f;
    }
    std::unordered_map<std::string, std::vector<std::uint32_t>> bearers;  // Each form's last.
    for (std::uint32_t m = 0; m < draft_.mentions.size(); ++m) {
      const std::uint32_t f = form_of_mention[m];
      if (f == kNone || forms_[f].kind != Kind::kPerson) continue;
      const NameForm& form = forms_[f];
      if (form.spaced_words > 1) {
        auto& recent = bearers[last_word(form)];
        std::erase_if(recent, [&](std::uint32_t o) { return form_of_mention[o] == f; });
        if (recent.size() >= 8) recent.erase(recent.begin());
        recent.push_back(m);
        continue;
      }
      const auto named = bearers.find(form.key);
      bool done = false;
      if (named != bearers.end()) {
        for (auto at = named->second.rbegin(); !done && at != named->second.rend(); ++at) {
          done = join_mention(*at, m);
        }
      }
      if (done) continue;
      if (const auto later = full_names_by_surname_.find(form.key);
          later != full_names_by_surname_.end()) {
        for (const std::uint32_t other : later->second) {
          if (join_mention(forms_[other].mentions.front(), m)) break;
        }
      } else if (const auto first = first_names_.find(form.key); first != first_names_.end()) {
        join_mention(forms_[first->second.front()].mentions.front(), m);
      } else {
        // Nobody else has the name: its own mentions belong together.
        join_mention(form.mentions.front(), m);
      }
    }
    // A name that one person alone has, means that person beyond doubt.
    for (const NameForm& form : forms_) {
      if (form.kind != Kind::kPerson || form.spaced_words > 1) continue;
      auto bearer = full_names_by_surname_.find(form.key);
      if (bearer == full_names_by_surname_.end()) {
        bearer = first_names_.find(form.key);
        if (bearer == first_names_.end()) continue;
      } else if (first_names_.count(form.key)) {
        continue;
      }
      const std::uint32_t full = forms_[bearer->second.front()].mentions.front();
      const bool alone =
          std::all_of(bearer->second.begin(), bearer->second.end(),
                      [&](std::uint32_t f) { return is_one(full, forms_[f].mentions.front()); });
      for (const std::uint32_t m : form.mentions) {
        if (alone && is_one(full, m)) draft_.certain.push_back({full, m});
      }
    }
  }

  bool is_one(std::uint32_t a, std::uint32_t b) {
    return draft_.root(draft_.mentions[a].cluster) == draft_.root(draft_.mentions[b].cluster);
  }

  bool join_mention(std::uint32_t a, std::uint32_t b) {
    if (certain_) draft_.certain.push_back({a, b});
    return draft_.join(draft_.mentions[a].cluster, draft_.mentions[b].cluster);
  }

  /// "Camp Liberty (Hurriya)", "People's Front (PF or PFX)".
  void join_bracketed() {
    for (std::uint32_t m = 0; m < draft_.mentions.size(); ++m) {
      const Mention& mention = draft_.mentions[m];
      if (mention.form != Form::kName || mention.kind == Kind::kPerson) continue;
      std::uint32_t at = mention.name.end;
      // A lower-case noun may close the name: "Hope organization (HO)".
      if (at < tokens_.size() && tokens_[at].pos == "NOUN") ++at;
      if (at >= tokens_.size() || tokens_[at].text != "(") continue;
      for (std::uint32_t steps = 0; steps < 4; ++steps) {
        const std::uint32_t other = draft_.name_after(at + 1);
        if (other == kNone || other == m) break;
        const Mention& alias = draft_.mentions[other];
        const std::uint32_t next = alias.name.end;
        if (next >= tokens_.size() || !is_any_of(tokens_[next].text, {")", "or", "/", ","})) break;
        if (may_be_alias(mention, alias)) join_mention(m, other);
        if (tokens_[next].text == ")") break;
        at = next;
      }
    }
  }

  bool may_be_alias(const Mention& name, const Mention& alias) const {
    if (alias.kind == Kind::kCountry || alias.kind == Kind::kPerson) {
      // A lone word of no known person may be another name of a place.
      if (alias.kind == Kind::kCountry || name.kind != Kind::kFacility) return false;
    }
    const std::string_view text = tree_.span(alias.name).of(tree_.document().text);
    const bool capitals =
        std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (capitals) return text.size() >= 2 && name.kind != Kind::kCountry;
    const bool several = name.name.end - name.name.begin > 1;
    if (name.kind == Kind::kFacility || name.kind == Kind::kPlace) return several;
    return alias.kind == name.kind && name.kind != Kind::kCountry;
  }

  /// "the Front (PF) — also known as the Movement".
  void join_also_known() {
    for (std::uint32_t i = 1; i + 2 < tokens_.size(); ++i) {
      if (tokens_[i].lower != "known" || tokens_[i + 1].lower != "as") continue;
      if (!is_any_of(tokens_[i - 1].lower, {"also", "better", "formerly", "previously"})) continue;
      const std::uint32_t after = draft_.name_after(i + 2);
      if (after == kNone) continue;
      std::uint32_t at = i - 1;
      for (std::uint32_t steps = 0; at > 0 && steps < 8; ++steps) {
        if (const std::uint32_t before = draft_.name_before(at); before != kNone) {
          join_mention(before, after);
          break;
        }
        --at;
      }
    }
  }

  /// Abbreviations of the first letters, a closing noun counted in or not.
  void join_abbreviations() {
    std::unordered_map<std::string, std::uint32_t> by_initials;
    const auto enter = [&](std::string initials, std::uint32_t f) {
      if (initials.size() < 2) return;
      const auto [at, fresh] = by_initials.try_emplace(std::move(initials), f);
      if (fresh || at->second == kAmbiguous) return;
      if (!is_one(forms_[at->second].mentions.front(), forms_[f].mentions.front())) {
        at->second = kAmbiguous;
      }
    };
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const NameForm& form = forms_[f];
      if (form.words.size() < 2 || form.capitals || form.kind == Kind::kPerson) continue;
      std::string all, large;
      for (const std::string& word : form.words) {
        all += word.front();
        if (!is_small(word)) large += word.front();
      }
      std::string closed;
      for (const std::uint32_t m : form.mentions) {
        const std::uint32_t next = draft_.mentions[m].name.end;
        if (next < tokens_.size() && tokens_[next].tag == "NN" &&
            is_organisation(tokens_[next].lower)) {
          closed = large + tokens_[next].lower.front();
        }
      }
      if (all != large) enter(all, f);
      if (!closed.empty()) enter(closed, f);
      enter(std::move(large), f);
    }
    for (const NameForm& form : forms_) {
      if (!form.capitals || form.words.size() != 1 || form.kind == Kind::kCountry) continue;
      auto found = by_initials.find(form.key);
      if (found == by_initials.end() || found->second == kAmbiguous) continue;
      if (forms_[found->second].kind == Kind::kCountry) continue;
      join_forms(forms_[found->second], form);
    }
  }

  bool is_organisation(std::string_view word) const {
    const auto* noun = knowledge::find(tables().words.nouns, word);
    return noun && noun->kind == "organization";
  }

  /// "New York City" and "New York", "the Republic of Albania" and "Albania", "the North" where one
  /// country of the report is in the north of another.
  void join_places() {
    std::unordered_map<std::string_view, std::uint32_t> places;
    std::unordered_map<std::string_view, std::uint32_t> sides;
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const NameForm& form = forms_[f];
      if (form.kind != Kind::kPlace && form.kind != Kind::kCountry) continue;
      places.try_emplace(form.key, f);
      if (form.kind == Kind::kCountry && form.words.size() == 2 && is_side(form.words.front())) {
        const auto [at, fresh] = sides.try_emplace(form.words.front(), f);
        if (!fresh) at->second = kAmbiguous;
      }
    }
    for (const NameForm& form : forms_) {
      const std::string_view key = form.key;
      if (form.words.size() == 1 && is_side(key)) {
        const auto found = sides.find(key);
        if (found == sides.end() || found->second == kAmbiguous) continue;
        join_forms(forms_[found->second], form);
        continue;
      }
      if (form.kind != Kind::kPlace && form.kind != Kind::kCountry) continue;
      std::string_view bare = key;
      for (const std::string_view end : {" city", " town", " county", " state", " province"}) {
        if (bare.ends_with(end)) bare.remove_suffix(end.size());
      }
      for (const std::string_view begin :
           {"city of ", "town of ", "county of ", "state of ", "municipality of ", "republic of ",
            "kingdom of ", "province of ", "commonwealth of "}) {
        if (bare.starts_with(begin)) bare.remove_prefix(begin.size());
      }
      const auto found = bare == key ? places.end() : places.find(bare);
      if (found != places.end()) join_forms(forms_[found->second], form);
    }
  }

  static bool is_side(std::string_view word) {
    return is_any_of(word, {"north", "south", "east", "west"});
  }

  /// Shorter names of what has a longer one: "Tasmin" for "Tasmin News Agency", "Foreign Affairs
  /// Committee" for "House Foreign ...", "the House" for "House of Representatives", "the Senate"
  /// for "U.S. Senate". Who is meant, where several have such a name, nobody knows.
  void join_parts() {
    std::unordered_map<std::string, std::uint32_t> by_part;
    const auto enter = [&](std::string part, std::uint32_t f) {
      const auto [at, fresh] = by_part.try_emplace(std::move(part), f);
      if (fresh || at->second == f || at->second == kAmbiguous) return;
      if (!is_one(forms_[at->second].mentions.front(), forms_[f].mentions.front())) {
        at->second = kAmbiguous;
      }
    };
    const auto has_parts = [](const NameForm& form) {
      return form.kind == Kind::kOrganization || form.kind == Kind::kOther ||
             form.kind == Kind::kFacility;
    };
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const NameForm& form = forms_[f];
      if (!has_parts(form) || form.words.size() < 2 || form.words.size() > 8) continue;
      if (is_organisation(form.words.back())) enter(form.words.front(), f);
      const auto of = std::find(form.words.begin(), form.words.end(), "of");
      if (of != form.words.begin() && of != form.words.end()) {
        enter(joined(form.words.begin(), of), f);
      }
      const std::size_t owners = owner_words(form);
      if (owners > 0 && owners < form.words.size()) {
        enter(joined(form.words.begin() + static_cast<std::ptrdiff_t>(owners), form.words.end()),
              f);
      }
      std::string tail = form.words.back();
      for (std::size_t at = form.words.size() - 1; at-- > 1;) {
        tail = form.words[at] + ' ' + tail;
        if (!is_small(form.words[at])) enter(tail, f);
      }
    }
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const NameForm& form = forms_[f];
      if (!has_parts(form)) continue;
      const auto found = by_part.find(form.key);
      if (found != by_part.end() && found->second != kAmbiguous && found->second != f) {
        join_forms(forms_[found->second], form);
      }
    }
  }

  using Word = std::vector<std::string>::const_iterator;
  static std::string joined(Word begin, Word end) {
    std::string made;
    for (; begin != end; ++begin) made += made.empty() ? *begin : ' ' + *begin;
    return made;
  }

  /// How many words before the name say whose it is: of "U.S. Senate" one.
  std::size_t owner_words(const NameForm& form) const {
    const TokenRange name = draft_.mentions[form.mentions.front()].name;
    if (name.end - name.begin != form.words.size()) return 0;
    for (std::size_t size = 1; size < std::min<std::size_t>(form.words.size(), 3); ++size) {
      const auto end = name.begin + static_cast<std::uint32_t>(size);
      const std::string_view text = tree_.span({name.begin, end}).of(tree_.document().text);
      if (tables().countries.by_name(text) || tables().countries.by_demonym(text)) return size;
    }
    return 0;
  }

  void join_spellings() {
    std::unordered_map<std::string, std::uint32_t> by_skeleton;
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const NameForm& form = forms_[f];
      if (form.capitals || form.key.size() < 8) continue;
      std::string bones = skeleton(form.key);
      if (bones.size() < 5) continue;
      const auto [at, fresh] = by_skeleton.try_emplace(std::move(bones), f);
      if (fresh) continue;
      const NameForm& other = forms_[at->second];
      const std::size_t longest = std::max(other.key.size(), form.key.size());
      const std::size_t shortest = std::min(other.key.size(), form.key.size());
      if (other.words.size() == form.words.size() && longest - shortest <= longest / 4 &&
          other.words.front().front() == form.words.front().front()) {
        join_forms(other, form);
      }
    }
  }

  /// All names of a cluster have its commonest kind.
  void settle_kinds() {
    std::vector<std::array<std::uint32_t, 7>> votes(draft_.clusters.size());
    for (const NameForm& form : forms_) {
      for (const std::uint32_t m : form.mentions) {
        const Mention& mention = draft_.mentions[m];
        // What a longer name is, is surer than what an abbreviation is.
        votes[draft_.root(mention.cluster)][static_cast<std::size_t>(mention.kind)] +=
            form.words.size() > 1 ? 3 : 1;
      }
    }
    for (std::uint32_t c = 0; c < draft_.clusters.size(); ++c) {
      const auto& mine = votes[c];
      const auto most = std::max_element(mine.begin(), mine.end());
      if (*most > 0) draft_.clusters[c].kind = static_cast<Kind>(most - mine.begin());
    }
  }

  Draft& draft_;
  const Tree& tree_;
  const std::vector<Token>& tokens_;
  std::vector<NameForm> forms_;
  bool certain_ = false;  ///< Whether what is joined now is one beyond doubt.
  std::unordered_map<std::string, std::vector<std::uint32_t>> full_names_by_surname_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> first_names_;
};

}  // namespace

std::string name_key(const Draft& draft, TokenRange name) {
  const auto& tokens = draft.tree.document().tokens;
  std::string key;
  for (std::uint32_t i = name.begin; i < name.end; ++i) {
    for (std::size_t at = 0; at < tokens[i].lower.size(); ++at) {
      const char c = tokens[i].lower[at];
      if (c == '.' || c == '\'' || c == ',') continue;
      if (tokens[i].lower.substr(at, 3) == "’" || tokens[i].lower.substr(at, 3) == "‘") {
        at += 2;
        continue;
      }
      key += c;
    }
    if (i + 1 < name.end && tokens[i].span.end != tokens[i + 1].span.begin) key += ' ';
  }
  const auto is_ascii = [](char c) { return (c & 0x80) == 0; };
  return std::all_of(key.begin(), key.end(), is_ascii) ? key : language::without_marks(key);
}

void join_names(Draft& draft) { Joiner(draft).run(); }

}  // namespace dateline::reading::entities
