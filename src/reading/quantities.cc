// How many of what: numbers, how sure they are, and what they count.
//
// Each numeral becomes a phrase (quantities/number_phrase.h), unless it is a score or part of a
// name (no_quantity.h) or tells an age (age.h). A unit beside it says what it measures (unit.h);
// else its noun (head.h), what the sentence tells of that noun (counts.h, said_of.h, tally.h) or
// the head of its list (list.h) says what it counts. Between the numerals stand tolls without a
// number (untold.h). Which words say what is in number_words, qualifiers, units, tallies,
// case_words, count_nouns, count_verbs and count_states.tsv. SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reading/labels.h"
#include "reading/quantities/age.h"
#include "reading/quantities/counts.h"
#include "reading/quantities/head.h"
#include "reading/quantities/list.h"
#include "reading/quantities/no_quantity.h"
#include "reading/quantities/number_phrase.h"
#include "reading/quantities/qualifier.h"
#include "reading/quantities/said_of.h"
#include "reading/quantities/unit.h"
#include "reading/quantities/untold.h"
#include "reading/reading.h"
#include "reading/trace.h"

namespace dateline::reading {

namespace {

using Form = NumberPhrase::Form;

class QuantityReader {
 public:
  QuantityReader(const Context& context, Record& record)
      : passage_(context), record_(record), trace_(context.trace) {}

  void run() {
    if (passage_.size() == 0) return;
    std::uint32_t atom = 0;
    for (std::size_t n = 0; n < passage_.numbers.size(); ++n) {
      atom = read_untold(atom, passage_.numbers[n].begin);
      n = read_number(n);
    }
    read_untold(atom, static_cast<std::uint32_t>(passage_.atoms.size()));
  }

 private:
  /// Where a phrase stands in its sentence: its own token, and the noun it stands with.
  struct Place {
    std::uint32_t token = 0, noun = 0;
    std::uint32_t top = kNone;  ///< Of a qualifier that is a noun to the parser: "upwards of 12".
  };

  /// Reads the phrase that begins with the n-th numeral; returns the index of its last one.
  std::size_t read_number(std::size_t n) {
    const Number& number = passage_.numbers[n];
    if (number.ordinal || is_telephone(passage_.document.text, passage_.atoms, number)) return n;
    const NumberPhrase phrase = number_phrase(passage_, n);
    const bool range = phrase.form == Form::kRange;
    const ListItem item = item_of(phrase);
    if (!range) {
      if (const Counted age = age_beside(passage_, number)) return read_age(n, age);
      if (goes_on_with_ages(n)) return read_age(n, {"age"});
      if (!item.heading && is_mere_numeral(passage_, number)) return n;
      if (is_idiom(passage_, number)) return n;
      if (is_vote(passage_, n)) return n + 1;
    }
    if (is_inside_time(record_.times, span(phrase.begin, phrase.end))) return phrase.last;
    if (is_in_title(passage_, number)) return phrase.last;

    std::uint32_t from = phrase.begin, end = phrase.end;
    const auto* unit = unit_beside(passage_, from, end);
    const Place place = place_of(phrase, number);
    const auto* sure = range ? nullptr : qualifier_beside(from, end);
    if (range && from > 0 && passage_.is(from - 1, "between")) --from;
    if (!unit && !item.heading) {
      if (!range && is_told_age(passage_, number, place.token, place.noun)) {
        return read_age(n, {"age"});
      }
      if (is_no_count(number, phrase, place, sure)) return phrase.last;
    }

    Quantity quantity;
    quantity.value = phrase.value;
    quantity.min = phrase.min;
    quantity.max = phrase.max;
    quantity.qualifier = range          ? "range"
                         : number.vague ? "about"
                         : sure         ? sure->qualifier
                                        : "exact";
    quantity.span = span(from, end);
    const Counted counted = unit           ? measure(*unit, quantity)
                            : item.heading ? item.heading
                                           : count(quantity, place, end, is_rate(number, phrase),
                                                   from > 0 && passage_.is(from - 1, "not"));
    if (!number.vague) set_bounds(quantity);
    add(std::move(quantity), counted, sure);
    return phrase.last;
  }

  Span span(std::uint32_t begin, std::uint32_t end) const {
    return {passage_.atoms[begin].span.begin, passage_.atoms[end - 1].span.end};
  }

