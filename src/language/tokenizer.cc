// SPDX-License-Identifier: Apache-2.0
#include "language/tokenizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include "language/hash.h"
#include "language/model_file.h"
#include "language/phrase_trie.h"
#include "language/python_regex.h"
#include "language/string_key.h"
#include "language/unicode.h"

namespace dateline::language {

namespace {

// Chunks longer than this are cut anew each time, and after so many the memory of them is dropped.
constexpr std::size_t kLongestCached = 64;
constexpr std::size_t kMostCachedChunks = 32768;
constexpr std::size_t kFirstChunkSlots = 4096;

/// A token as it is cut: its text, and the norm an exception gives it.
struct Piece {
  std::string_view text;
  std::optional<std::string_view> norm;
};

/// An exception: the tokens its text is cut into.
struct Exception {
  struct Part {
    std::uint32_t size = 0;
    std::optional<std::string> norm;
  };
  std::string text;
  std::vector<Part> parts;
};

void append(const Exception& exception, std::string_view text, std::vector<Piece>& pieces) {
  for (const auto& part : exception.parts) {
    pieces.push_back({text.substr(0, part.size), part.norm});
    text.remove_prefix(part.size);
  }
}

/// Tokens [begin, end) that spell an exception.
struct Phrase {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Width of the character at `at` and whether it is white space, without decoding the most.
struct Character {
  std::size_t width = 1;
  bool space = false;
};

Character look(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {1, is_space(static_cast<char32_t>(lead))};
  if (lead != 0xc2 && (lead < 0xe1 || lead > 0xe3)) {
    return {std::min(utf8_width(lead), text.size() - at), false};
  }
  const std::size_t begin = at;
  const char32_t character = next_character(text, at);
  return {at - begin, is_space(character)};
}

/// Runs of white space and of the rest, one after the other. A single space after the rest belongs
/// to the token before it (`space`), and is no chunk itself.
template <typename Chunk, typename Space>
void for_each_chunk(std::string_view text, Chunk chunk, Space space) {
  if (text.empty()) return;
  std::size_t begin = 0;
  bool in_space = look(text, 0).space;
  Character character;
  for (std::size_t at = 0; at < text.size(); at += character.width) {
    character = look(text, at);
    if (character.space == in_space) continue;
    if (begin < at) chunk(begin, at);
    begin = at;
    if (text[at] == ' ') {
      space();
      ++begin;
    }
    in_space = !in_space;
  }
  if (begin < text.size()) chunk(begin, text.size());
}

}  // namespace

struct TokenizerCache::Impl {
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 0;  ///< 0: the slot is free.
  };

  std::uint64_t generation = ~std::uint64_t{0};
  std::vector<Slot> slots;         ///< Open addressing; a power of two, at most half full.
  std::vector<std::uint32_t> ids;  ///< Lexemes of the chunks.
  std::size_t chunks = 0;
  std::vector<std::uint32_t> starts;  ///< By lexeme: where a phrase that starts with it goes on.

  PythonRegex::Scratch regex;
  std::vector<Piece> pieces;
  std::vector<Piece> suffixes;
  std::vector<Phrase> phrases;
  std::vector<bool> seen;
  std::vector<Token> retokenized;

  void forget() {
    slots.assign(kFirstChunkSlots, {});
    ids.clear();
    chunks = 0;
  }

  /// The lexemes of a chunk met before. Texts are compared, so that no collision of hashes counts.
  std::span<const std::uint32_t> find(std::string_view chunk, std::uint64_t hash,
                                      const LexemeStore& lexemes) const {
    const std::size_t mask = slots.size() - 1;
    for (std::size_t at = hash & mask; slots[at].count != 0; at = (at + 1) & mask) {
      if (slots[at].hash != hash) continue;
      const std::span<const std::uint32_t> found(ids.data() + slots[at].first, slots[at].count);
      std::size_t done = 0;
      for (const std::uint32_t id : found) {
        const std::string_view text = lexemes[id].text;
        if (chunk.substr(done, text.size()) != text) {
          done = 0;
          break;
        }
        done += text.size();
      }
      if (done == chunk.size()) return found;
    }
    return {};
  }

