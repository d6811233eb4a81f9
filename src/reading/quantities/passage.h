// A report as the parts of the quantity reader look at it: the atoms that numbers are written
// with, the numbers themselves, and the tokens in their tree.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "reading/numbers.h"
#include "reading/reading.h"
#include "reading/tree.h"

namespace dateline::reading {

struct Passage {
  explicit Passage(const Context& context)
      : document(context.document),
        words(context.tables.count_words),
        tables(context.tables),
        atoms(cut_atoms(context.document)),
        numbers(find_numbers(context.document.text, atoms, context.tables.number_words)) {}

  const language::Document& document;
  const knowledge::CountWords& words;
  const knowledge::Tables& tables;
  std::vector<Atom> atoms;
  std::vector<Number> numbers;

  // Atoms; one behind the last is empty and of no kind.
  std::string_view view(std::uint32_t atom) const {
    return atom < atoms.size() ? atoms[atom].span.of(document.text) : std::string_view();
  }
  /// Nothing lies between this atom and the one before.
  bool glued(std::uint32_t atom) const { return atom < atoms.size() && !atoms[atom].space_before; }
  bool is_digits(std::uint32_t atom) const { return is_kind(atom, Atom::Kind::kDigits); }
  bool is_word(std::uint32_t atom) const { return is_kind(atom, Atom::Kind::kWord); }
  /// Whether the atom is this word, given in lower case.
  bool is(std::uint32_t atom, std::string_view word) const {
    char buffer[32];
    return atom < atoms.size() && lower_into(view(atom), buffer) == word;
  }

  bool is_any(std::uint32_t atom, std::initializer_list<std::string_view> these) const {
    char buffer[32];
    return atom < atoms.size() && is_any_of(lower_into(view(atom), buffer), these);
  }
  /// A line break lies before it.
  bool begins_line(std::uint32_t atom) const {
    if (atom == 0 || atom >= atoms.size()) return atom == 0;
    const Span between{atoms[atom - 1].span.end, atoms[atom].span.begin};
    return between.of(document.text).find('\n') != std::string_view::npos;
  }

  // Tokens.
  /// A blank line lies between a token and a later one.
  bool ends_paragraph(std::uint32_t token, std::uint32_t later) const {
    const Span between{(*this)[token].span.end, (*this)[later].span.begin};
    return between.of(document.text).find("\n\n") != std::string_view::npos;
  }
  const language::Token& operator[](std::uint32_t token) const { return document.tokens[token]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(document.tokens.size()); }
  std::span<const std::uint32_t> children(std::uint32_t token) const {
    return few_children(document, token);
  }
  template <typename Predicate>
  bool any_child(std::uint32_t token, Predicate predicate) const {
    const auto all = children(token);
    return std::any_of(all.begin(), all.end(),
                       [&](std::uint32_t child) { return predicate((*this)[child]); });
  }
  bool is_noun(std::uint32_t token) const { return (*this)[token].tag.starts_with("NN"); }
  /// "workers", "people", "Kenyans"
  bool is_person(std::uint32_t token) const {
    const language::Token& t = (*this)[token];
    const auto* noun = knowledge::find(tables.words.nouns, t.lemma);
    if (noun) return noun->kind == "person";
    if (const auto* counted = knowledge::find(words.nouns, t.lemma)) {
      return is_any_of(counted->counts, {"person", "captor", "officer", "participants"});
    }
    if (t.tag == "CD") return is_number_of_persons(token);
    return is_any_of(t.lower, {"people", "others", "persons", "nobody", "none", "one"}) ||
           is_named_people(token) || ends_as_person(token);
  }
  /// "98 of the girls"
  bool is_number_of_persons(std::uint32_t token) const {
    for (const std::uint32_t child : children(token)) {
      if ((*this)[child].lower != "of") continue;
      for (const std::uint32_t inner : children(child)) {
        if ((*this)[inner].dep == "pobj" && is_noun(inner) && is_person(inner)) return true;
      }
    }
    return false;
  }
  /// "Uighurs", "Islamists"
  bool is_named_people(std::uint32_t token) const {
    const language::Token& t = (*this)[token];
    if (!t.tag.starts_with("NNP")) return false;
    const std::string_view label = name_label(token);
    return label == "NORP" || tables.countries.by_demonym(t.text) ||
           (t.tag == "NNPS" && !is_any_of(label, {"GPE", "LOC", "ORG", "FAC", "PRODUCT"}));
  }
  /// "squatters", "gunmen": in no table, and of a form that mostly names persons.
  bool ends_as_person(std::uint32_t token) const {
    const language::Token& t = (*this)[token];
    if (t.tag != "NNS" || tables.count_words.units.contains(t.lower)) return false;
    constexpr std::string_view kEnds[] = {"men", "ers", "ors", "ists", "ians", "ees"};
    return std::any_of(std::begin(kEnds), std::end(kEnds),
                       [&](std::string_view end) { return t.lower.ends_with(end); });
  }
  /// One who is counted: a person, or a number that stands alone.
  bool is_anybody(std::uint32_t token) const {
    return is_person(token) || (*this)[token].tag == "CD";
  }
  bool is_passive(std::uint32_t verb) const {
    return any_child(verb, [](const language::Token& c) { return c.dep == "auxpass"; });
  }
  /// "has captured": a participle, but the subject does it.
  bool is_perfect(std::uint32_t verb) const {
    return !is_passive(verb) && any_child(verb, [](const language::Token& c) {
      return c.dep == "aux" && c.lemma == "have";
    });
  }
  /// "villages", "companies": what happens to them happens to no person. Words such as "police",
  /// whose plural is no other word, may be persons.
  bool is_body_or_place(std::uint32_t token) const {
    const language::Token& t = (*this)[token];
    const auto* noun = knowledge::find(tables.words.nouns, t.lemma);
    return noun && noun->kind != "person" && t.lower != t.lemma;
  }

  /// The label of the name that holds a token, or nothing. Names are in the order of the text.
  std::string_view name_label(std::uint32_t token) const {
    const auto next =
        std::partition_point(document.names.begin(), document.names.end(),
                             [&](const language::Name& name) { return name.tokens.end <= token; });
    const bool inside = next != document.names.end() && next->tokens.begin <= token;
    return inside ? next->label : std::string_view();
  }

 private:
  bool is_kind(std::uint32_t atom, Atom::Kind kind) const {
    return atom < atoms.size() && atoms[atom].kind == kind;
  }
};

}  // namespace dateline::reading
