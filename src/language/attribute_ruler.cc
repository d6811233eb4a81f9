// SPDX-License-Identifier: Apache-2.0
#include "language/attribute_ruler.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "language/model_file.h"
#include "language/python_regex.h"
#include "language/string_key.h"

namespace dateline::language {

namespace {

constexpr int kUnsupportedRule = 2021;

// What a pattern may ask of a token. The first three cost nothing to look up by.
enum class Attribute {
  kLower,
  kTag,
  kDep,
  kOrth,
  kNorm,
  kShape,
  kPrefix,
  kSuffix,
  kPos,
  kLemma,
  kIsSpace
};

constexpr std::pair<std::string_view, Attribute> kAttributes[] = {
    {"LOWER", Attribute::kLower},   {"TAG", Attribute::kTag},
    {"DEP", Attribute::kDep},       {"ORTH", Attribute::kOrth},
    {"TEXT", Attribute::kOrth},     {"NORM", Attribute::kNorm},
    {"SHAPE", Attribute::kShape},   {"PREFIX", Attribute::kPrefix},
    {"SUFFIX", Attribute::kSuffix}, {"POS", Attribute::kPos},
    {"LEMMA", Attribute::kLemma},   {"IS_SPACE", Attribute::kIsSpace}};

constexpr std::string_view kPartsOfSpeech[] = {
    "",     "ADJ",  "ADP",   "ADV",   "AUX",   "CONJ", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",  "VERB",  "X",   "EOL",  "SPACE"};

std::uint64_t key_of(Attribute attribute, const Token& token, const Lexeme& lexeme) {
  switch (attribute) {
    case Attribute::kLower:
      return lexeme.lower_key;
    case Attribute::kTag:
      return string_key(token.tag);
    case Attribute::kDep:
      return string_key(token.dep);
    case Attribute::kOrth:
      return lexeme.orth;
    case Attribute::kNorm:
      return lexeme.norm;
    case Attribute::kShape:
      return lexeme.shape;
    case Attribute::kPrefix:
      return lexeme.prefix;
    case Attribute::kSuffix:
      return lexeme.suffix;
    case Attribute::kPos:
      return string_key(token.pos);
    case Attribute::kLemma:
      return string_key(token.lemma);
    case Attribute::kIsSpace:
      return lexeme.is_space ? 1 : 0;
  }
  return 0;
}

/// The attribute's text, for regular expressions; nullptr where only its key is kept.
const std::string_view* text_of(Attribute attribute, const Token& token) {
  switch (attribute) {
    case Attribute::kLower:
      return &token.lower;
    case Attribute::kTag:
      return &token.tag;
    case Attribute::kDep:
      return &token.dep;
    case Attribute::kOrth:
      return &token.text;
    case Attribute::kPos:
      return &token.pos;
    case Attribute::kLemma:
      return &token.lemma;
    default:
      return nullptr;
  }
}

struct Test {
  Attribute attribute = Attribute::kLower;
  bool negated = false;              ///< NOT_IN
  std::vector<std::uint64_t> keys;   ///< One of these.
  std::optional<PythonRegex> regex;  ///< Or, instead: the text matches.
};

using TokenPattern = std::vector<Test>;

/// What a rule sets; nothing where it leaves an attribute as it is.
struct Settings {
  std::array<std::optional<std::string>, 5> values;
};

constexpr std::array<std::string_view Token::*, 5> kTargets = {
    &Token::tag, &Token::pos, &Token::morph, &Token::lemma, &Token::dep};
constexpr std::array<std::string_view, 5> kTargetNames = {"TAG", "POS", "MORPH", "LEMMA", "DEP"};

struct Pattern {
  std::vector<TokenPattern> tokens;
  std::uint32_t rule = 0;
  std::uint32_t target = 0;  ///< Which token of the match is set.
};

// Features and the values of each in alphabetical order, as spaCy's Morphology writes them.
std::optional<std::string> normalized_features(std::string_view features) {
  const auto split = [](std::string_view text, char sign) {
    std::vector<std::string_view> parts;
    for (;;) {
      const std::size_t at = text.find(sign);
      parts.push_back(text.substr(0, at));
      if (at == std::string_view::npos) return parts;
      text.remove_prefix(at + 1);
    }
  };
  if (features.empty() || features == "_") return "";
  std::vector<std::string> normalized;
  for (const std::string_view feature : split(features, '|')) {
    const auto sides = split(feature, '=');
    if (sides.size() != 2) return std::nullopt;
    auto values = split(sides[1], ',');
    std::sort(values.begin(), values.end());
    normalized.push_back(fmt::format("{}={}", sides[0], fmt::join(values, ",")));
  }
  std::sort(normalized.begin(), normalized.end());
  return fmt::format("{}", fmt::join(normalized, "|"));
}

std::string upper_ascii(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
  }
  return upper;
}

/// Reads the rules; every way in which the file can be wrong ends here.
class RuleReader {
 public:
  explicit RuleReader(const MessagePack& file) : file_(file) {}