  void keep(std::uint64_t hash, std::span<const std::uint32_t> found) {
    if (chunks >= kMostCachedChunks) forget();
    const auto place = [this](const Slot& slot) {
      const std::size_t mask = slots.size() - 1;
      std::size_t at = slot.hash & mask;
      while (slots[at].count != 0) at = (at + 1) & mask;
      slots[at] = slot;
    };
    if ((chunks + 1) * 2 > slots.size()) {
      std::vector<Slot> old(slots.size() * 2);
      old.swap(slots);
      for (const Slot& slot : old) {
        if (slot.count != 0) place(slot);
      }
    }
    place({hash, static_cast<std::uint32_t>(ids.size()), static_cast<std::uint32_t>(found.size())});
    ids.insert(ids.end(), found.begin(), found.end());
    ++chunks;
  }
};

TokenizerCache::TokenizerCache() : impl_(std::make_unique<Impl>()) {}
TokenizerCache::TokenizerCache(TokenizerCache&&) noexcept = default;
TokenizerCache& TokenizerCache::operator=(TokenizerCache&&) noexcept = default;
TokenizerCache::~TokenizerCache() = default;

struct Tokenizer::Impl {
  std::optional<PythonRegex> prefix, suffix, infix, token_match, url_match;
  std::vector<Exception> exceptions;
  std::unordered_map<std::string_view, std::uint32_t> exception_by_text;
  std::size_t longest_exception = 0;
  PhraseTrie phrases;  ///< Exceptions as they are cut without being known as exceptions.

  Result<void> read(const MessagePack& file);
  Result<void> read_exceptions(const msgpack::object& rules, const MessagePack& file);
  void add_phrases(bool all);

  const Exception* exception(std::string_view text) const {
    if (text.size() > longest_exception) return nullptr;
    const auto found = exception_by_text.find(text);
    return found == exception_by_text.end() ? nullptr : &exceptions[found->second];
  }

