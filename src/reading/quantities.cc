// How many of what: numbers, how sure they are, and what they count.
//
// A number's noun says what is counted ("12 deaths"), or else what is said of the noun: a verb of
// which it is subject or object ("12 men were arrested"), or a word such as "dead" beside it. Which
// words say what is in count_nouns.tsv and count_verbs.tsv. Dates, ages, scores, numbers in names
// and "one of" are no quantities.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "reading/numbers.h"
#include "reading/reading.h"
#include "reading/trace.h"
#include "reading/tree.h"

namespace dateline::reading {

namespace {

using knowledge::CountVerb;
using language::Token;

class QuantityReader {
 public:
  QuantityReader(const Context& context, Record& record)
      : document_(context.document),
        tokens_(context.document.tokens),
        words_(context.tables.count_words),
        record_(record),
        trace_(context.trace),
        atoms_(cut_atoms(context.document)),
        numbers_(find_numbers(context.document.text, atoms_, context.tables.number_words)) {}

  void run() {
    if (tokens_.empty()) return;
    std::size_t next_no = 0;
    for (std::size_t n = 0; n < numbers_.size(); ++n) {
      next_no = read_none(next_no, numbers_[n].begin);
      n = read_number(n);
    }
    read_none(next_no, static_cast<std::uint32_t>(atoms_.size()));
  }

 private:
  // ---- atoms and tokens
  std::string_view view(std::uint32_t atom) const {
    return atom < atoms_.size() ? atoms_[atom].span.of(document_.text) : std::string_view();
  }
  bool glued(std::uint32_t atom) const {
    return atom < atoms_.size() && !atoms_[atom].space_before;
  }
  bool is_digits(std::uint32_t atom) const {
    return atom < atoms_.size() && atoms_[atom].kind == Atom::Kind::kDigits;
  }
  bool is(std::uint32_t atom, std::string_view word) const {
    char buffer[32];
    return atom < atoms_.size() && lower_into(view(atom), buffer) == word;
  }

  /// The token of a number from which its place in the sentence is seen: its head lies outside.
  std::uint32_t top_token(std::uint32_t begin, std::uint32_t end) const {
    const std::uint32_t first = atoms_[begin].token, last = atoms_[end - 1].token;
    std::uint32_t top = last;
    for (std::uint32_t t = first; t <= last; ++t) {
      const std::uint32_t head = tokens_[t].head;
      if (head < first || head > last || head == t) top = t;
    }
    return top;
  }

  // ---- what is no quantity
  bool inside_time(Span span) {
    while (time_ < record_.times.size() && record_.times[time_].span.end <= span.begin) ++time_;
    return time_ < record_.times.size() && record_.times[time_].span.overlaps(span);
  }

  bool inside_name(std::uint32_t token) {
    while (name_ < document_.names.size() && document_.names[name_].tokens.end <= token) ++name_;
    if (name_ == document_.names.size() || document_.names[name_].tokens.begin > token)
      return false;
    const std::string_view label = document_.names[name_].label;
    return label == "PERSON" || label == "ORG" || label == "FAC" || label == "GPE" ||
           label == "LOC" || label == "PRODUCT" || label == "LAW" || label == "WORK_OF_ART" ||
           label == "EVENT";
  }

  bool is_plain_number(const Number& number) const {
    const std::string_view before = number.begin > 0 ? view(number.begin - 1) : "";
    const bool before_glued = glued(number.begin);
    const std::string_view after = view(number.end);
    const bool after_glued = glued(number.end);
    if (number.digits > 15) return false;  // the id of something
    if (before_glued && before == "\"" && number.begin > 1 && view(number.begin - 2) == "=") {
      return false;  // in markup
    }
    if (is_list_number(number) || is_age(number)) return false;
    const bool after_percent = number.begin > 1 && view(number.begin - 2) == "%";  // "58%-33%"
    // "F-16", "3-2", "10:30", "U2", "#4", "36th", "item 3/4"
    if (before_glued &&
        ((before == "-" && !after_percent) || before == ":" || before == "/" || before == "#" ||
         before == "." || before == "@" || before == "_" ||
         (number.begin > 0 && atoms_[number.begin - 1].kind == Atom::Kind::kWord))) {
      return false;
    }
    if (after_glued && (after == ":" || after == "/" || after == "_" || after == "@" ||
                        (is_digits(number.end + 1) && after != "," && glued(number.end + 1)) ||
                        (atoms_[number.end].kind == Atom::Kind::kWord && number.digits > 0))) {
      return false;
    }
    char buffer[32];
    const std::string_view word = lower_into(before, buffer);
    if (word == "no") return number.spelled;
    if (const auto* named = knowledge::find(words_.nouns, word); named && *named == "numbered") {
      return false;
    }
    if (before == "." && number.begin > 1 && is(number.begin - 2, "no")) return false;
    // ages: ", 26," and "36-year-old"
    if (before == "," && !before_glued && number.digits > 0 && number.digits <= 2 &&
        (after == "," || after == "." || after == ")")) {
      return false;
    }
    if ((after == "-" || after == "\u2010" || after == "\u2011") && after_glued) {
      if (is(number.end + 1, "year") || is(number.end + 1, "strong")) return false;
    }
    if (is(number.end, "years") || is(number.end, "year") || is(number.end, "yrs")) return false;
    return true;
  }

