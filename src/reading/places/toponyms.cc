// SPDX-License-Identifier: Apache-2.0
#include "reading/places/toponyms.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "language/unicode.h"
#include "reading/tree.h"

namespace dateline::reading {

namespace {

using knowledge::BesidePlace;
using knowledge::Gazetteer;
using knowledge::PlaceWords;
using language::Document;
using language::Name;
using language::Token;

/// "Jordan" of "Jordan Smith" must be likelier a place than not.
constexpr float kLeastInPerson = 0.5F;
/// Tokens of a name at most; hyphens and stops count.
constexpr std::uint32_t kMostTokens = 7;

bool starts_upper(std::string_view text) {
  std::size_t at = 0;
  return !text.empty() && language::is_upper(language::next_character(text, at));
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What may stand inside a name beside words with a capital.
bool joins(const Token& token) {
  return is_any_of(token.lower, {"of",   "the", "and", "de", "la", "le", "el", "al", "del", "du",
                                 "upon", "on",  "-",   ".",  "'s", "’s", "'",  "’",  "in",  "bin"});
}

class Finder {
 public:
  Finder(const Context& context, const Gazetteer& gazetteer)
      : document_(context.document),
        words_(context.tables.place_words),
        countries_(context.tables.countries),
        gazetteer_(gazetteer),
        borders_(context.document) {}

  std::vector<Toponym> run() {
    const auto size = static_cast<std::uint32_t>(document_.tokens.size());
    for (std::uint32_t i = 0; i < size; ++i) {
      if (!starts_upper(document_.tokens[i].text)) continue;
      known_from(i);
      kind_from(i);
    }
    for (const Name& name : document_.names) {
      if (name.label == "PERSON" && name.tokens.end - name.tokens.begin > 1) {
        persons_.push_back(name.tokens);
      }
      if (!is_any_of(name.label, {"GPE", "LOC", "FAC"})) continue;
      for (const language::TokenRange piece : borders_.pieces(name.tokens)) {
        if (piece.begin > name.tokens.begin && token(piece.begin).pos != "PROPN") continue;
        add(bare(piece), false).building |= name.label == "FAC";
      }
    }
    for (Toponym& t : found_) {
      const auto person = std::upper_bound(
          persons_.begin(), persons_.end(), t.tokens.begin,
          [](std::uint32_t begin, language::TokenRange range) { return begin < range.begin; });
      t.in_person = person != persons_.begin() && t.tokens.end <= std::prev(person)->end;
    }
    std::stable_sort(found_.begin(), found_.end(), [](const Toponym& a, const Toponym& b) {
      return std::pair(a.tokens.begin, a.tokens.end) < std::pair(b.tokens.begin, b.tokens.end);
    });
    return std::move(found_);
  }

 private:
  const Token& token(std::uint32_t i) const { return document_.tokens[i]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(document_.tokens.size()); }
  std::uint32_t classes(std::uint32_t i) const { return words_.beside(token(i).lower); }
  bool has(std::uint32_t i, BesidePlace what) const {
    return (classes(i) & PlaceWords::bit(what)) != 0;
  }

  /// Without "the" before and "'s" behind.
  language::TokenRange bare(language::TokenRange range) const {
    while (range.end - range.begin > 1 &&
           (token(range.begin).lower == "the" || token(range.begin).text.front() == '\n')) {
      ++range.begin;
    }
    while (range.end - range.begin > 1 && token(range.end - 1).tag == "POS") --range.end;
    return range;
  }

  /// Names from token i on that a table knows.
  void known_from(std::uint32_t i) {
    for (std::uint32_t end = i + 1; end <= size() && end <= i + kMostTokens; ++end) {
      const Token& last = token(end - 1);
      const bool capital = starts_upper(last.text);
      if (!capital && !joins(last) && !(end - i == 1)) break;
      if (end - i > 1 && last.sentence != token(i).sentence) break;
      if (!capital && last.text != ".") continue;
      add({i, end}, true);
    }
  }

  /// Names told by their last word ("Main Street", "Indian Lake Road") or their first ("Lake
  /// Lanier", "Highway 19", "Gulf of Oman").
  void kind_from(std::uint32_t i) {
    using enum BesidePlace;
    const std::uint32_t first = classes(i);
    if (i + 1 < size() && is_number(token(i + 1).text) && (first & PlaceWords::bit(kNumbered))) {
      add_kind({i, i + 2}, PlaceWords::bit(kNumbered));
    }
    if (i + 2 < size() && token(i + 1).text == "-" && is_number(token(i + 2).text) &&
        (first & PlaceWords::bit(kNumbered))) {
      add_kind({i, i + 3}, PlaceWords::bit(kNumbered));
    }
    const std::uint32_t leads =
        first & (PlaceWords::bit(kWater) | PlaceWords::bit(kLand) | PlaceWords::bit(kDivision));
    if (leads && i + 1 < size()) {
      std::uint32_t end = i + 1;
      if (token(end).lower == "of" && end + 1 < size()) ++end;
      if (starts_upper(token(end).text)) add_kind({i, end + 1}, leads);
    }
    if (i > 0 && starts_upper(token(i - 1).text) && !is_any_of(token(i - 1).lower, {"the"}) &&
        token(i - 1).sentence == token(i).sentence) {
      return;  // Only whole runs end in such a word.
    }
    constexpr std::uint32_t kEnds = 0b111111;  // Street to facility.
    for (std::uint32_t end = i + 2; end <= size() && end <= i + 5; ++end) {
      const Token& last = token(end - 1);
      if (last.sentence != token(i).sentence) break;
      if (!starts_upper(last.text)) {
        if (!joins(last)) break;
        continue;
      }
      if (token(i).lower == "the") continue;
      const std::uint32_t ends = classes(end - 1) & kEnds;
      if (!ends) continue;
      add_kind({i, end}, ends);
      if (end < size() && is_number(token(end).text) && (ends & PlaceWords::bit(kStreet))) {
        add_kind({i, end + 1}, ends);
      }
    }
  }

  void add_kind(language::TokenRange range, std::uint32_t kind) {
    Toponym& made = add(range, false);
    made.kind |= kind;
    made.pattern = true;
    made.building |= (kind & PlaceWords::bit(BesidePlace::kFacility)) != 0;
  }

  /// Files a stretch; one that only a table can vouch for is dropped where none knows it.
  Toponym& add(language::TokenRange range, bool must_be_known) {
    const std::uint64_t key = (std::uint64_t{range.begin} << 32) | range.end;
    if (const auto same = filed_.find(key); same != filed_.end()) return found_[same->second];
    Toponym made;
    made.tokens = range;
    made.span = document_.span(range);
    const std::string_view text = made.span.of(document_.text);
    if (text.size() <= knowledge::kLongestKey) {
      made.form = knowledge::normalise(text);
      made.country = countries_.by_name(text);
      if (!made.country) {
        made.country = countries_.by_demonym(text);
        made.demonym = made.country != nullptr;
      }
      made.area = words_.find(text);
      if (made.area && made.area->as == knowledge::AreaWord::kDemonym) {
        // "Washingtonian" is a demonym of an area only where no country has it.
        if (made.country) {
          made.area.reset();
        } else {
          made.demonym = true;
        }
      }
      made.postings = gazetteer_.find(made.form);
    }
    const bool known = made.country || made.area || !made.postings.empty();
    if (must_be_known && !known) {
      dropped_ = std::move(made);
      return dropped_;
    }
    filed_.emplace(key, found_.size());
    found_.push_back(std::move(made));
    return found_.back();
  }

  const Document& document_;
  const PlaceWords& words_;
  const knowledge::Countries& countries_;
  const Gazetteer& gazetteer_;
  const Borders borders_;
  std::vector<Toponym> found_;
  std::vector<language::TokenRange> persons_;
  std::unordered_map<std::uint64_t, std::size_t> filed_;  ///< By begin and end.
  Toponym dropped_;
};

/// What the features ask of the whole report, gathered once.
class Scene {
 public:
  Scene(const Context& context, const std::vector<Toponym>& toponyms)
      : document_(context.document), label_(document_.tokens.size(), kNone) {
    for (std::uint32_t n = 0; n < document_.names.size(); ++n) {
      const Name& name = document_.names[n];
      for (std::uint32_t i = name.tokens.begin; i < name.tokens.end; ++i) label_[i] = n;
      if (name.label == "PERSON" && name.tokens.end - name.tokens.begin > 1) {
        for (std::uint32_t i = name.tokens.begin; i < name.tokens.end; ++i) {
          person_words_.insert(document_.tokens[i].lower);
        }
      }
    }
    for (const Token& token : document_.tokens) {
      if (!starts_upper(token.text)) small_.insert(token.lower);
    }
    for (const Toponym& t : toponyms) {
      Said& said = said_[t.form];
      ++said.times;
      if (const Name* name = outer(t)) {
        said.places += is_any_of(name->label, {"GPE", "LOC"});
        said.persons += name->label == "PERSON";
      }
    }
  }

  struct Said {
    float times = 0, places = 0, persons = 0;
  };
  /// The pipeline's name that covers the toponym, or null.
  const Name* outer(const Toponym& t) const {
    const std::uint32_t n = label_[t.tokens.begin];
    if (n == kNone || document_.names[n].tokens.end < t.tokens.end) return nullptr;
    return &document_.names[n];
  }
  const Said& said(const std::string& form) const { return said_.at(form); }
  bool in_persons_name(std::string_view lower) const { return person_words_.contains(lower); }
  bool is_said_small(std::string_view lower) const { return small_.contains(lower); }

 private:
  const Document& document_;
  std::vector<std::uint32_t> label_;  ///< Of each token: the name it lies in.
  std::unordered_set<std::string_view> person_words_, small_;
  std::unordered_map<std::string, Said> said_;
};

float log10_of(double value) { return static_cast<float>(std::log10(value + 1)); }

}  // namespace

std::vector<Toponym> find_toponyms(const Context& context, const Gazetteer& gazetteer) {
  return Finder(context, gazetteer).run();
}

std::vector<ToponymRow> toponym_rows(const Context& context, const Gazetteer& gazetteer,
                                     const std::vector<Toponym>& toponyms) {
  using enum BesidePlace;
  const Document& document = context.document;
  const auto& tokens = document.tokens;
  const PlaceWords& words = context.tables.place_words;
  const auto& given_names = context.tables.words.given_names;
  const Scene scene(context, toponyms);
  // Where known names begin and end, for "Paris, Texas".
  std::unordered_set<std::uint32_t> begins, ends;
  std::unordered_map<std::uint32_t, std::uint32_t> longest;
  for (const Toponym& t : toponyms) {
    const bool area = (t.country && !t.demonym) || (t.area && !t.demonym) ||
                      std::any_of(t.postings.begin(), t.postings.end(), [&](auto posting) {
                        const auto kind = gazetteer[posting.entry()].kind;
                        return kind == Gazetteer::Kind::kAdmin1;
                      });
    if (area) begins.insert(t.tokens.begin);
    if (!t.postings.empty()) ends.insert(t.tokens.end);
    auto& end = longest[t.tokens.begin];
    end = std::max(end, t.tokens.end);
  }

  std::vector<ToponymRow> rows(toponyms.size());
  for (std::size_t n = 0; n < toponyms.size(); ++n) {
    const Toponym& t = toponyms[n];
    std::size_t column = 0;
    const auto add = [&](double value) { rows[n][column++] = static_cast<float>(value); };
    const Token& first = tokens[t.tokens.begin];
    const Token& last = tokens[t.tokens.end - 1];
    const std::string_view text = t.span.of(document.text);
    const auto kind_is = [&](BesidePlace what) { return (t.kind & PlaceWords::bit(what)) != 0; };

    double people = 0, other_people = 0;
    bool admin1 = false, admin2 = false, capital = false;
    for (const auto posting : t.postings) {
      const auto entry = gazetteer[posting.entry()];
      (posting.is_other_name() ? other_people : people) =
          std::max<double>(posting.is_other_name() ? other_people : people, entry.population + 100);
      admin1 |= entry.kind == Gazetteer::Kind::kAdmin1;
      admin2 |= entry.kind == Gazetteer::Kind::kAdmin2;
      capital |= entry.kind == Gazetteer::Kind::kCapital;
    }
    const bool capitals =
        std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    add(t.tokens.end - t.tokens.begin);
    add(std::min<std::size_t>(text.size(), 40));
    add(t.country && !t.demonym);
    add(t.demonym);
    add(t.area && !t.demonym);
    add(t.area && t.area->as == knowledge::AreaWord::kPostal);
    add(log10_of(static_cast<double>(t.postings.size())));
    add(log10_of(people));
    add(log10_of(other_people));
    add(admin1);
    add(admin2);
    add(capital);
    add(t.pattern);
    add(kind_is(kStreet));
    add(kind_is(kNumbered));
    add(kind_is(kWater));
    add(kind_is(kLand));
    add(kind_is(kDivision));
    add(kind_is(kFacility));
    add(capitals && text.size() > 3);
    add(capitals && text.size() <= 3);
    add(text.find('.') != std::string_view::npos);
    bool nouns = true, adjective = false, other = false;
    for (std::uint32_t i = t.tokens.begin; i < t.tokens.end; ++i) {
      nouns &= tokens[i].tag.starts_with("NNP");
      adjective |= tokens[i].tag == "JJ";
      other |= !tokens[i].tag.starts_with("N") && tokens[i].tag != "JJ";
    }
    add(nouns);
    add(adjective);
    add(other);
    add(knowledge::find(given_names, first.lower) != nullptr);
    add(t.tokens.end - t.tokens.begin == 1 && scene.is_said_small(first.lower));
    add(longest[t.tokens.begin] == t.tokens.end);

    const Name* outer = scene.outer(t);
    const std::string_view label = outer ? outer->label : std::string_view();
    std::uint32_t outer_begin = outer ? outer->tokens.begin : 0;
    std::uint32_t outer_end = outer ? outer->tokens.end : 0;
    if (outer && tokens[outer_begin].lower == "the" && outer_end - outer_begin > 1) ++outer_begin;
    if (outer && tokens[outer_end - 1].tag == "POS" && outer_end - outer_begin > 1) --outer_end;
    const bool exact = outer && outer_begin == t.tokens.begin && outer_end == t.tokens.end;
    const bool inside = outer && !exact;
    const bool known_label = is_any_of(label, {"GPE", "LOC", "FAC", "ORG", "PERSON", "NORP"});
    for (const std::string_view one : {"GPE", "LOC", "FAC", "ORG", "PERSON", "NORP"}) {
      add(exact && label == one);
    }
    add(exact && !known_label);
    for (const std::string_view one : {"GPE", "ORG", "PERSON", "FAC"}) add(inside && label == one);
    add(inside && !is_any_of(label, {"GPE", "ORG", "PERSON", "FAC"}));
    add(inside && outer_begin == t.tokens.begin);
    add(inside && outer_end == t.tokens.end);
    add(outer ? outer_end - outer_begin : 0);

    const bool begins_sentence = t.tokens.begin == document.sentences[first.sentence].begin;
    const Token* before = begins_sentence ? nullptr : &tokens[t.tokens.begin - 1];
    const bool more =
        t.tokens.end < tokens.size() && tokens[t.tokens.end].sentence == last.sentence;
    const Token* after = more ? &tokens[t.tokens.end] : nullptr;
    const std::uint32_t classes_before = before ? words.beside(before->lower) : 0;
    const std::uint32_t classes_after = after ? words.beside(after->lower) : 0;
    const auto told = [](std::uint32_t classes, BesidePlace what) {
      return (classes & PlaceWords::bit(what)) != 0;
    };
    const bool comma_before = before && before->text == ",";
    const bool comma_after = after && after->text == ",";
    add(told(classes_before, kWhere));
    add(before && is_any_of(before->lower, {"in", "at", "near"}));
    add(before && before->lower == "of");
    add(before && before->lower == "the");
    add(comma_before);
    add(told(classes_before, kTitle));
    add(before && knowledge::find(given_names, before->lower) != nullptr &&
        starts_upper(before->text));
    add(before && starts_upper(before->text));
    add(before && before->tag == "CD");
    add(told(classes_before, kSide));
    add(begins_sentence);
    add(before && before->tag == "CC");
    add(comma_after && begins.contains(t.tokens.end + 1));
    add(comma_before && ends.contains(t.tokens.begin - 1));
    add(comma_after);
    add(told(classes_after, kBody));
    add(told(classes_after, kBody) && starts_upper(after->text));
    add(after && starts_upper(after->text));
    constexpr std::uint32_t kKindBits = 0b111111;
    add(after && starts_upper(after->text) && (classes_after & kKindBits) != 0);
    add(after && after->tag == "POS");
    add(after && after->tag.starts_with("V"));
    add(after && is_any_of(after->text, {"-", "—", "–", "--", "("}));
    add((after && after->text == "-" && !last.space_after) ||
        (before && before->text == "-" && !before->space_after));

    const Scene::Said& said = scene.said(t.form);
    add(std::log(said.times + 1));
    add(said.places / said.times);
    add(said.persons / said.times);
    add(scene.in_persons_name(last.lower));
  }
  return rows;
}

std::vector<Toponym> choose_toponyms(std::vector<Toponym> toponyms, float least) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t n = 0; n < toponyms.size(); ++n) {
    const float wanted = toponyms[n].in_person ? std::max(least, kLeastInPerson) : least;
    if (toponyms[n].chance >= wanted) order.push_back(n);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return toponyms[a].chance > toponyms[b].chance;
  });
  // "Peruvian Embassy": the people's name and the building are both told of.
  std::unordered_set<std::uint32_t> taken, taken_by_people;
  std::vector<std::uint32_t> kept;
  const auto keep_if_free = [&](std::uint32_t n, bool building) {
    const auto [begin, end] = toponyms[n].tokens;
    for (std::uint32_t i = begin; i < end; ++i) {
      if (taken.contains(i) || (!building && taken_by_people.contains(i))) return;
    }
    auto& by = toponyms[n].demonym ? taken_by_people : taken;
    for (std::uint32_t i = begin; i < end; ++i) by.insert(i);
    kept.push_back(n);
  };
  for (const std::uint32_t n : order) keep_if_free(n, false);
  order.clear();
  for (std::uint32_t n = 0; n < toponyms.size(); ++n) {
    if (toponyms[n].building && toponyms[n].chance < least) order.push_back(n);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return toponyms[a].span.size() > toponyms[b].span.size();
  });
  for (const std::uint32_t n : order) keep_if_free(n, true);
  std::sort(kept.begin(), kept.end());
  std::vector<Toponym> chosen;
  chosen.reserve(kept.size());
  for (const std::uint32_t n : kept) chosen.push_back(std::move(toponyms[n]));
  return chosen;
}

}  // namespace dateline::reading
