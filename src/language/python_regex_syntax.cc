// SPDX-License-Identifier: Apache-2.0
#include "language/python_regex_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "language/unicode.h"

namespace dateline::language {

namespace {

constexpr int kUnsupportedSyntax = 2020;
constexpr int kMaxDepth = 64;
constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();

// What Python's \s holds (str.isspace); PCRE2's own differs in U+001C to U+001F and U+180E.
constexpr std::string_view kSpaces =
    "\\x{9}-\\x{d}\\x{1c}-\\x{20}\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}"
    "\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}";

std::size_t add(std::size_t a, std::size_t b) {
  return a == kUnbounded || b == kUnbounded ? kUnbounded : a + b;
}

std::size_t multiply(std::size_t a, std::size_t b) {
  if (a == 0 || b == 0) return 0;
  if (a == kUnbounded || b == kUnbounded || a > kUnbounded / b) return kUnbounded;
  return a * b;
}

/// Most characters a part can match, and whether it is nothing but one repeated character.
struct Part {
  std::size_t most = 0;
  std::size_t least = 0;        ///< Of a run: how long it is at least.
  bool ends_text = false;       ///< Its last element is `$`.
  std::string_view repeated{};  ///< The one element it repeats; empty: none, or several.
  bool several = false;
};

class Translator {
 public:
  explicit Translator(std::string_view pattern) : in_(pattern) {}

  Result<TranslatedRegex> run() {
    if (!is_valid_utf8(in_)) return fail(kUnsupportedSyntax, "it is not valid UTF-8");
    global_flags();
    alternatives(0);
    if (!problem_ && at_ < in_.size()) refuse("an unmatched parenthesis");
    if (problem_) {
      return fail(kUnsupportedSyntax, fmt::format("{} at byte {}", *problem_, at_), at_);
    }
    out_.tail = tail_known_ ? tail_ : 0;
    return std::move(out_);
  }

 private:
  bool at_end() const { return at_ >= in_.size(); }
  bool next_is(std::string_view text) const { return in_.substr(at_, text.size()) == text; }
  bool take(std::string_view text) {
    if (!next_is(text)) return false;
    at_ += text.size();
    return true;
  }
  void refuse(std::string_view what) {
    if (!problem_) problem_ = what;
  }
  void write(std::string_view text) { out_.pattern.append(text); }
  void write_literal(char32_t character) {
    const bool plain = (character >= '0' && character <= '9') ||
                       (character >= 'A' && character <= 'Z') ||
                       (character >= 'a' && character <= 'z');
    if (plain) {
      out_.pattern.push_back(static_cast<char>(character));
    } else {
      fmt::format_to(std::back_inserter(out_.pattern), "\\x{{{:x}}}",
                     static_cast<std::uint32_t>(character));
    }
  }

  // (?imsu) at the very beginning.
  void global_flags() {
    const std::size_t begin = at_;
    if (!take("(?")) return;
    bool any = false;
    for (; !at_end() && in_[at_] != ')'; ++at_, any = true) {
      switch (in_[at_]) {
        case 'i':
          out_.ignore_case = true;
          break;
        case 'm':
          out_.multi_line = true;
          break;
        case 's':
          out_.dot_all = true;
          break;
        case 'u':
          break;
        case 'a':
        case 'L':
        case 'x':
          refuse("an unsupported flag");
          return;
        default:
          at_ = begin;
          out_.ignore_case = out_.multi_line = out_.dot_all = false;
          return;
      }
    }
    if (!any || !take(")")) at_ = begin;
  }

  std::size_t alternatives(int depth) {
    if (depth > kMaxDepth) {
      refuse("too deep a nesting");
      return 0;
    }
    std::size_t most = 0;
    while (!problem_) {
      const Part part = sequence(depth);
      most = std::max(most, part.most);
      if (depth == 0) note_tail(part);
      if (!next_is("|")) break;
      ++at_;
      write("|");
    }
    return most;
  }

  void note_tail(const Part& part) {
    const bool run = !part.several && !part.repeated.empty();
    if (!part.ends_text || out_.multi_line || (part.most == kUnbounded && !run)) {
      tail_known_ = false;
    } else if (part.most != kUnbounded) {
      tail_ = std::max(tail_, part.most + 1);  // `$` also matches before a last line feed.
    } else {
      tail_ = std::max(tail_, part.least + 1);
    }
  }

