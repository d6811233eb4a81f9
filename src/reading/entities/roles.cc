// Who somebody is: "Committee Chairman Ann Lee", "Ann Lee, the head of the X", "Sen. Ann Lee".
//
// Role words come from nouns.tsv and titles.tsv; the organisation is the name beside them. Read off
// the words around a person's name, since parsers seldom agree about titles.
// SPDX-License-Identifier: Apache-2.0
#include "reading/entities/draft.h"

namespace dateline::reading::entities {

using language::Token;
using language::TokenRange;

namespace {

constexpr std::uint32_t kLongestRole = 4;

class RoleReader {
 public:
  explicit RoleReader(Draft& draft)
      : draft_(draft), tree_(draft.tree), tokens_(tree_.document().tokens) {}

  void run() {
    for (std::uint32_t m = 0; m < draft_.mentions.size(); ++m) {
      const Mention& mention = draft_.mentions[m];
      if (mention.form != Form::kName || mention.kind != Kind::kPerson) continue;
      before(m);
      after(m);
    }
  }

 private:
  /// The longest role that ends before token `end`, not reaching back beyond `from`.
  TokenRange role_ending(std::uint32_t end, std::uint32_t from) {
    for (std::uint32_t size = std::min(kLongestRole, end - from); size > 0; --size) {
      if (is_role({end - size, end})) return {end - size, end};
    }
    return {end, end};
  }

  TokenRange role_beginning(std::uint32_t begin) {
    const auto left = static_cast<std::uint32_t>(tokens_.size()) - begin;
    for (std::uint32_t size = std::min(kLongestRole, left); size > 0; --size) {
      if (is_role({begin, begin + size})) return {begin, begin + size};
    }
    return {begin, begin};
  }

  bool is_role(TokenRange range) {
    const auto* noun = knowledge::find(draft_.context.tables.words.nouns, words(range));
    return noun && noun->role;
  }

  /// Lower-cased words of the range, as they stand in the text.
  std::string_view words(TokenRange range) {
    buffer_.clear();
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      buffer_ += tokens_[i].lower;
      if (i + 1 < range.end && tokens_[i].span.end != tokens_[i + 1].span.begin) buffer_ += ' ';
    }
    return buffer_;
  }

  /// Whose role it is, where no name says so: "its president", "the port authority's spokesman".
  std::uint32_t owner_before(std::uint32_t role) const {
    if (role > 0 && tokens_[role - 1].tag == "POS") --role;
    if (role == 0 || tokens_[role - 1].dep != "poss") return kNone;
    return draft_.mention_at[role - 1];
  }

  void add(std::uint32_t m, TokenRange role, std::string_view name, std::uint32_t of) {
    Cluster& cluster = draft_.clusters[draft_.root(draft_.mentions[m].cluster)];
    if (cluster.roles.size() >= kMostRoles) return;
    for (DraftRole& known : cluster.roles) {
      if (known.role == name && (known.of == kNone || of == kNone)) {
        if (known.of == kNone) known.of = of;
        return;
      }
    }
    cluster.roles.push_back({std::string(name), of, role, m});
  }

  void before(std::uint32_t m) {
    std::uint32_t at = draft_.mentions[m].name.begin;
    const std::uint32_t first = tree_.document().sentences[tokens_[at].sentence].begin;
    if (at > 0) {
      // The stop may be a token of its own.
      if (at > 1 && tokens_[at - 1].text == ".") --at;
      std::string_view title = tokens_[at - 1].lower;
      const bool stop = title.ends_with('.') || tokens_[at].text == ".";
      if (title.ends_with('.')) title.remove_suffix(1);
      const auto* found = knowledge::find(draft_.context.tables.words.titles, title);
      if (found && (stop || tokens_[at - 1].pos == "PROPN") && !found->role.empty()) {
        add(m, {at - 1, at}, found->role, kNone);
        return;
      }
    }
    // "PMOI spokesman X", "former House Committee Chairman X", "its spokesman, X".
    if (at > first && tokens_[at - 1].text == ",") --at;
    const TokenRange role = role_ending(at, first);
    if (role.begin < role.end) {
      std::uint32_t of = draft_.name_before(role.begin);
      if (of == kNone) of = owner_before(role.begin);
      if (of != kNone && draft_.mentions[of].kind == Kind::kPerson) of = kNone;
      add(m, role, std::string(words(role)), of);
      return;
    }
    // "the president of X, Ann Lee"
    const std::uint32_t of = draft_.name_before(at);
    if (of == kNone || draft_.mentions[of].kind == Kind::kPerson) return;
    std::uint32_t begin = draft_.mentions[of].name.begin;
    while (begin > first && tokens_[begin - 1].pos == "DET") --begin;
    if (begin <= first || !is_any_of(tokens_[begin - 1].lower, {"of", "for"})) return;
    const TokenRange outer = role_ending(begin - 1, first);
    if (outer.begin < outer.end) add(m, outer, std::string(words(outer)), of);
  }

  void after(std::uint32_t m) {
    std::uint32_t at = draft_.mentions[m].name.end;
    const std::uint32_t end = tree_.document().sentences[tokens_[at - 1].sentence].end;
    if (at + 1 >= end) return;
    const bool is = is_any_of(tokens_[at].lower, {"is", "was"});
    if (tokens_[at].text != "," && !is) return;
    ++at;
    std::uint32_t of = kNone;
    for (std::uint32_t steps = 0; at < end && steps < 8; ++steps) {
      if (const std::uint32_t name = draft_.name_after(at); name != kNone) {
        of = name;
        at = draft_.mentions[name].name.end;
        if (at < end && tokens_[at].tag == "POS") ++at;
        continue;
      }
      const TokenRange role = role_beginning(at);
      if (role.begin < role.end) {
        // The last word of a compound is the role: "opposition party leader".
        if (role.end < end && role_beginning(role.end).end > role.end) {
          at = role.end;
          continue;
        }
        std::uint32_t next = role.end;
        if (next + 1 < end && is_any_of(tokens_[next].lower, {"of", "for", "at", "with", "in"})) {
          const std::uint32_t name = draft_.name_after(next + 1);
          if (name != kNone) of = name;
        }
        if (of == kNone) of = owner_before(role.begin);
        if (of != kNone && draft_.mentions[of].kind == Kind::kPerson) of = kNone;
        add(m, role, std::string(words(role)), of);
        return;
      }
      if (!is_any_of(tokens_[at].pos, {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"}) &&
          tokens_[at].tag != "POS" && tokens_[at].text != "-") {
        return;
      }
      ++at;
    }
  }

  static constexpr std::size_t kMostRoles = 16;

  Draft& draft_;
  const Tree& tree_;
  const std::vector<Token>& tokens_;
  std::string buffer_;
};

}  // namespace

void read_roles(Draft& draft) { RoleReader(draft).run(); }

}  // namespace dateline::reading::entities