  /// "3. Cruz gains", "(11.)"
  bool is_list_number(const Number& number) const {
    if (number.digits == 0 || number.digits > 3 || view(number.end) != "." || !glued(number.end)) {
      return false;
    }
    if (number.begin == 0) return true;
    if (view(number.begin - 1) == "(" && view(number.end + 1) == ")") return true;
    const std::uint32_t from = atoms_[number.begin - 1].span.end;
    const std::string_view between = Span{from, atoms_[number.begin].span.begin}.of(document_.text);
    return between.find('\n') != std::string_view::npos && number.end + 1 < atoms_.size() &&
           !glued(number.end + 1);
  }

  /// "voters 45 and older", "when he turned 18"
  bool is_age(const Number& number) const {
    if (number.value > 120) return false;
    if (is(number.end, "and") || is(number.end, "or")) {
      for (const char* word : {"older", "over", "younger", "under", "up", "above"}) {
        if (is(number.end + 1, word)) return true;
      }
    }
    const bool turned =
        number.begin > 0 && (is(number.begin - 1, "turned") || is(number.begin - 1, "turns") ||
                             is(number.begin - 1, "turning"));
    return turned && (number.end >= atoms_.size() || atoms_[number.end].kind != Atom::Kind::kWord ||
                      is(number.end, "in") || is(number.end, "on"));
  }

  // ---- how sure
  /// The qualifier that ends before atom `at`; moves `at` to its beginning.
  const knowledge::Qualifier* qualifier_before(std::uint32_t& at) const {
    if (at == 0) return nullptr;
    char buffer[32];
    const auto* list = knowledge::find(words_.qualifiers, lower_into(view(at - 1), buffer));
    if (!list) return nullptr;
    for (const knowledge::Qualifier& q : *list) {
      if (q.words.size() > at) continue;
      const std::uint32_t begin = at - static_cast<std::uint32_t>(q.words.size());
      bool same = true;
      for (std::size_t i = 0; same && i + 1 < q.words.size(); ++i) {
        same = is(begin + static_cast<std::uint32_t>(i), q.words[i]);
      }
      if (!same || q.qualifier == "unknown") continue;
      at = begin;
      return &q;
    }
    return nullptr;
  }

  static void bound(Quantity& quantity) {
    if (!quantity.value) return;
    const double value = *quantity.value;
    const std::string& q = quantity.qualifier;
    if (q == "exact" || q == "at_least" || q == "more_than") quantity.min = value;
    if (q == "exact" || q == "at_most" || q == "less_than") quantity.max = value;
  }

  /// "by 5 to 4", "52 to 38": one number against a smaller one.
  bool is_vote(std::size_t n) const {
    const Number& number = numbers_[n];
    if (n + 1 >= numbers_.size() || !is_whole(number) || !is_whole(numbers_[n + 1])) return false;
    const bool from = number.begin > 0 && is(number.begin - 1, "from");
    return is(number.end, "to") && numbers_[n + 1].begin == number.end + 1 && !from &&
           number.value >= numbers_[n + 1].value && number.scale == 1;
  }

