// Whether two mentions mean one: what is known of each and of both, in numbers, and the trees that
// weigh them (components/entities, learned by training/entities).
//
// A mention is compared with a bounded number of those before it: those that share a word, a
// country or letters with it, a few of those near by, and of a pronoun those of the last sentences
// that agree with it. So the work is linear in the mentions of a report.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dateline/result.h"
#include "knowledge/trees.h"
#include "reading/entities/draft.h"

namespace dateline::reading::entities {

/// Of an earlier mention and a later one.
inline constexpr std::array<std::string_view, 93> kPairFeatures{
    // What the earlier one is.
    "a_form", "a_kind", "a_label", "a_dep", "a_det", "a_plural", "a_length", "a_core", "a_post",
    "a_seen", "a_before", "a_quoted", "a_person", "a_joined", "a_human", "a_depth", "a_place",
    "a_says", "a_capitals", "a_asks", "a_paragraph",
    // What the later one is.
    "b_form", "b_kind", "b_label", "b_dep", "b_det", "b_plural", "b_length", "b_core", "b_post",
    "b_seen", "b_before", "b_quoted", "b_person", "b_joined", "b_human", "b_depth", "b_place",
    "b_says", "b_capitals", "b_asks", "b_paragraph",
    // How far apart they stand.
    "sentences", "mentions", "paragraphs", "turns", "other_turn",
    // Their words.
    "same_head", "same_lemma", "same_core", "a_within_b", "b_within_a", "shared_words", "same_last",
    "same_first", "acronym", "same_words", "same_key", "a_head_in_b", "b_head_in_a", "prefix",
    "mods_within", "mods_of_b", "mods_of_a", "role", "country",
    // What they are.
    "ruled", "gender", "number", "kind", "quoted",
    // How they stand to each other.
    "nested", "arguments", "copula", "b_under_a", "a_under_b", "same_governor", "same_verb",
    "same_dep", "a_subject", "b_subject",
    // Among the candidates, the nearest first.
    "agrees", "rank", "subjects", "agreeing", "last_of_key", "last_of_person", "named_between",
    "a_count", "a_lone_person", "a_top", "speaker", "told_by"};
using PairRow = std::array<float, kPairFeatures.size()>;

/// What a mention is: as Form, and "this" and those like it.
enum class Shape : std::uint8_t { kName, kNominal, kPronoun, kDemonstrative };

/// What is known of one mention.
struct Facts {
  static constexpr std::size_t kMostWords = 8;
  struct Words {
    std::array<std::uint32_t, kMostWords> ids{};
    std::uint8_t size = 0;
    void add(std::uint32_t id) {
      if (size < kMostWords) ids[size++] = id;
    }
    const std::uint32_t* begin() const { return ids.data(); }
    const std::uint32_t* end() const { return ids.data() + size; }
    bool operator==(const Words&) const = default;
  };

  std::array<float, 21> row{};  ///< The features of one mention.
  Words core;                   ///< The name's words, or the noun's and those before it.
  Words mods, roles;            ///< Modifiers; last words of roles.
  std::uint32_t head_word = 0, lemma = 0, verb = 0, governor = 0, acronym = 0, key = 0;
  std::uint32_t sentence = 0, paragraph = 0, turn = 0, country = 0, rule = kNone;
  Shape shape = Shape::kName;
  std::uint8_t kind = 0, dep = 0, person = 0;
  bool plural = false, quoted = false, human = false, subject = false, joined = false,
       definite = false, beside = false, speaks = false, goes_on = false;
};

class Pairs {
 public:
  explicit Pairs(Draft& draft);

  /// Candidates for the antecedent of mention b, the nearest first, each with its row.
  struct Candidate {
    std::uint32_t mention;
    bool speaker = false;  ///< The last before the later one of whom a verb of saying tells.
    PairRow row;
  };
  const std::vector<Candidate>& candidates(std::uint32_t b);
  const Facts& operator[](std::uint32_t m) const { return facts_[m]; }

 private:
  void find_facts();
  Facts facts_of(std::uint32_t m);
  std::uint32_t word(std::string_view text);
  std::uint32_t initials(language::TokenRange name) const;
  bool agrees(const Facts& a, const Facts& b) const;
  void fill(std::uint32_t a, std::uint32_t b, PairRow& row) const;
  void gather(std::uint32_t b);
  void before_pronoun(std::uint32_t b);
  void before_noun(std::uint32_t b);

  Draft& draft_;
  const Tree& tree_;
  const std::vector<language::Token>& tokens_;
  std::vector<Facts> facts_;
  std::vector<std::uint8_t> labels_;  ///< Of each token.
  std::vector<std::uint8_t> asks_;    ///< Whether a paragraph ends in a question.
  std::vector<std::uint32_t> paragraph_, turn_, depth_;
  std::unordered_map<std::string_view, std::uint32_t> words_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> with_word_, with_letters_,
      with_country_;  ///< Mentions so far.
  std::unordered_map<std::uint32_t, std::uint32_t> key_count_, key_seen_;
  std::uint32_t done_ = 0;  ///< Mentions that are in with_word_.
  std::uint32_t top_ = 0;   ///< Key of the person named most.
  std::vector<std::uint32_t> near_;
  std::vector<Candidate> found_;
};

/// The trees that give the chance that a pair is one.
struct Links {
  knowledge::Trees pairs;

  /// Reads pair_trees.tsv. Fails where it is missing or altered.
  static Result<Links> load(const std::filesystem::path& directory);
};

}  // namespace dateline::reading::entities
