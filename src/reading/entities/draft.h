// The working draft of the entity reader: mentions, and which of them are one.
//
// Stages run in order over one draft: find_mentions (names and noun phrases), join_names (which
// names are one entity), read_roles (who they are to whom), resolve (what nominals and pronouns
// stand for); the reader then writes the result into the record. A cluster is an entity in the
// making; clusters only ever join.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "knowledge/gazetteer.h"
#include "reading/reading.h"
#include "reading/tree.h"

namespace dateline::reading::entities {

struct Links;
struct KindTrees;

enum class Kind : std::uint8_t {
  kPerson,
  kOrganization,
  kGroup,
  kPlace,
  kFacility,
  kCountry,
  kOther
};
enum class Form : std::uint8_t { kName, kNominal, kPronoun };

std::string_view to_string(Kind kind);
std::string_view to_string(Form form);
Kind kind_of(std::string_view word);

struct Mention {
  language::TokenRange tokens;  ///< The whole noun phrase.
  language::TokenRange name;    ///< The bare name in it; empty where there is none.
  std::uint32_t head = 0;
  std::uint32_t cluster = kNone;
  Form form = Form::kName;
  Kind kind = Kind::kOther;
  char gender = '-';
  bool plural = false;
  std::uint32_t describes = kNone;  ///< Mention of which this only says what it is.
};

struct DraftRole {
  std::string role;
  std::uint32_t of = kNone;  ///< Mention of the organisation; of a pronoun for it, perhaps.
  language::TokenRange tokens;
  std::uint32_t holder = kNone;  ///< Mention beside which it stands.
};

struct Cluster {
  std::uint32_t parent = 0;
  Kind kind = Kind::kOther;
  char gender = '-';
  bool plural = false;
  bool named = false;
  std::vector<DraftRole> roles;
};

struct Draft {
  const Context& context;
  const Record& record;  ///< What earlier readers and the article room made.
  const Tree& tree;
  const KindTrees* kinds = nullptr;  ///< Where set, they say what kind of thing a name names.
  const knowledge::Gazetteer* gazetteer = nullptr;
  std::vector<Mention> mentions = {};  ///< In text order.
  std::vector<Cluster> clusters = {};
  /// Names that are one beyond doubt: "X (ABC)", a country and another name of it.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> certain = {};
  /// Mention whose name or head a token belongs to, or kNone.
  std::vector<std::uint32_t> mention_at = {};
  std::vector<bool> quoted = {};  ///< Of each token: between quotation marks.

  std::uint32_t add_cluster(const Mention& mention);
  std::uint32_t root(std::uint32_t cluster);
  /// Makes b part of a, unless their genders speak against it.
  bool join(std::uint32_t a, std::uint32_t b);
  /// The name that ends right before token i, possessives and quotation marks aside.
  std::uint32_t name_before(std::uint32_t i) const;
  /// The name that begins at token i, articles and quotation marks aside.
  std::uint32_t name_after(std::uint32_t i) const;
};

/// Whether somebody is subject of a verb of saying.
bool says(const Tree& tree, std::uint32_t token);

/// A name in lower case, with single spaces and without stops and apostrophes.
std::string name_key(const Draft& draft, language::TokenRange name);

void find_mentions(Draft& draft);
void join_names(Draft& draft);
void read_roles(Draft& draft);
void resolve(Draft& draft);
/// Which mentions are one after all; what the stages before joined is taken into account.
void link(Draft& draft, const Links& links);

}  // namespace dateline::reading::entities