  // ---- numbers
  std::size_t read_number(std::size_t n) {
    const Number& number = numbers_[n];
    if (number.ordinal) return n;
    std::uint32_t begin = number.begin, end = number.end;
    Quantity quantity;
    std::size_t last = n;
    quantity.qualifier = number.vague ? "about" : "exact";
    if (number.vague) {
      quantity.min = number.value;
      quantity.max = number.most;
    } else {
      quantity.value = number.value;
    }
    // ranges: "between 20 and 30", "20 to 30", "20-30"
    const bool between = begin > 0 && is(begin - 1, "between");
    if (n + 1 < numbers_.size() && numbers_[n + 1].begin == end + 1 && !numbers_[n + 1].ordinal &&
        !number.vague && !numbers_[n + 1].vague && numbers_[n + 1].value > number.value) {
      const Number& next = numbers_[n + 1];
      // "$5-10 billion", "2 to 3 million": the scale is said once
      const bool shared = number.scale == 1 && next.scale >= 1000 && number.value < 1000;
      const double least = shared ? number.value * next.scale : number.value;
      const bool dash = (view(end) == "-" || view(end) == "\u2013") && glued(end) && glued(end + 1);
      const bool money = begin > 0 && glued(begin) && view(begin - 1) == "$";
      if (least < next.value && ((between && is(end, "and")) || is(end, "to") ||
                                 (dash && (number.value >= 10 || shared || money)))) {
        quantity.value.reset();
        quantity.min = least;
        quantity.max = next.value;
        quantity.qualifier = "range";
        end = numbers_[n + 1].end;
        last = n + 1;
        if (between) --begin;
      }
    }
    if (last == n && !is_plain_number(number)) return n;
    if (last == n && is_vote(n)) return n + 1;
    if (last == n) {
      // "six in 10", "one out of five", "nine of 10 voters"
      const bool of_ten = is(end, "of") && (is(end + 1, "10") || is(end + 1, "ten"));
      const std::uint32_t in = is(end, "in") || of_ten               ? end + 1
                               : is(end, "out") && is(end + 1, "of") ? end + 2
                                                                     : 0;
      if (in > 0 && n + 1 < numbers_.size() && numbers_[n + 1].begin == in &&
          is_whole(numbers_[n + 1]) && number.value <= numbers_[n + 1].value && is_whole(number)) {
        quantity.value = number.value / numbers_[n + 1].value;
        end = numbers_[n + 1].end;
        last = n + 1;
        quantity.counts = "rate";
      }
    }
    if (number.part) quantity.counts = "rate";
    Span span{atoms_[begin].span.begin, atoms_[end - 1].span.end};
    if (inside_time(span)) return last;
    const std::uint32_t token = top_token(number.begin, end);

    std::uint32_t from = begin;
    const knowledge::MeasureUnit* unit = unit_of(from, end);
    if (!unit && inside_name(token)) return last;
    std::uint32_t before = from;
    qualifier_ = quantity.qualifier != "range" ? qualifier_before(before) : nullptr;
    if (qualifier_) {
      quantity.qualifier = number.vague ? "about" : qualifier_->qualifier;
      from = before;
    }
    if (unit) {
      quantity.unit = unit->unit;
      quantity.counts = unit->kind == "currency_before" ? "money" : unit->kind;
    } else {
      if (quantity.counts.empty() && is_one_of(number, token)) return last;
      if (const std::uint32_t part = hyphened(end); part != 0) {
        // "a 12-member body", "a 15-point lead": so many members, points
        quantity.unit = std::string(tokens_[part].text);
      } else {
        const std::uint32_t noun = noun_of(token, atoms_[end - 1].token + 1, number.vague);
        if (noun != token) quantity.unit = std::string(tokens_[noun].text);
        if (quantity.counts.empty() && !money_of(noun, quantity)) {
          quantity.counts = dead_and_wounded(end) ? "casualties" : counts_of(noun, token);
          if (quantity.counts.empty() && noun == token && !number.vague) {
            quantity.counts = counts_before(token);
          }
        }
      }
    }
    if (!number.vague) bound(quantity);
    span = {atoms_[from].span.begin, atoms_[end - 1].span.end};
    add(std::move(quantity), span);
    return last;
  }

  void add(Quantity quantity, Span span) {
    quantity.id = fmt::format("q{}", record_.quantities.size() + 1);
    quantity.span = span;
    if (trace_) explain(quantity);
    record_.quantities.push_back(std::move(quantity));
  }