  Place place_of(const NumberPhrase& phrase, const Number& number) const {
    const std::uint32_t behind = passage_.atoms[phrase.end - 1].token + 1;
    Place place;
    place.token = top_token(passage_, number.begin, phrase.end);
    place.noun = noun_of(passage_, place.token, behind, number.vague);
    std::uint32_t from = phrase.begin;
    if (qualifier_before(passage_, from)) place.top = top_token(passage_, from, phrase.end);
    if (phrase.form == Form::kRange && place.noun == place.token) {
      // "seven or eight dead": the noun of the second
      place.token = top_token(passage_, passage_.numbers[phrase.last].begin, phrase.end);
      place.noun = noun_of(passage_, place.token, behind, false);
    }
    return place;
  }

  /// Whether a number is an item of a list, and of what; one that goes on with what the number
  /// before it counts is known by its heading, too: "Italy has 5,883 infections, Spain 1,639".
  ListItem item_of(const NumberPhrase& phrase) const {
    std::uint32_t from = phrase.begin;
    qualifier_before(passage_, from);
    const double most = phrase.max.value_or(phrase.value.value_or(0));
    ListItem item = list_item(passage_, from, phrase.end, most);
    const std::uint32_t token = passage_.atoms[phrase.begin].token;
    const bool numeral = is_mere_numeral(passage_, passage_.numbers[phrase.last]);
    if (item.stands && !item.heading && !numeral && goes_on_from(token, false)) {
      item.heading = last_;
    }
    return item;
  }

  /// "men aged 22, 24 and 27": the numeral right behind an age and a comma or "and".
  bool goes_on_with_ages(std::size_t n) const {
    if (n == 0 || n - 1 != last_age_ || passage_.numbers[n].value > kOldestAge) return false;
    const std::uint32_t end = passage_.numbers[n - 1].end, begin = passage_.numbers[n].begin;
    for (std::uint32_t atom = end; atom < begin; ++atom) {
      if (!passage_.is_any(atom, {",", "and", "or"})) return false;
    }
    return begin <= end + 2;
  }

  /// The qualifier before or behind the atoms [from, end), which grow to hold it.
  const knowledge::Qualifier* qualifier_beside(std::uint32_t& from, std::uint32_t& end) const {
    const auto* before = qualifier_before(passage_, from);
    const auto* after = qualifier_after(passage_, end);
    return before ? before : after;
  }

  static bool is_rate(const Number& number, const NumberPhrase& phrase) {
    return phrase.form == Form::kRate || number.part;
  }

  /// A number without a measure that by its place counts nothing.
  bool is_no_count(const Number& number, const NumberPhrase& phrase, const Place& place,
                   const knowledge::Qualifier* sure) const {
    if (is_inside_name(passage_, place.token)) return true;
    if (!sure && is_year(passage_, number, place.noun)) return true;
    if (phrase.form == Form::kRange) return false;
    const bool some = sure && sure->qualifier == "at_least";  // "at least one of them"
    return (!some && !is_rate(number, phrase) && is_one_of(passage_, number, place.token)) ||
           is_name_or_limit(passage_, number, place.token, place.noun);
  }

  std::size_t read_age(std::size_t n, const Counted& age) {
    const Number& number = passage_.numbers[n];
    Quantity quantity;
    quantity.value = number.value;
    quantity.qualifier = "exact";
    quantity.unit = "years";
    quantity.span = span(number.begin, number.end);
    if (is_inside_time(record_.times, quantity.span)) return n;
    set_bounds(quantity);
    add(std::move(quantity), age, nullptr);
    last_age_ = n;
    return n;
  }