  std::size_t prefix_size(std::string_view text, PythonRegex::Scratch& scratch) const;
  std::size_t suffix_size(std::string_view text, PythonRegex::Scratch& scratch) const;
  void cut(std::string_view chunk, bool with_exceptions, TokenizerCache::Impl& work) const;
  void cut_middle(std::string_view text, bool with_exceptions, TokenizerCache::Impl& work) const;
  void add_chunk(std::string_view text, std::size_t begin, std::size_t end,
                 TokenizerCache::Impl& work, LexemeStore& lexemes,
                 std::vector<Token>& tokens) const;
  void find_phrases(const std::vector<Token>& tokens, const LexemeStore& lexemes,
                    TokenizerCache::Impl& work) const;
  void join_phrases(std::string_view text, TokenizerCache::Impl& work, LexemeStore& lexemes,
                    std::vector<Token>& tokens) const;
};

// --- Loading ---------------------------------------------------------------------------------

namespace {

constexpr std::uint64_t kOrth = 65;
constexpr std::uint64_t kNorm = 67;

tl::unexpected<Error> altered(const MessagePack& file, std::string_view what) {
  return fail(2003, fmt::format("{} is truncated or altered: {}", file.name(), what));
}

bool has_key(const msgpack::object& map, std::string_view key) {
  return std::any_of(map.via.map.ptr, map.via.map.ptr + map.via.map.size,
                     [&](const auto& entry) { return as_text(entry.key) == key; });
}

/// The attribute's number, however it is written; 0 where it is unknown.
std::uint64_t attribute(const msgpack::object& key) {
  if (key.type == msgpack::type::POSITIVE_INTEGER) return key.via.u64;
  const auto name = as_text(key);
  return name ? string_key(*name) : 0;
}

// spaCy's pattern of addresses takes time or memory without bounds for some long words. Where only
// whether it matches counts, these parts can be said otherwise:
// - a password after the user name adds nothing to what the user name alone matches;
// - no host name is found among fewer of its labels than there are: what comes before the next dot
//   is no end of an address.
void make_linear(std::string& pattern) {
  static constexpr std::pair<std::string_view, std::string_view> kParts[] = {
      {R"((?:\S+(?::\S*)?@)?)", R"((?:\S+@)?)"},
      {R"([A-Za-z0-9\u00a1-\uffff]\.)+)", R"([A-Za-z0-9\u00a1-\uffff]\.)++)"}};
  for (const auto& [slow, fast] : kParts) {
    const std::size_t at = pattern.find(slow);
    if (at != std::string::npos) pattern.replace(at, slow.size(), fast);
  }
}

}  // namespace

Result<void> Tokenizer::Impl::read(const MessagePack& file) {
  const msgpack::object& root = file.root();
  if (root.type != msgpack::type::MAP) return altered(file, "it holds no settings");
  const struct {
    std::string_view name;
    std::optional<PythonRegex>* regex;
    bool only_asked;  ///< Only whether there is a match counts, not which.
  } patterns[] = {{"prefix_search", &prefix, false},
                  {"suffix_search", &suffix, false},
                  {"infix_finditer", &infix, false},
                  {"token_match", &token_match, true},
                  {"url_match", &url_match, true}};
  for (const auto& [name, regex, only_asked] : patterns) {
    if (!has_key(root, name)) return altered(file, fmt::format("{} is missing", name));
    const msgpack::object& value = find(root, name);
    if (value.is_nil()) continue;
    const auto pattern = as_text(value);
    if (!pattern) return altered(file, fmt::format("{} is no text", name));
    std::string spelled(*pattern);
    if (only_asked) make_linear(spelled);
    auto compiled = PythonRegex::compile(spelled, fmt::format("{}: {}", file.name(), name));
    if (!compiled) return tl::unexpected(compiled.error());
    *regex = std::move(*compiled);
  }
  const msgpack::object& faster = find(root, "faster_heuristics");
  if (faster.type != msgpack::type::BOOLEAN) return altered(file, "faster_heuristics is no switch");
  if (auto read = read_exceptions(find(root, "exceptions"), file); !read) return read;
  add_phrases(!faster.via.boolean);
  return {};
}

Result<void> Tokenizer::Impl::read_exceptions(const msgpack::object& rules,
                                              const MessagePack& file) {
  if (rules.type != msgpack::type::MAP) return altered(file, "exceptions is no table");
  exceptions.reserve(rules.via.map.size);
  for (const auto& [key, value] : rules.via.map) {
    const auto text = as_text(key);
    if (!text || text->empty() || value.type != msgpack::type::ARRAY) {
      return altered(file, "exceptions has an entry that is none");
    }
    Exception exception{std::string(*text), {}};
    std::string spelled;
    for (const msgpack::object& token : value.via.array) {
      std::optional<std::string_view> orth, norm;
      if (token.type != msgpack::type::MAP) return altered(file, "an exception has no tokens");
      for (const auto& [name, content] : token.via.map) {
        const std::uint64_t number = attribute(name);
        if (number == kOrth) {
          orth = as_text(content);
        } else if (number == kNorm) {
          norm = as_text(content);
          if (!norm) return altered(file, "an exception has a norm that is no text");
        } else {
          return altered(file, fmt::format("the exception \"{}\" sets more than ORTH and NORM",
                                           exception.text));
        }
      }
      if (!orth || orth->empty()) return altered(file, "an exception has an empty token");
      spelled.append(*orth);
      Exception::Part part{static_cast<std::uint32_t>(orth->size()), std::nullopt};
      if (norm && !norm->empty()) part.norm = std::string(*norm);
      exception.parts.push_back(std::move(part));
    }
    if (spelled != exception.text) {
      return altered(file, fmt::format("the exception \"{}\" is spelled \"{}\" by its tokens",
                                       exception.text, spelled));
    }
    longest_exception = std::max(longest_exception, exception.text.size());
    exceptions.push_back(std::move(exception));
  }
  for (std::uint32_t i = 0; i < exceptions.size(); ++i) {
    exception_by_text[exceptions[i].text] = i;
  }
  return {};
}

// What the chunk rules cannot find again once the text is cut: exceptions that hold affixes or
// spaces. They are looked for as the sequence of tokens they are cut into.
void Tokenizer::Impl::add_phrases(bool all) {
  TokenizerCache cache;
  TokenizerCache::Impl& work = *cache.impl_;
  std::vector<std::uint64_t> keys;
  for (const Exception& exception : exceptions) {
    const std::string_view text = exception.text;
    const bool cuttable = prefix_size(text, work.regex) > 0 || suffix_size(text, work.regex) > 0 ||
                          (infix && infix->search(text, work.regex)) ||
                          text.find(' ') != std::string_view::npos;
    if (!all && !cuttable) continue;
    keys.clear();
    for_each_chunk(
        text,
        [&](std::size_t begin, std::size_t end) {
          cut(text.substr(begin, end - begin), false, work);
          for (const Piece& piece : work.pieces) keys.push_back(string_key(piece.text));
        },
        [] {});
    const bool itself = keys.size() == 1 && exception.parts.size() == 1 && !exception.parts[0].norm;
    // A token that stays as it is need not be looked for.
    if (!itself && !keys.empty()) phrases.add(keys);
  }
}

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

Result<Tokenizer> Tokenizer::load(const std::filesystem::path& pipeline_directory) {
  auto file = MessagePack::load(pipeline_directory / "tokenizer");
  if (!file) return tl::unexpected(file.error());
  auto impl = std::make_unique<Impl>();
  if (auto read = impl->read(*file); !read) return tl::unexpected(read.error());
  return Tokenizer(std::move(impl));
}

// --- Cutting ---------------------------------------------------------------------------------

// spaCy takes the length of the match, in characters, off the chunk's begin or end, wherever the
// match lies.
std::size_t Tokenizer::Impl::prefix_size(std::string_view text,
                                         PythonRegex::Scratch& scratch) const {
  const auto match = prefix ? prefix->search(text, scratch) : std::nullopt;
  if (!match) return 0;
  if (match->begin == 0) return match->end;
  return head_bytes(text, count_characters(text.substr(match->begin, match->end - match->begin)));
}

std::size_t Tokenizer::Impl::suffix_size(std::string_view text,
                                         PythonRegex::Scratch& scratch) const {
  const auto match = suffix ? suffix->search(text, scratch) : std::nullopt;
  if (!match) return 0;
  if (match->end == text.size()) return match->end - match->begin;
  return tail_bytes(text, count_characters(text.substr(match->begin, match->end - match->begin)));
}

void Tokenizer::Impl::cut(std::string_view chunk, bool with_exceptions,
                          TokenizerCache::Impl& work) const {
  work.pieces.clear();
  work.suffixes.clear();
  const auto is_exception = [&](std::string_view text) {
    return with_exceptions && exception(text) != nullptr;
  };
  std::string_view text = chunk;
  std::size_t last_size = 0;
  while (!text.empty() && text.size() != last_size) {
    if (token_match && token_match->matches_start(text, work.regex)) break;
    if (is_exception(text)) break;
    last_size = text.size();
    const std::size_t front = prefix_size(text, work.regex);
    const std::string_view without_prefix = text.substr(front);
    if (front != 0 && is_exception(without_prefix)) {
      work.pieces.push_back({text.substr(0, front), std::nullopt});
      text = without_prefix;
      break;
    }
    const std::size_t back = suffix_size(without_prefix, work.regex);
    const std::string_view without_suffix = text.substr(0, text.size() - back);
    if (back != 0 && is_exception(without_suffix)) {
      work.suffixes.push_back({text.substr(text.size() - back), std::nullopt});
      text = without_suffix;
      break;
    }
    if (front != 0) work.pieces.push_back({text.substr(0, front), std::nullopt});
    if (back != 0) work.suffixes.push_back({text.substr(text.size() - back), std::nullopt});
    text = text.substr(front, text.size() - front - back);
  }
  if (!text.empty()) cut_middle(text, with_exceptions, work);
  work.pieces.insert(work.pieces.end(), work.suffixes.rbegin(), work.suffixes.rend());
}

void Tokenizer::Impl::cut_middle(std::string_view text, bool with_exceptions,
                                 TokenizerCache::Impl& work) const {
  if (const Exception* found = with_exceptions ? exception(text) : nullptr) {
    append(*found, text, work.pieces);
    return;
  }
  const auto add = [&](std::size_t begin, std::size_t end) {
    if (begin < end) work.pieces.push_back({text.substr(begin, end - begin), std::nullopt});
  };
  const bool whole = !infix || (token_match && token_match->matches_start(text, work.regex)) ||
                     (url_match && url_match->matches_start(text, work.regex));
  std::size_t done = 0;
  auto match = whole ? std::nullopt : infix->search(text, work.regex);
  for (; match; match = infix->search_after(text, *match, work.regex)) {
    if (match->begin == 0) continue;  // What stands in front is no infix.
    add(done, match->begin);
    add(match->begin, match->end);
    done = match->end;
  }
  add(done, text.size());
}

void Tokenizer::Impl::add_chunk(std::string_view text, std::size_t begin, std::size_t end,
                                TokenizerCache::Impl& work, LexemeStore& lexemes,
                                std::vector<Token>& tokens) const {
  const std::string_view chunk = text.substr(begin, end - begin);
  const auto add = [&](std::uint32_t id) {
    const Lexeme& lexeme = lexemes[id];
    const std::size_t size = lexeme.text.size();
    Token& token = tokens.emplace_back();
    token.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size)};
    token.text = text.substr(begin, size);
    token.lower = lexeme.lower;
    token.lexeme = id;
    begin += size;
  };
  const bool cacheable = chunk.size() <= kLongestCached;
  const std::uint64_t hash = cacheable ? hash_string(chunk) : 0;
  if (cacheable) {
    const auto known = work.find(chunk, hash, lexemes);
    if (!known.empty()) {
      for (const std::uint32_t id : known) add(id);
      return;
    }
  }
  cut(chunk, true, work);
  const std::size_t first = tokens.size();
  for (const Piece& piece : work.pieces) add(lexemes.intern(piece.text, piece.norm));
  if (!cacheable) return;
  std::vector<std::uint32_t> ids;
  for (std::size_t i = first; i < tokens.size(); ++i) ids.push_back(tokens[i].lexeme);
  work.keep(hash, ids);
}