  Part sequence(int depth) {
    Part all;
    while (!problem_ && !at_end() && in_[at_] != '|' && in_[at_] != ')') {
      const std::size_t begin = at_;
      const bool end_sign = in_[at_] == '$';
      bool assertion = false;
      std::size_t most = element(depth, assertion);
      if (problem_) break;
      const std::string_view text = in_.substr(begin, at_ - begin);
      std::size_t least = 1;
      bool possessive = false;
      const std::size_t times = quantifier(least, possessive);
      // A run's shorter ends must match as well: one character, at least once wherever it stands.
      const bool simple =
          !assertion && !possessive && most == 1 && least >= 1 && text.front() != '(';
      all.ends_text = end_sign && times == 1;
      if (!end_sign) {
        if (!simple || (!all.repeated.empty() && all.repeated != text)) all.several = true;
        all.repeated = text;
      } else if (at_ < in_.size() && in_[at_] != '|' && in_[at_] != ')') {
        all.several = true;
      }
      all.least = add(all.least, least);
      all.most = add(all.most, multiply(most, times));
    }
    return all;
  }

  /// One element without its quantifier: the most characters it matches.
  std::size_t element(int depth, bool& assertion) {
    const char first = in_[at_];
    switch (first) {
      case '(':
        return group(depth, assertion);
      case '[':
        return character_class();
      case '\\':
        return escape(assertion);
      case '.':
        ++at_;
        write(".");
        return 1;
      case '^':
      case '$':
        ++at_;
        write(std::string_view(&first, 1));
        assertion = true;
        return 0;
      case '*':
      case '+':
      case '?':
        refuse("nothing to repeat");
        return 0;
      default:
        break;
    }
    write_literal(next_character(in_, at_));
    return 1;
  }

  std::size_t group(int depth, bool& assertion) {
    ++at_;
    bool width = true;
    if (take("?")) {
      static constexpr std::string_view kOpenings[] = {":", ">", "=", "!", "<=", "<!"};
      const auto* opening = std::find_if(std::begin(kOpenings), std::end(kOpenings),
                                         [this](std::string_view sign) { return take(sign); });
      if (opening == std::end(kOpenings)) {
        refuse("an unsupported kind of group");
        return 0;
      }
      width = *opening == ":" || *opening == ">";
      assertion = !width;
      write("(?");
      write(*opening);
    } else {
      write("(?:");  // Nobody asks for what a group matched, and references are not supported.
    }
    const std::size_t most = alternatives(depth + 1);
    if (problem_) return 0;
    if (!take(")")) {
      refuse("a missing parenthesis");
      return 0;
    }
    write(")");
    return width ? most : 0;
  }

  std::size_t character_class() {
    ++at_;
    write("[");
    if (take("^")) write("^");
    bool first = true;
    while (!at_end() && (first || in_[at_] != ']')) {
      first = false;
      bool single = true;
      class_item(single);
      if (problem_) return 0;
      if (next_is("-") && at_ + 1 < in_.size() && in_[at_ + 1] != ']') {
        ++at_;
        write("-");
        bool end_single = true;
        class_item(end_single);
        if (!single || !end_single) refuse("a range whose end is a class");
        if (problem_) return 0;
      }
    }
    if (!take("]")) {
      refuse("a missing bracket");
      return 0;
    }
    write("]");
    return 1;
  }

  void class_item(bool& single) {
    if (in_[at_] != '\\') {
      write_literal(next_character(in_, at_));
      return;
    }
    if (at_ + 1 >= in_.size()) return refuse("a backslash at the end");
    switch (const char sign = in_[at_ + 1]) {
      case 'd':
      case 'D':
      case 'w':
      case 'W':
        write(std::string_view(in_).substr(at_, 2));
        at_ += 2;
        single = false;
        return;
      case 's':
        write(kSpaces);
        at_ += 2;
        single = false;
        return;
      case 'b':
        write("\\x{8}");
        at_ += 2;
        return;
      default:
        if (const auto character = escaped_character(sign)) write_literal(*character);
    }
  }

