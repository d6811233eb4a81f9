// SPDX-License-Identifier: Apache-2.0
#include "language/lemmatizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "language/arena.h"
#include "language/hash.h"
#include "language/model_file.h"
#include "language/string_key.h"
#include "language/unicode.h"

namespace dateline::language {

namespace {

constexpr int kUnsupportedLemmatizer = 2022;
constexpr std::size_t kMostCachedLemmas = 65536;

struct Hash {
  std::size_t operator()(std::string_view text) const { return hash_string(text); }
};

/// What the tables say of one part of speech. Views point into the file's bytes.
struct Table {
  struct Rule {
    std::string_view ending, instead;
  };
  std::vector<Rule> rules;
  std::unordered_set<std::string_view, Hash> index;
  std::unordered_map<std::string_view, std::vector<std::string_view>, Hash> exceptions;

  bool empty() const { return rules.empty() && index.empty() && exceptions.empty(); }
};

std::string_view feature(std::string_view morph, std::string_view name) {
  while (!morph.empty()) {
    const std::string_view item = morph.substr(0, morph.find('|'));
    morph.remove_prefix(std::min(morph.size(), item.size() + 1));
    const std::size_t sign = item.find('=');
    if (sign != std::string_view::npos && item.substr(0, sign) == name)
      return item.substr(sign + 1);
  }
  return {};
}

// Whether the word is in its dictionary form already, as far as tag and morphology tell.
bool is_base_form(std::string_view pos, std::string_view morph) {
  const std::string_view verb_form = feature(morph, "VerbForm");
  const std::string_view number = feature(morph, "Number");
  if (pos == "NOUN" && number == "Sing") return true;
  if (pos == "VERB" && verb_form == "Fin" && feature(morph, "Tense") == "Pres" && number.empty()) {
    return true;
  }
  return verb_form == "Inf" || verb_form == "None" || feature(morph, "Degree") == "Pos";
}

}  // namespace

struct LemmaCache::Impl {
  struct Key {
    std::uint32_t lexeme;
    std::uint32_t kind;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const {
      const std::uint64_t both = (std::uint64_t{key.kind} << 32 | key.lexeme) * 0x9e3779b97f4a7c15;
      return both ^ (both >> 32);
    }
  };

  std::uint64_t generation = ~std::uint64_t{0};
  std::unordered_map<Key, std::string_view, KeyHash> lemmas;
  std::unordered_map<std::string, std::uint32_t> kinds;  ///< Of part of speech and morphology.
  std::string kind_name;
  Arena strings;

  void follow(std::uint64_t lexeme_generation) {
    if (generation == lexeme_generation && lemmas.size() < kMostCachedLemmas) return;
    lemmas.clear();
    kinds.clear();
    strings.clear();
    generation = lexeme_generation;
  }

  std::uint32_t kind(std::string_view pos, std::string_view morph) {
    kind_name.assign(pos).append("|").append(morph);
    return kinds.try_emplace(kind_name, static_cast<std::uint32_t>(kinds.size())).first->second;
  }
};

LemmaCache::LemmaCache() : impl_(std::make_unique<Impl>()) {}
LemmaCache::LemmaCache(LemmaCache&&) noexcept = default;
LemmaCache& LemmaCache::operator=(LemmaCache&&) noexcept = default;
LemmaCache::~LemmaCache() = default;

struct Lemmatizer::Impl {
  explicit Impl(MessagePack tables) : file(std::move(tables)) {}

  MessagePack file;
  std::unordered_map<std::uint64_t, Table> by_pos;
  bool overwrite = false;

  Result<void> read();
  std::string_view lemma(const Lexeme& word, std::string_view pos, std::string_view morph,
                         Arena& strings) const;