// --- Exceptions that were cut apart ------------------------------------------------------------

void Tokenizer::Impl::find_phrases(const std::vector<Token>& tokens, const LexemeStore& lexemes,
                                   TokenizerCache::Impl& work) const {
  constexpr std::uint32_t kUnknown = PhraseTrie::kNone - 1;
  work.phrases.clear();
  if (work.starts.size() < lexemes.size()) work.starts.resize(lexemes.size(), kUnknown);
  for (std::size_t begin = 0; begin < tokens.size(); ++begin) {
    const std::uint32_t id = tokens[begin].lexeme;
    std::uint32_t& start = work.starts[id];
    if (start == kUnknown) start = phrases.next(PhraseTrie::kRoot, lexemes[id].orth);
    std::uint32_t node = start;
    for (std::size_t end = begin + 1; node != PhraseTrie::kNone; ++end) {
      if (phrases.ends(node)) work.phrases.push_back({begin, end});
      if (end == tokens.size()) break;
      node = phrases.next(node, lexemes[tokens[end].lexeme].orth);
    }
  }
}

void Tokenizer::Impl::join_phrases(std::string_view text, TokenizerCache::Impl& work,
                                   LexemeStore& lexemes, std::vector<Token>& tokens) const {
  // The longest first, then the leftmost. One that is passed over still covers its tokens.
  auto& found = work.phrases;
  std::sort(found.begin(), found.end(), [](const Phrase& a, const Phrase& b) {
    const std::size_t a_size = a.end - a.begin, b_size = b.end - b.begin;
    return a_size != b_size ? a_size > b_size : a.begin < b.begin;
  });
  work.seen.assign(tokens.size(), false);
  std::erase_if(found, [&](const Phrase& phrase) {
    const bool free = !work.seen[phrase.begin] && !work.seen[phrase.end - 1];
    std::fill(work.seen.begin() + static_cast<std::ptrdiff_t>(phrase.begin),
              work.seen.begin() + static_cast<std::ptrdiff_t>(phrase.end), true);
    return !free;
  });
  std::sort(found.begin(), found.end(),
            [](const Phrase& a, const Phrase& b) { return a.begin < b.begin; });

  work.retokenized.clear();
  std::size_t done = 0;
  const auto copy_until = [&](std::size_t end) {
    work.retokenized.insert(work.retokenized.end(),
                            tokens.begin() + static_cast<std::ptrdiff_t>(done),
                            tokens.begin() + static_cast<std::ptrdiff_t>(end));
    done = end;
  };
  for (const Phrase& phrase : found) {
    copy_until(phrase.begin);
    const std::size_t begin = tokens[phrase.begin].span.begin;
    const std::size_t end = tokens[phrase.end - 1].span.end;
    const Exception* known = exception(text.substr(begin, end - begin));
    if (known == nullptr) continue;  // The tokens are the same, the spaces between them are not.
    work.pieces.clear();
    append(*known, text.substr(begin, end - begin), work.pieces);
    std::size_t at = begin;
    for (const Piece& piece : work.pieces) {
      Token& token = work.retokenized.emplace_back();
      token.span = {static_cast<std::uint32_t>(at),
                    static_cast<std::uint32_t>(at + piece.text.size())};
      token.text = piece.text;
      token.lexeme = lexemes.intern(piece.text, piece.norm);
      token.lower = lexemes[token.lexeme].lower;
      at += piece.text.size();
    }
    work.retokenized.back().space_after = tokens[phrase.end - 1].space_after;
    done = phrase.end;
  }
  copy_until(tokens.size());
  tokens.swap(work.retokenized);
}

void Tokenizer::tokenize(std::string_view text, TokenizerCache& cache, LexemeStore& lexemes,
                         std::vector<Token>& tokens) const {
  TokenizerCache::Impl& work = *cache.impl_;
  if (work.generation != lexemes.generation()) {
    work.forget();
    work.starts.clear();
    work.generation = lexemes.generation();
  }
  tokens.clear();
  for_each_chunk(
      text,
      [&](std::size_t begin, std::size_t end) {
        impl_->add_chunk(text, begin, end, work, lexemes, tokens);
      },
      [&] { tokens.back().space_after = true; });
  impl_->find_phrases(tokens, lexemes, work);
  if (!work.phrases.empty()) impl_->join_phrases(text, work, lexemes, tokens);
}

}  // namespace dateline::language