  void explain(const Quantity& quantity) {
    const auto because = [&](const char* table, std::string row) {
      trace_->reasons.push_back({quantity.id, quantity.span, table, std::move(row)});
    };
    if (!quantity.counts.empty() && said_.table) {
      std::string row(said_.row);
      std::transform(row.begin(), row.end(), row.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      because(said_.table, std::move(row));
    }
    if (qualifier_) because("qualifiers.tsv", fmt::format("{}", fmt::join(qualifier_->words, " ")));
  }

  /// A unit beside the number; `from` and `end` grow to hold it.
  const knowledge::MeasureUnit* unit_of(std::uint32_t& from, std::uint32_t& end) const {
    char buffer[32];
    if (from > 0 && glued(from)) {
      const auto* unit = knowledge::find(words_.units, lower_into(view(from - 1), buffer));
      if (unit && unit->kind == "currency_before") {
        --from;
        said_ = {"units.tsv", view(from)};
        // "US$", "C$"
        if (from > 0 && glued(from) && atoms_[from - 1].kind == Atom::Kind::kWord) {
          const std::string both = std::string(lower_into(view(from - 1), buffer)) + "$";
          if (const auto* dollar = knowledge::find(words_.units, both)) {
            --from;
            said_ = {"units.tsv",
                     Span{atoms_[from].span.begin, atoms_[from + 1].span.end}.of(document_.text)};
            return dollar;
          }
        }
        return unit;
      }
    }
    std::uint32_t at = end;
    if (view(at) == "-" && glued(at)) ++at;
    if (at >= atoms_.size()) return nullptr;
    const auto* unit = knowledge::find(words_.units, lower_into(view(at), buffer));
    if (!unit || unit->kind == "currency_before") return nullptr;
    said_ = {"units.tsv", view(at)};
    if (unit->kind == "money" || unit->kind == "rate") end = at + 1;
    return unit;
  }

  /// "60 dead and wounded"
  bool dead_and_wounded(std::uint32_t end) const {
    return (is(end, "dead") || is(end, "killed")) && (is(end + 1, "and") || is(end + 1, "or")) &&
           (is(end + 2, "wounded") || is(end + 2, "injured"));
  }

  /// A bare number goes on counting what the one before it in its sentence counted: "killed 18; the
  /// opposition says 45", "took in 900,000 refugees, some 500,000 went on".
  std::string counts_before(std::uint32_t token) const {
    const Token& t = tokens_[token];
    if (record_.quantities.empty() || t.tag != "CD" ||
        (t.dep != "nsubj" && t.dep != "nsubjpass" && t.dep != "dobj" && t.dep != "ccomp")) {
      return {};
    }
    const Quantity& before = record_.quantities.back();
    const auto& sentence = document_.sentences[t.sentence];
    if (before.span.begin < document_.span(sentence).begin) return {};
    for (const char* people : {"dead", "wounded", "sick", "missing", "displaced", "detained",
                               "abducted", "participants"}) {
      if (before.counts == people) return before.counts;
    }
    return {};
  }

  static bool is_whole(const Number& number) {
    return !number.ordinal && !number.vague && !number.fraction;
  }

  /// The token of the word that a hyphen joins to a number ending before `end`, or 0.
  std::uint32_t hyphened(std::uint32_t end) const {
    const bool joined = (view(end) == "-" || view(end) == "\u2011") && glued(end) &&
                        glued(end + 1) && end + 1 < atoms_.size() &&
                        atoms_[end + 1].kind == Atom::Kind::kWord;
    return joined ? atoms_[end + 1].token : 0;
  }

  /// "hundreds of thousands of dollars"
  bool money_of(std::uint32_t noun, Quantity& quantity) const {
    const auto* unit = knowledge::find(words_.units, tokens_[noun].lower);
    if (!unit || unit->kind != "money") return false;
    said_ = {"units.tsv", tokens_[noun].lower};
    quantity.unit = unit->unit;
    quantity.counts = unit->kind;
    return true;
  }

  /// "one of them", "one" for somebody.
  bool is_one_of(const Number& number, std::uint32_t token) const {
    if (number.value != 1 || !number.spelled || number.end - number.begin != 1) return false;
    return tokens_[token].dep != "nummod" || is(number.end, "of");
  }

  // ---- what is counted
  bool is_noun(std::uint32_t t) const { return tokens_[t].tag.starts_with("NN"); }

  /// The noun a number that ends in token `last` - 1 stands with, or the number's own token.
  std::uint32_t noun_of(std::uint32_t token, std::uint32_t last, bool vague) const {
    const Token& t = tokens_[token];
    if ((t.dep == "nummod" || t.dep == "quantmod" || t.dep == "amod" || t.dep == "compound" ||
         t.dep == "nmod" || t.dep == "poss") &&
        t.head > token && t.head - token < 12) {
      // A number in a compound: "13 DUI arrests"
      std::uint32_t at = t.head;
      for (int step = 0; step < 4 && (tokens_[at].dep == "compound" || tokens_[at].dep == "nmod") &&
                         tokens_[at].head > at;
           ++step) {
        at = tokens_[at].head;
      }
      return at;
    }
    if (vague || t.tag == "CD") {  // "dozens of people", "two of the soldiers"
      for (const std::uint32_t child : few_children(document_, token)) {
        if (tokens_[child].dep != "prep" || tokens_[child].lower != "of") continue;
        for (const std::uint32_t inner : few_children(document_, child)) {
          // "hundreds of thousands of people": on to the people
          if (tokens_[inner].dep == "pobj")
            return inner < last ? noun_of(inner, last, true) : inner;
        }
      }
    }
    return token;
  }

  std::string_view noun_counts(std::uint32_t t) const {
    for (const std::string_view word : {tokens_[t].lower, tokens_[t].lemma}) {
      const auto* says = knowledge::find(words_.nouns, word);
      if (!says) continue;
      said_ = {"count_nouns.tsv", word};
      return *says;
    }
    return {};
  }

  /// Whether a preposition governs this noun.
  bool has_object(std::uint32_t preposition, std::string_view lemma) const {
    if (tokens_[preposition].dep != "prep") return false;
    const auto children = few_children(document_, preposition);
    return std::any_of(children.begin(), children.end(), [&](std::uint32_t c) {
      return tokens_[c].dep == "pobj" && tokens_[c].lemma == lemma;
    });
  }

  /// What a verb says of the one who is its subject or object.
  std::string_view verb_counts(std::uint32_t verb, std::string_view role) const {
    if (role == "object" && is_fatal(verb)) {
      said_ = {"count_nouns.tsv", "dead"};
      return "dead";
    }
    const auto* rows = knowledge::find(words_.verbs, tokens_[verb].lemma);
    if (!rows) return {};
    for (const CountVerb& row : *rows) {
      const std::string& says = role == "subject"  ? row.subject
                                : role == "object" ? row.object
                                                   : row.times;
      if (says.empty()) continue;
      if (!row.with.empty()) {
        bool there = false;
        for (const std::uint32_t child : few_children(document_, verb)) {
          const Token& c = tokens_[child];
          there = there || (c.dep == "dobj" && c.lemma == row.with) || has_object(child, row.with);
          if (c.dep != "dobj") continue;
          for (const std::uint32_t inner : few_children(document_, child)) {
            there = there || has_object(inner, row.with);
          }
        }
        if (!there) continue;
      }
      said_ = {"count_verbs.tsv", tokens_[verb].lemma};
      return says;
    }
    return {};
  }

  /// "shot dead", "fatally stabbed", "beaten to death".
  bool is_fatal(std::uint32_t verb) const {
    if (!tokens_[verb].tag.starts_with("VB")) return false;
    if (verb > 0 && tokens_[verb - 1].lower == "fatally") return true;
    if (verb + 1 < tokens_.size() && tokens_[verb + 1].lower == "dead") return true;
    return verb + 2 < tokens_.size() && tokens_[verb + 1].lower == "to" &&
           tokens_[verb + 2].lower == "death";
  }

  /// "has captured": a participle, but the subject does it.
  bool is_perfect(std::uint32_t verb) const {
    const auto children = few_children(document_, verb);
    return !is_passive(verb) && std::any_of(children.begin(), children.end(), [&](std::uint32_t c) {
      return tokens_[c].dep == "aux" && tokens_[c].lemma == "have";
    });
  }

  bool is_passive(std::uint32_t verb) const {
    const auto children = few_children(document_, verb);
    return std::any_of(children.begin(), children.end(),
                       [&](std::uint32_t c) { return tokens_[c].dep == "auxpass"; });
  }

  std::string counts_of(std::uint32_t noun, std::uint32_t number) const {
    const std::string_view own = noun_counts(noun);
    const bool thing = own == "thing" || own == "numbered";
    if (!own.empty() && !thing && noun != number) {
      // A noun of people says less than what was done to them: "12 protesters were killed".
      const bool harmed = own == "wounded" || own == "missing" || own == "abducted";
      const bool people =
          own == "participants" || own == "displaced" || own == "detained" || own == "sick";
      if (people || harmed) {
        const Row noun_row = said_;
        const std::string_view done = by_syntax(noun, number);
        const bool worse = done == "dead" || (people && (done == "wounded" || done == "detained"));
        if (worse) return std::string(done);
        said_ = noun_row;
      }
      return std::string(own);
    }
    if (tokens_[noun].lemma == "time") return std::string(times_counts(noun));
    if (tokens_[noun].lemma == "life") {  // "claimed 12 lives"
      const std::uint32_t verb = tokens_[noun].head;
      return tokens_[noun].dep == "dobj" ? std::string(verb_counts(verb, "object")) : "";
    }
    if (thing) return {};
    return std::string(by_syntax(noun, number));
  }

  std::string_view times_counts(std::uint32_t noun) const {
    std::uint32_t at = noun;
    for (int step = 0; step < 4 && tokens_[at].head != at; ++step) {
      at = tokens_[at].head;
      if (const auto says = verb_counts(at, "times"); !says.empty()) return says;
    }
    return {};
  }

  std::string_view by_syntax(std::uint32_t noun, std::uint32_t number) const {
    // What stands with the noun: "12 people killed in", "two missing climbers", "six dead".
    for (const std::uint32_t at : {noun, number}) {
      for (const std::uint32_t child : few_children(document_, at)) {
        if (const auto says = modifier_counts(child); !says.empty()) return says;
      }
      if (noun == number) break;
    }
    // What it is subject or object of, also as the second of "soldiers and two children".
    for (const std::uint32_t start : {noun, number}) {
      std::uint32_t at = start;
      for (int step = 0; step < 6; ++step) {
        const Token& t = tokens_[at];
        if (const auto says = role_counts(at); !says.empty()) return says;
        if (t.dep != "conj" && t.dep != "appos" && !is_including(at)) break;
        at = is_including(at) ? tokens_[t.head].head : t.head;
        if (!is_noun(at) && tokens_[at].tag != "CD") break;
        for (const std::uint32_t child : few_children(document_, at)) {
          if (const auto says = modifier_counts(child); !says.empty()) return says;
        }
      }
      if (noun == number || number > noun) break;
    }
    if (const auto says = headline_counts(noun); !says.empty()) return says;
    return toll_counts(noun);
  }

  /// "six people, including two children": part of what stands before.
  bool is_including(std::uint32_t at) const {
    const Token& t = tokens_[at];
    return t.dep == "pobj" && tokens_[t.head].lower == "including" && tokens_[t.head].head < at;
  }

  /// "Eight Killed In Blast", "3 dead, 12 injured": the word right after, whatever its tag.
  std::string_view headline_counts(std::uint32_t noun) const {
    const std::uint32_t after = noun + 1;
    if (after >= tokens_.size() || tokens_[after].sentence != tokens_[noun].sentence) return {};
    const Token& next = tokens_[after];
    if (next.tag == "VBD" && next.lower != "hurt" && next.dep != "ROOT") return {};
    const auto state = noun_counts(after);
    if (state == "dead" || state == "wounded" || state == "missing") return state;
    const auto* verb = knowledge::find(words_.participles, next.lower);
    if (!verb) return {};
    for (const std::uint32_t child : few_children(document_, after)) {
      if (tokens_[child].dep == "dobj") return {};
    }
    for (const CountVerb& row : *knowledge::find(words_.verbs, *verb)) {
      if (row.object.empty() || !row.with.empty()) continue;
      said_ = {"count_verbs.tsv", *verb};
      return row.object;
    }
    return {};
  }

  /// A participle or adjective beside a noun.
  std::string_view modifier_counts(std::uint32_t child) const {
    const Token& c = tokens_[child];
    if (c.dep == "acl" && (c.tag == "VBN" || c.tag == "VBD")) return verb_counts(child, "object");
    if (c.dep == "acl" && c.tag == "VBG") {
      const auto state = noun_counts(child);  // "missing"
      return state == "missing" ? state : verb_counts(child, "subject");
    }
    if (c.dep == "relcl") {
      for (const std::uint32_t inner : few_children(document_, child)) {
        const Token& i = tokens_[inner];
        if (!i.tag.starts_with("W")) continue;
        if (i.dep == "nsubjpass") return verb_counts(child, "object");
        if (i.dep == "nsubj") return verb_counts(child, "subject");
      }
      return {};
    }
    if (c.dep == "amod" || c.dep == "acomp" || c.dep == "oprd") {
      if (c.tag == "VBN" || c.tag == "VBD") {
        if (const auto says = verb_counts(child, "object"); !says.empty()) return says;
      }
      if (c.tag.starts_with("JJ")) return state_counts(child);
    }
    return {};
  }

  /// "dead", "injured", "missing", "homeless" as a state.
  std::string_view state_counts(std::uint32_t t) const {
    const std::string_view says = noun_counts(t);
    if (says == "dead" || says == "wounded" || says == "missing" || says == "displaced" ||
        says == "sick") {
      return says;
    }
    return tokens_[t].tag == "VBN" || tokens_[t].tag == "VBD" || tokens_[t].tag == "JJ"
               ? verb_counts(t, "object")
               : std::string_view();
  }

  std::string_view role_counts(std::uint32_t at) const {
    const Token& t = tokens_[at];
    const std::uint32_t verb = t.head;
    if (verb == at) return {};
    if (t.dep == "nsubjpass") return state_or_verb(verb, "object");
    if (t.dep == "nsubj") {
      if (is_passive(verb)) return verb_counts(verb, "object");
      if (const auto says = verb_counts(verb, "subject"); !says.empty()) return says;
      // "left 21 injured", "two were missing", "four officers shot" read as a small clause
      if (noun_counts(verb) == "missing") return "missing";
      if (tokens_[verb].tag == "JJ" || (tokens_[verb].tag == "VBN" && !is_perfect(verb))) {
        return state_counts(verb);
      }
      for (const std::uint32_t child : few_children(document_, verb)) {
        const Token& c = tokens_[child];
        if (c.dep == "acomp" || c.dep == "oprd" || c.dep == "attr" ||
            (c.dep == "advmod" && child == verb + 1)) {
          if (const auto says = state_counts(child); !says.empty()) return says;
        }
        if (c.dep == "xcomp" && (c.tag == "VBN" || is_passive(child))) {
          if (const auto says = verb_counts(child, "object"); !says.empty()) return says;
        }
      }
      return {};
    }
    if (t.dep == "dative") return verb_counts(verb, "object");  // "cost nine men their lives"
    if (t.dep == "pobj" && tokens_[verb].lower == "of") return of_counts(verb);
    if (t.dep == "dobj" || t.dep == "obj") {
      for (const std::uint32_t child : few_children(document_, verb)) {  // "shot 41 people dead"
        const Token& c = tokens_[child];
        if (child > at && c.tag != "VBG" &&
            (c.dep == "oprd" || c.dep == "acomp" || c.dep == "advcl" || c.dep == "ccomp" ||
             c.dep == "xcomp")) {
          if (const auto says = state_counts(child); !says.empty()) return says;
        }
      }
      return verb_counts(verb, "object");
    }
    return {};
  }

  /// "the lives of 33 men", "the deaths of two nuns", "a crowd of 2,000".
  std::string_view of_counts(std::uint32_t of) const {
    const std::uint32_t noun = tokens_[of].head;
    if (noun >= of) return {};
    if (tokens_[noun].lemma == "life") return verb_counts(tokens_[noun].head, "object");
    if (tokens_[noun].lemma == "crowd") {
      said_ = {"count_nouns.tsv", "crowd"};
      return "participants";
    }
    const auto says = noun_counts(noun);
    const bool person = says == "dead" || says == "wounded" || says == "detained" ||
                        says == "abducted" || says == "displaced";
    return person ? says : std::string_view();
  }

  std::string_view state_or_verb(std::uint32_t verb, std::string_view role) const {
    if (const auto says = verb_counts(verb, role); !says.empty()) return says;
    for (const std::uint32_t child : few_children(document_, verb)) {  // "were reported killed"
      const Token& c = tokens_[child];
      if (c.dep == "oprd" || c.dep == "xcomp" || c.dep == "acomp") {
        if (const auto says = state_counts(child); !says.empty()) return says;
      }
    }
    return {};
  }

  /// "the toll rose to 14", "a death toll of 14", "the number of dead stands at 14".
  std::string_view toll_counts(std::uint32_t at) const {
    std::uint32_t up = at;
    for (int step = 0; step < 3 && tokens_[up].head != up; ++step) {
      const Token& t = tokens_[up];
      if (step == 0 && t.dep != "pobj" && t.dep != "attr" && t.dep != "dobj") return {};
      up = t.head;
      if (const auto says = tally_counts(up); !says.empty()) return says;
      for (const std::uint32_t child : few_children(document_, up)) {
        const Token& c = tokens_[child];
        if (c.dep != "nsubj" && c.dep != "dobj" && c.dep != "nsubjpass") continue;
        if (const auto says = tally_counts(child); !says.empty()) return says;
      }
    }
    return {};
  }

  /// What "toll" or "number of wounded" is a tally of.
  std::string_view tally_counts(std::uint32_t noun) const {
    const std::string_view lemma = tokens_[noun].lemma;
    if (lemma == "toll") {
      said_ = {"count_nouns.tsv", "dead"};
      return "dead";
    }
    if (lemma != "number" && lemma != "total" && lemma != "count") return {};
    for (const std::uint32_t child : few_children(document_, noun)) {
      for (const std::uint32_t inner : few_children(document_, child)) {
        if (tokens_[inner].dep != "pobj") continue;
        const auto says = noun_counts(inner);
        return says == "thing" || says == "numbered" ? std::string_view() : says;
      }
    }
    return {};
  }

  // ---- none at all
  /// "no casualties", "no one was hurt", "nobody died" between the atoms; returns where to go on.
  std::size_t read_none(std::size_t from, std::uint32_t to) {
    for (; from < to; ++from) {
      const auto atom = static_cast<std::uint32_t>(from);
      const std::uint32_t size = atoms_[atom].span.size();
      if (size > 10) continue;
      if (is(atom, "many") && atom > 0 && is(atom - 1, "how")) {
        read_how_many(atom);
      } else if (is(atom, "casualties") || is(atom, "toll") || is(atom, "injuries") ||
                 is(atom, "deaths") || is(atom, "number")) {
        read_tally(atom);
      } else if (is(atom, "no")) {
        read_no(atom);
      } else if (is(atom, "nobody") || is(atom, "none") || is(atom, "neither")) {
        const std::uint32_t token = atoms_[atom].token;
        const auto says = by_syntax(token, token);
        if (!says.empty()) add(zero(says), atoms_[atom].span);
      }
    }
    return std::max<std::size_t>(from, to);
  }

  // ---- not known
  /// "how many people were hurt": who tells it so does not know.
  void read_how_many(std::uint32_t atom) {
    const std::uint32_t many = atoms_[atom].token;
    const std::uint32_t head = tokens_[many].head;
    const std::uint32_t noun = head > many && head - many < 4 && is_noun(head) ? head : many;
    std::string_view says = noun_counts(noun);
    if (says == "thing" || says == "numbered") return;
    if (const auto done = by_syntax(noun, noun); says.empty() || done == "dead") says = done;
    if (says.empty()) return;
    add(unknown(says), {atoms_[atom - 1].span.begin, tokens_[noun].span.end});
  }

  /// "the death toll is not yet known", "no word on casualties"
  void read_tally(std::uint32_t atom) {
    const std::uint32_t noun = atoms_[atom].token;
    if (!is_noun(noun) || !is_unknown(noun)) return;
    std::string_view says = tally_counts(noun);
    if (says.empty()) says = noun_counts(noun);
    if (says.empty() || says == "thing" || says == "numbered") return;
    std::uint32_t first = noun;
    while (first > 0 && tokens_[first - 1].head == noun && tokens_[first - 1].dep != "punct")
      --first;
    add(unknown(says), {tokens_[first].span.begin, tokens_[noun].span.end});
  }

  bool is_unknown(std::uint32_t noun) const {
    const Token& t = tokens_[noun];
    if (t.head == noun) return false;
    if (t.dep == "nsubj" || t.dep == "nsubjpass") {
      const bool helped = tokens_[t.head].dep == "auxpass" || tokens_[t.head].dep == "aux";
      const std::uint32_t verb = helped ? tokens_[t.head].head : t.head;
      const auto children = few_children(document_, verb);
      const bool negated = std::any_of(children.begin(), children.end(),
                                       [&](std::uint32_t c) { return tokens_[c].dep == "neg"; });
      return says_unknown(verb, negated) ||
             std::any_of(children.begin(), children.end(), [&](std::uint32_t c) {
               return (tokens_[c].dep == "acomp" || tokens_[c].dep == "attr") &&
                      says_unknown(c, negated);
             });
    }
    if (t.dep != "pobj") return false;  // "no word on", "no reports of"
    const std::uint32_t told = tokens_[t.head].head;
    const auto children = few_children(document_, told);
    return told < noun &&
           (tokens_[told].lemma == "word" || tokens_[told].lemma == "report" ||
            tokens_[told].lemma == "information" || tokens_[told].lemma == "detail") &&
           std::any_of(
               children.begin(), children.end(),
               [&](std::uint32_t c) { return tokens_[c].lower == "no"; });
  }

  /// "unknown", or, negated, "known": rows of qualifiers.tsv.
  bool says_unknown(std::uint32_t word, bool negated) const {
    const auto* list = knowledge::find(words_.qualifiers, tokens_[word].lower);
    return list && std::any_of(list->begin(), list->end(), [&](const knowledge::Qualifier& q) {
             return q.qualifier == "unknown" && negated == (q.words.size() == 2);
           });
  }

  Quantity unknown(std::string_view counts) {
    qualifier_ = nullptr;
    Quantity quantity;
    quantity.qualifier = "unknown";
    quantity.counts = std::string(counts);
    return quantity;
  }

  void read_no(std::uint32_t atom) {
    const std::uint32_t token = atoms_[atom].token;
    const Token& no = tokens_[token];
    if (no.dep != "det" && !is(atom + 1, "one")) return;
    const std::uint32_t noun = is(atom + 1, "one") ? atoms_[atom + 1].token : no.head;
    if (noun <= token || noun - token > 5) return;
    std::string_view says = noun_counts(noun);
    if (says == "thing" || says == "numbered") return;
    if (says.empty()) says = by_syntax(noun, noun);
    if (says.empty()) return;
    Quantity quantity = zero(says);
    quantity.unit = std::string(tokens_[noun].text);
    const bool one = is(atom + 1, "one");
    add(std::move(quantity),
        {atoms_[atom].span.begin, one ? atoms_[atom + 1].span.end : tokens_[noun].span.end});
  }

  Quantity zero(std::string_view counts) {
    qualifier_ = nullptr;
    Quantity quantity;
    quantity.value = quantity.min = quantity.max = 0;
    quantity.qualifier = "exact";
    quantity.counts = std::string(counts);
    return quantity;
  }

  const language::Document& document_;
  const std::vector<Token>& tokens_;
  const knowledge::CountWords& words_;
  Record& record_;
  Trace* trace_;
  /// The row that said last what is counted.
  struct Row {
    const char* table = nullptr;
    std::string_view row;
  };
  mutable Row said_;
  const knowledge::Qualifier* qualifier_ = nullptr;
  std::vector<Atom> atoms_;
  std::vector<Number> numbers_;
  std::size_t time_ = 0, name_ = 0;
};

}  // namespace

void read_quantities(const Context& context, Record& record) {
  QuantityReader(context, record).run();
}

}  // namespace dateline::reading