  Result<void> read(std::vector<Pattern>& patterns, std::vector<Settings>& rules) const {
    if (file_.root().type != msgpack::type::ARRAY) return altered("it holds no list of rules");
    for (const msgpack::object& rule : file_.root().via.array) {
      const auto number = static_cast<std::uint32_t>(rules.size());
      auto settings = read_settings(find(rule, "attrs"));
      if (!settings) return tl::unexpected(settings.error());
      rules.push_back(std::move(*settings));
      const msgpack::object& list = find(rule, "patterns");
      const msgpack::object& index = find(rule, "index");
      const bool counts = index.type == msgpack::type::POSITIVE_INTEGER ||
                          index.type == msgpack::type::NEGATIVE_INTEGER;
      if (list.type != msgpack::type::ARRAY || !counts) {
        return altered(fmt::format("rule {} is incomplete", number));
      }
      for (const msgpack::object& tokens : list.via.array) {
        auto pattern = read_pattern(tokens);
        if (!pattern) return tl::unexpected(pattern.error());
        const auto size = static_cast<std::int64_t>(pattern->tokens.size());
        std::int64_t target = index.via.i64;
        if (target < 0 && target >= -size) target += size;
        if (target < 0 || target >= size) {
          return altered(fmt::format("rule {} sets a token outside its pattern", number));
        }
        pattern->target = static_cast<std::uint32_t>(target);
        pattern->rule = number;
        patterns.push_back(std::move(*pattern));
      }
    }
    return {};
  }

 private:
  tl::unexpected<Error> altered(std::string_view what) const {
    return fail(2003, fmt::format("{} is truncated or altered: {}", file_.name(), what));
  }
  tl::unexpected<Error> unsupported(std::string_view what) const {
    return fail(kUnsupportedRule, fmt::format("{}: {} is not supported", file_.name(), what));
  }

  Result<Settings> read_settings(const msgpack::object& attributes) const {
    if (attributes.type != msgpack::type::MAP) return altered("a rule sets nothing");
    Settings settings;
    for (const auto& [key, value] : attributes.via.map) {
      const auto name = as_text(key);
      const auto text = as_text(value);
      if (!name) return altered("a rule sets an attribute without a name");
      const auto* target = std::find(kTargetNames.begin(), kTargetNames.end(), upper_ascii(*name));
      if (target == kTargetNames.end()) {
        return unsupported(fmt::format("setting the attribute {}", *name));
      }
      if (!text) return altered(fmt::format("a rule sets {} to no text", *name));
      std::string content(*text);
      if (*target == "MORPH") {
        auto features = normalized_features(content);
        if (!features) return altered(fmt::format("\"{}\" is no morphology", content));
        content = std::move(*features);
      } else if (*target == "POS" && std::find(std::begin(kPartsOfSpeech), std::end(kPartsOfSpeech),
                                               content) == std::end(kPartsOfSpeech)) {
        return altered(fmt::format("\"{}\" is no part of speech", content));
      }
      settings.values[static_cast<std::size_t>(target - kTargetNames.begin())] = std::move(content);
    }
    return settings;
  }

