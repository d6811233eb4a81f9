// SPDX-License-Identifier: Apache-2.0
#include "reading/entities/draft.h"

#include <array>

namespace dateline::reading::entities {

namespace {

constexpr std::array<std::string_view, 7> kKinds = {"person",   "organization", "group", "place",
                                                    "facility", "country",      "other"};
constexpr std::array<std::string_view, 3> kForms = {"name", "nominal", "pronoun"};

}  // namespace

std::string_view to_string(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view to_string(Form form) { return kForms[static_cast<std::size_t>(form)]; }

bool says(const Tree& tree, std::uint32_t token) {
  return tree[token].dep == "nsubj" &&
         is_any_of(tree[tree[token].head].lemma,
                   {"say", "tell", "add", "ask", "write", "announce", "declare", "warn", "explain",
                    "reply", "note", "insist", "claim", "argue"});
}

Kind kind_of(std::string_view word) {
  for (std::size_t k = 0; k < kKinds.size(); ++k) {
    if (kKinds[k] == word) return static_cast<Kind>(k);
  }
  return Kind::kOther;
}

std::uint32_t Draft::add_cluster(const Mention& mention) {
  const auto id = static_cast<std::uint32_t>(clusters.size());
  clusters.push_back(
      {id, mention.kind, mention.gender, mention.plural, mention.form == Form::kName, {}});
  return id;
}

std::uint32_t Draft::root(std::uint32_t cluster) {
  while (clusters[cluster].parent != cluster) {
    clusters[cluster].parent = clusters[clusters[cluster].parent].parent;
    cluster = clusters[cluster].parent;
  }
  return cluster;
}

bool Draft::join(std::uint32_t a, std::uint32_t b) {
  a = root(a);
  b = root(b);
  if (a == b) return true;
  Cluster& into = clusters[a];
  Cluster& from = clusters[b];
  if (into.gender != '-' && from.gender != '-' && into.gender != from.gender) return false;
  from.parent = a;
  if (into.gender == '-') into.gender = from.gender;
  if (into.kind == Kind::kOther) into.kind = from.kind;
  into.named = into.named || from.named;
  for (DraftRole& role : from.roles) into.roles.push_back(std::move(role));
  from.roles.clear();
  return true;
}

std::uint32_t Draft::name_before(std::uint32_t i) const {
  const auto& tokens = tree.document().tokens;
  while (i > 0 && (tokens[i - 1].tag == "POS" || is_quote_mark(tokens[i - 1].text))) --i;
  if (i == 0) return kNone;
  const std::uint32_t m = mention_at[i - 1];
  return m != kNone && mentions[m].form == Form::kName && mentions[m].name.end == i ? m : kNone;
}

std::uint32_t Draft::name_after(std::uint32_t i) const {
  const auto& tokens = tree.document().tokens;
  while (i < tokens.size() && (tokens[i].pos == "DET" || is_quote_mark(tokens[i].text))) ++i;
  if (i >= tokens.size()) return kNone;
  const std::uint32_t m = mention_at[i];
  return m != kNone && mentions[m].form == Form::kName && mentions[m].name.begin == i ? m : kNone;
}

}  // namespace dateline::reading::entities