 private:
  Result<void> read_rules(const msgpack::object& table);
  Result<void> read_index(const msgpack::object& table);
  Result<void> read_exceptions(const msgpack::object& table);
  tl::unexpected<Error> altered(std::string_view what) const {
    return fail(2003, fmt::format("{} is truncated or altered: {}", file.name(), what));
  }
};

Result<void> Lemmatizer::Impl::read() {
  const msgpack::object& rules = find(file.root(), "lemma_rules");
  if (rules.is_nil()) return altered("lemma_rules is missing");
  if (auto read = read_rules(rules); !read) return read;
  if (auto read = read_index(find(file.root(), "lemma_index")); !read) return read;
  return read_exceptions(find(file.root(), "lemma_exc"));
}

Result<void> Lemmatizer::Impl::read_rules(const msgpack::object& table) {
  if (table.type != msgpack::type::MAP) return altered("lemma_rules is no table");
  for (const auto& [pos, list] : table.via.map) {
    if (pos.type != msgpack::type::POSITIVE_INTEGER || list.type != msgpack::type::ARRAY) {
      return altered("lemma_rules has an entry that is none");
    }
    Table& target = by_pos[pos.via.u64];
    for (const msgpack::object& rule : list.via.array) {
      const bool pair = rule.type == msgpack::type::ARRAY && rule.via.array.size == 2;
      const auto ending = pair ? as_text(rule.via.array.ptr[0]) : std::nullopt;
      const auto instead = pair ? as_text(rule.via.array.ptr[1]) : std::nullopt;
      if (!ending || !instead) return altered("lemma_rules has a rule that is none");
      target.rules.push_back({*ending, *instead});
    }
  }
  return {};
}

Result<void> Lemmatizer::Impl::read_index(const msgpack::object& table) {
  if (table.is_nil()) return {};  // A pipeline may have none.
  if (table.type != msgpack::type::MAP) return altered("lemma_index is no table");
  for (const auto& [pos, words] : table.via.map) {
    if (pos.type != msgpack::type::POSITIVE_INTEGER || words.type != msgpack::type::ARRAY) {
      return altered("lemma_index has an entry that is none");
    }
    Table& target = by_pos[pos.via.u64];
    target.index.reserve(words.via.array.size);
    for (const msgpack::object& word : words.via.array) {
      const auto text = as_text(word);
      if (!text) return altered("lemma_index has a word that is none");
      target.index.insert(*text);
    }
  }
  return {};
}

Result<void> Lemmatizer::Impl::read_exceptions(const msgpack::object& table) {
  if (table.is_nil()) return {};
  if (table.type != msgpack::type::MAP) return altered("lemma_exc is no table");
  for (const auto& [pos, words] : table.via.map) {
    if (pos.type != msgpack::type::POSITIVE_INTEGER || words.type != msgpack::type::MAP) {
      return altered("lemma_exc has an entry that is none");
    }
    Table& target = by_pos[pos.via.u64];
    target.exceptions.reserve(words.via.map.size);
    for (const auto& [word, lemmas] : words.via.map) {
      const auto text = as_text(word);
      if (!text || lemmas.type != msgpack::type::ARRAY) {
        return altered("lemma_exc has a word that is none");
      }
      auto& forms = target.exceptions[*text];
      for (const msgpack::object& lemma : lemmas.via.array) {
        const auto form = as_text(lemma);
        if (!form) return altered("lemma_exc has a lemma that is none");
        forms.push_back(*form);
      }
    }
  }
  return {};
}

Lemmatizer::Lemmatizer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Lemmatizer::Lemmatizer(Lemmatizer&&) noexcept = default;
Lemmatizer& Lemmatizer::operator=(Lemmatizer&&) noexcept = default;
Lemmatizer::~Lemmatizer() = default;

Result<Lemmatizer> Lemmatizer::load(const std::filesystem::path& component_directory,
                                    std::string_view mode, bool overwrite) {
  if (mode != "rule") {
    return fail(kUnsupportedLemmatizer,
                fmt::format("{}: the lemmatizer's mode \"{}\" is not supported; \"rule\" is",
                            component_directory.string(), mode));
  }
  auto file = MessagePack::load(component_directory / "lookups" / "lookups.bin");
  if (!file) return tl::unexpected(file.error());
  auto impl = std::make_unique<Impl>(std::move(*file));
  impl->overwrite = overwrite;
  if (auto read = impl->read(); !read) return tl::unexpected(read.error());
  return Lemmatizer(std::move(impl));
}

std::string_view Lemmatizer::Impl::lemma(const Lexeme& word, std::string_view pos,
                                         std::string_view morph, Arena& strings) const {
  if (pos.empty() || pos == "EOL" || pos == "SPACE" || is_base_form(pos, morph)) return word.lower;
  const auto found = by_pos.find(string_key(lower_case(pos)));
  if (found == by_pos.end() || found->second.empty()) {
    return pos == "PROPN" ? word.text : word.lower;
  }
  const Table& table = found->second;
  // The best form is in front: what the index knows before what is no word (the last rule first),
  // and exceptions before both. Other forms count only where there is none of these.
  std::vector<std::string> forms;
  std::string other;
  for (const auto& [ending, instead] : table.rules) {
    if (!word.lower.ends_with(ending)) continue;
    std::string form(word.lower.substr(0, word.lower.size() - ending.size()));
    form.append(instead);
    if (form.empty()) continue;
    if (table.index.contains(form)) {
      forms.insert(forms.begin(), std::move(form));
    } else if (!is_alpha(form)) {
      forms.push_back(std::move(form));
    } else if (other.empty()) {
      other = std::move(form);
    }
  }
  if (const auto exceptions = table.exceptions.find(word.lower);
      exceptions != table.exceptions.end()) {
    for (const std::string_view form : exceptions->second) {
      if (std::find(forms.begin(), forms.end(), form) == forms.end()) {
        forms.insert(forms.begin(), std::string(form));
      }
    }
  }
  if (!forms.empty()) return strings.copy(forms.front());
  return other.empty() ? word.text : strings.copy(other);
}

void Lemmatizer::annotate(Document& document, LemmaCache& cache, const LexemeStore& lexemes) const {
  LemmaCache::Impl& work = *cache.impl_;
  work.follow(lexemes.generation());
  for (Token& token : document.tokens) {
    if (!token.lemma.empty() && !impl_->overwrite) continue;
    const LemmaCache::Impl::Key key{token.lexeme, work.kind(token.pos, token.morph)};
    const auto [entry, is_new] = work.lemmas.try_emplace(key);
    if (is_new) {
      entry->second = impl_->lemma(lexemes[token.lexeme], token.pos, token.morph, work.strings);
    }
    token.lemma = entry->second;
  }
}

}  // namespace dateline::language