  Result<Pattern> read_pattern(const msgpack::object& tokens) const {
    if (tokens.type != msgpack::type::ARRAY || tokens.via.array.size == 0) {
      return altered("a pattern is empty");
    }
    Pattern pattern;
    for (const msgpack::object& token : tokens.via.array) {
      if (token.type != msgpack::type::MAP) return altered("a pattern's token is none");
      TokenPattern tests;
      for (const auto& [key, value] : token.via.map) {
        const auto name = as_text(key);
        if (!name) return altered("a pattern asks for an attribute without a name");
        auto read = read_test(*name, value, tests);
        if (!read) return tl::unexpected(read.error());
      }
      pattern.tokens.push_back(std::move(tests));
    }
    return pattern;
  }

  Result<void> read_test(std::string_view name, const msgpack::object& value,
                         TokenPattern& tests) const {
    const std::string upper = upper_ascii(name);
    if (upper == "OP") {
      if (as_text(value) == "1") return {};
      return unsupported(fmt::format("the operator OP {}", as_text(value).value_or("?")));
    }
    const auto* attribute = std::find_if(std::begin(kAttributes), std::end(kAttributes),
                                         [&](const auto& entry) { return entry.first == upper; });
    if (attribute == std::end(kAttributes)) {
      return unsupported(fmt::format("the attribute {}", name));
    }
    Test test;
    test.attribute = attribute->second;
    if (value.type != msgpack::type::MAP) {
      if (auto read = read_key(value, test.keys); !read) return read;
      tests.push_back(std::move(test));
      return {};
    }
    for (const auto& [key, operand] : value.via.map) {
      auto read = read_operator(as_text(key).value_or(""), operand, test.attribute);
      if (!read) return tl::unexpected(read.error());
      tests.push_back(std::move(*read));
    }
    return {};
  }

  Result<Test> read_operator(std::string_view name, const msgpack::object& operand,
                             Attribute attribute) const {
    Test test;
    test.attribute = attribute;
    const std::string upper = upper_ascii(name);
    if (upper == "REGEX") {
      const auto pattern = as_text(operand);
      const Token any;
      if (!pattern || text_of(attribute, any) == nullptr) {
        return unsupported("this use of the operator REGEX");
      }
      auto regex = PythonRegex::compile(*pattern, file_.name());
      if (!regex) return tl::unexpected(regex.error());
      test.regex = std::move(*regex);
      return test;
    }
    if (upper != "IN" && upper != "NOT_IN")
      return unsupported(fmt::format("the operator {}", name));
    if (operand.type != msgpack::type::ARRAY) return altered("IN has no list");
    test.negated = upper == "NOT_IN";
    for (const msgpack::object& item : operand.via.array) {
      if (auto read = read_key(item, test.keys); !read) return tl::unexpected(read.error());
    }
    return test;
  }

  Result<void> read_key(const msgpack::object& value, std::vector<std::uint64_t>& keys) const {
    if (const auto text = as_text(value)) {
      keys.push_back(string_key(*text));
    } else if (value.type == msgpack::type::BOOLEAN) {
      keys.push_back(value.via.boolean ? 1 : 0);
    } else if (value.type == msgpack::type::POSITIVE_INTEGER) {
      keys.push_back(value.via.u64);
    } else {
      return altered("a pattern asks for a value that is neither text nor number");
    }
    return {};
  }

  const MessagePack& file_;
};

}  // namespace

struct AttributeRuler::Impl {
  std::vector<Pattern> patterns;
  std::vector<Settings> rules;

  /// Patterns by a key their first token must have, in one of these attributes; else in `others`.
  static constexpr std::array kIndexed = {Attribute::kLower, Attribute::kTag, Attribute::kDep};
  using Index = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>;
  std::array<Index, kIndexed.size()> index;
  std::vector<std::uint32_t> others;