  std::size_t escape(bool& assertion) {
    if (at_ + 1 >= in_.size()) {
      refuse("a backslash at the end");
      return 0;
    }
    const char sign = in_[at_ + 1];
    switch (sign) {
      case 'd':
      case 'D':
      case 'w':
      case 'W':
        write(in_.substr(at_, 2));
        at_ += 2;
        return 1;
      case 's':
      case 'S':
        write(sign == 's' ? "[" : "[^");
        write(kSpaces);
        write("]");
        at_ += 2;
        return 1;
      case 'A':
      case 'b':
      case 'B':
        write(in_.substr(at_, 2));
        at_ += 2;
        assertion = true;
        return 0;
      case 'Z':
        write("\\z");
        at_ += 2;
        assertion = true;
        return 0;
      default:
        break;
    }
    if (const auto character = escaped_character(sign)) write_literal(*character);
    return 1;
  }

  /// The character an escape stands for; moves behind it.
  std::optional<char32_t> escaped_character(char sign) {
    const auto hex = [this](std::size_t digits) -> std::optional<char32_t> {
      char32_t value = 0;
      at_ += 2;
      for (std::size_t i = 0; i < digits; ++i, ++at_) {
        const char digit = at_end() ? ' ' : in_[at_];
        const int number = digit >= '0' && digit <= '9'   ? digit - '0'
                           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
                           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                                          : -1;
        if (number < 0) {
          refuse("an escape that is too short");
          return std::nullopt;
        }
        value = value * 16 + static_cast<char32_t>(number);
      }
      if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) {
        refuse("an escape of no character");
        return std::nullopt;
      }
      return value;
    };
    switch (sign) {
      case 'x':
        return hex(2);
      case 'u':
        return hex(4);
      case 'U':
        return hex(8);
      case 'a':
        at_ += 2;
        return U'\a';
      case 'f':
        at_ += 2;
        return U'\f';
      case 'n':
        at_ += 2;
        return U'\n';
      case 'r':
        at_ += 2;
        return U'\r';
      case 't':
        at_ += 2;
        return U'\t';
      case 'v':
        at_ += 2;
        return U'\v';
      default:
        break;
    }
    if ((sign >= '0' && sign <= '9') || (sign >= 'A' && sign <= 'Z') ||
        (sign >= 'a' && sign <= 'z')) {
      refuse("an unsupported escape");
      return std::nullopt;
    }
    ++at_;
    return next_character(in_, at_);
  }

  /// The quantifier that follows, if any: how often at most, and at least.
  std::size_t quantifier(std::size_t& least, bool& possessive) {
    if (at_end()) return 1;
    std::size_t most = 1;
    switch (in_[at_]) {
      case '*':
        ++at_;
        write("*");
        least = 0;
        most = kUnbounded;
        break;
      case '+':
        ++at_;
        write("+");
        most = kUnbounded;
        break;
      case '?':
        ++at_;
        write("?");
        least = 0;
        break;
      case '{': {
        const auto counts = braces();
        if (!counts) return 1;  // Python reads a brace that starts no count as itself.
        least = counts->first;
        most = counts->second;
        if (most == kUnbounded) {
          fmt::format_to(std::back_inserter(out_.pattern), "{{{},}}", least);
        } else {
          fmt::format_to(std::back_inserter(out_.pattern), "{{{},{}}}", least, most);
        }
        break;
      }
      default:
        return 1;
    }
    if (take("?")) {
      write("?");
    } else if (take("+")) {
      write("+");
      possessive = true;
    }
    return most;
  }

  std::optional<std::pair<std::size_t, std::size_t>> braces() {
    constexpr std::size_t kMost = 65535;
    std::size_t at = at_ + 1;
    const auto number = [&]() -> std::optional<std::size_t> {
      std::optional<std::size_t> value;
      for (; at < in_.size() && in_[at] >= '0' && in_[at] <= '9'; ++at) {
        value = std::min(value.value_or(0) * 10 + static_cast<std::size_t>(in_[at] - '0'), kMost);
      }
      return value;
    };
    const auto low = number();
    auto high = low;
    if (at < in_.size() && in_[at] == ',') {
      ++at;
      high = number();
      if (!high) high = kUnbounded;
    } else if (!low) {
      return std::nullopt;
    }
    if (at >= in_.size() || in_[at] != '}') return std::nullopt;
    at_ = at + 1;
    return std::pair(low.value_or(0), *high);
  }

  std::string_view in_;
  std::size_t at_ = 0;
  TranslatedRegex out_;
  std::optional<std::string_view> problem_;
  std::size_t tail_ = 0;
  bool tail_known_ = true;
};

}  // namespace

Result<TranslatedRegex> translate_python_regex(std::string_view pattern) {
  return Translator(pattern).run();
}

}  // namespace dateline::language