  /// What a number without a measure counts; names its unit. `end` is the atom behind it.
  Counted count(Quantity& quantity, const Place& place, std::uint32_t end, bool rate, bool denied) {
    const Counted part_of_whole{"rate"};
    if (const std::uint32_t part = hyphened(passage_, end); part != 0) {
      // "a 12-member body", "a 15-point lead": so many members, points
      quantity.unit = std::string(passage_[part].text);
      return rate ? part_of_whole : Counted();
    }
    const auto [token, noun, top] = place;
    // "four of them", "two more" say no more than "four", "two"; a headline that ends in a number
    // runs on, to the parser
    const bool bare = noun == token ||
                      is_any_of(passage_[noun].tag, {"PRP", "WP", "WDT", "JJR", "CD"}) ||
                      passage_.ends_paragraph(token, noun);
    if (!bare) quantity.unit = std::string(passage_[noun].text);
    if (rate) return part_of_whole;
    const auto* unit = unit_noun(passage_, noun, !quantity.value);
    if (unit) return measure(*unit, quantity);
    if (denied) return {};  // "eight died, not nine"
    if (bare && goes_on_from_animals(token)) return {};
    if (is_kind(passage_, noun, "animal")) last_animal_ = token + 1;
    if (const Counted both = dead_and_wounded(passage_, end)) return both;
    Counted counted = counts_of(passage_, noun, token);
    if (!counted && top != kNone && top != token) counted = said_of(passage_, top, top);
    if (counted || !bare || !quantity.value) return counted;
    const bool may = counted.table || noun != token || may_count_on(passage_, token, last_.counts);
    return may && goes_on_from(token, counted.table) ? last_ : counted;
  }

  /// Whether the quantity before counts people in the sentence of this number; that of a tally
  /// ("put the number at 12") may be told in the sentence before.
  bool goes_on_from(std::uint32_t token, bool tally) const {
    if (!is_people(last_.counts)) return false;
    const auto& document = passage_.document;
    const std::uint32_t here = passage_[token].sentence;
    const Span sentence = document.span(document.sentences[tally && here > 0 ? here - 1 : here]);
    return last_begin_ >= sentence.begin;
  }

  /// "Forty dogs were rescued and six were found dead": the number before in the sentence, of
  /// animals.
  bool goes_on_from_animals(std::uint32_t token) const {
    return last_animal_ > 0 && last_animal_ <= token &&
           passage_[last_animal_ - 1].sentence == passage_[token].sentence &&
           passage_[last_animal_ - 1].span.begin >= last_begin_;
  }

  /// Reads tolls without a number in the atoms [from, to); returns where to go on.
  std::uint32_t read_untold(std::uint32_t from, std::uint32_t to) {
    for (; from < to; ++from) {
      if (auto found = untold_at(passage_, from)) {
        add(std::move(found->quantity), found->counted, nullptr);
      }
    }
    return from;
  }

  void add(Quantity quantity, const Counted& counted, const knowledge::Qualifier* sure) {
    quantity.id = fmt::format("q{}", record_.quantities.size() + 1);
    quantity.counts = std::string(counted.counts);
    if (trace_) explain(quantity, counted, sure);
    if (quantity.counts != "age") {
      last_ = counted;
      last_begin_ = quantity.span.begin;
    }
    record_.quantities.push_back(std::move(quantity));
  }

  void explain(const Quantity& quantity, const Counted& counted, const knowledge::Qualifier* sure) {
    if (counted && counted.table) {
      because(quantity, counted.table, lower(counted.row), counted.line);
    }
    if (sure) {
      because(quantity, "qualifiers.tsv", fmt::format("{}", fmt::join(sure->words, " ")),
              sure->line);
    }
    const auto& atoms = passage_.atoms;
    auto atom = std::partition_point(atoms.begin(), atoms.end(), [&](const Atom& each) {
      return each.span.end <= quantity.span.begin;
    });
    for (; atom != atoms.end() && atom->span.begin < quantity.span.end; ++atom) {
      const std::string word = lower(atom->span.of(passage_.document.text));
      const auto* number = passage_.tables.number_words.find(word);
      if (number) because(quantity, "number_words.tsv", word, number->line);
    }
  }

  void because(const Quantity& quantity, const char* table, std::string row, std::size_t line) {
    trace_->reasons.push_back({quantity.id, quantity.span, table, std::move(row), line});
  }

  static std::string lower(std::string_view word) {
    std::string row(word);
    std::transform(row.begin(), row.end(), row.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return row;
  }

  const Passage passage_;
  Record& record_;
  Trace* trace_;
  Counted last_;  ///< What the last quantity that is no age counts, and where it begins.
  std::uint32_t last_begin_ = 0;
  std::uint32_t last_animal_ = 0;  ///< One behind the number that counted animals; 0: none did.
  std::size_t last_age_ = static_cast<std::size_t>(-1);  ///< The numeral that was read as an age.
};

}  // namespace

void read_quantities(const Context& context, Record& record) {
  QuantityReader(context, record).run();
}

}  // namespace dateline::reading