  void build_index() {
    for (std::uint32_t i = 0; i < patterns.size(); ++i) {
      if (!add_to_index(i)) others.push_back(i);
    }
  }

  bool add_to_index(std::uint32_t number) {
    for (std::size_t i = 0; i < kIndexed.size(); ++i) {
      for (const Test& test : patterns[number].tokens.front()) {
        if (test.attribute != kIndexed[i] || test.negated || test.regex) continue;
        for (const std::uint64_t key : test.keys) index[i][key].push_back(number);
        return true;
      }
    }
    return false;
  }

  static bool holds(const Test& test, const Token& token, const Lexeme& lexeme,
                    PythonRegex::Scratch& scratch) {
    if (test.regex) {
      return test.regex->search(*text_of(test.attribute, token), scratch).has_value();
    }
    const std::uint64_t key = key_of(test.attribute, token, lexeme);
    const bool is_in = std::find(test.keys.begin(), test.keys.end(), key) != test.keys.end();
    return is_in != test.negated;
  }

  bool matches(const Pattern& pattern, const Document& document, std::size_t begin,
               const LexemeStore& lexemes, PythonRegex::Scratch& scratch) const {
    if (pattern.tokens.size() > document.tokens.size() - begin) return false;
    for (std::size_t i = 0; i < pattern.tokens.size(); ++i) {
      const Token& token = document.tokens[begin + i];
      for (const Test& test : pattern.tokens[i]) {
        if (!holds(test, token, lexemes[token.lexeme], scratch)) return false;
      }
    }
    return true;
  }
};

AttributeRuler::AttributeRuler(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AttributeRuler::AttributeRuler(AttributeRuler&&) noexcept = default;
AttributeRuler& AttributeRuler::operator=(AttributeRuler&&) noexcept = default;
AttributeRuler::~AttributeRuler() = default;

Result<AttributeRuler> AttributeRuler::load(const std::filesystem::path& component_directory) {
  auto file = MessagePack::load(component_directory / "patterns");
  if (!file) return tl::unexpected(file.error());
  auto impl = std::make_unique<Impl>();
  auto read = RuleReader(*file).read(impl->patterns, impl->rules);
  if (!read) return tl::unexpected(read.error());
  impl->build_index();
  return AttributeRuler(std::move(impl));
}

void AttributeRuler::annotate(Document& document, const LexemeStore& lexemes) const {
  const Impl& impl = *impl_;
  // By token, the last rule (counted from 1) that sets each of its attributes.
  std::vector<std::array<std::uint32_t, kTargets.size()>> winners(document.tokens.size());
  PythonRegex::Scratch scratch;
  for (std::size_t begin = 0; begin < document.tokens.size(); ++begin) {
    const auto apply = [&](const std::vector<std::uint32_t>& numbers) {
      for (const std::uint32_t number : numbers) {
        const Pattern& pattern = impl.patterns[number];
        if (!impl.matches(pattern, document, begin, lexemes, scratch)) continue;
        auto& winner = winners[begin + pattern.target];
        for (std::size_t i = 0; i < kTargets.size(); ++i) {
          if (impl.rules[pattern.rule].values[i]) winner[i] = std::max(winner[i], pattern.rule + 1);
        }
      }
    };
    const Token& token = document.tokens[begin];
    for (std::size_t i = 0; i < impl.index.size(); ++i) {
      const auto found =
          impl.index[i].find(key_of(Impl::kIndexed[i], token, lexemes[token.lexeme]));
      if (found != impl.index[i].end()) apply(found->second);
    }
    apply(impl.others);
  }
  for (std::size_t i = 0; i < document.tokens.size(); ++i) {
    for (std::size_t target = 0; target < kTargets.size(); ++target) {
      const std::uint32_t winner = winners[i][target];
      if (winner != 0)
        document.tokens[i].*kTargets[target] = *impl.rules[winner - 1].values[target];
    }
  }
}

}  // namespace dateline::language
