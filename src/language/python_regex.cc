// SPDX-License-Identifier: Apache-2.0
#include "language/python_regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/format.h>
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "language/python_regex_syntax.h"
#include "language/unicode.h"

namespace dateline::language {

namespace {

// Steps a search may take, and bytes of stack it may climb back from. spaCy's patterns need a few
// steps a byte and hardly any stack (Tokenizer); the stack is address space, touched as needed.
constexpr std::size_t kMostSteps = 1'000'000;
constexpr std::size_t kMostStepsPerByte = 64;
constexpr std::uint32_t kMaxHeapKib = 16 * 1024;
constexpr std::size_t kFirstStack = 32 * 1024;
constexpr std::size_t kMaxStack = 16 * 1024 * 1024;

template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* pointer) const {
    kFree(pointer);
  }
};

using Code = std::unique_ptr<pcre2_code, Free<pcre2_code_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Free<pcre2_match_data_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Free<pcre2_match_context_free>>;
using JitStack = std::unique_ptr<pcre2_jit_stack, Free<pcre2_jit_stack_free>>;

}  // namespace

struct PythonRegex::Scratch::Impl {
  MatchData data{pcre2_match_data_create(1, nullptr)};
  MatchContext context{pcre2_match_context_create(nullptr)};
  JitStack stack{pcre2_jit_stack_create(kFirstStack, kMaxStack, nullptr)};
};

PythonRegex::Scratch::Scratch() : impl_(std::make_unique<Impl>()) {
  pcre2_set_heap_limit(impl_->context.get(), kMaxHeapKib);
  if (impl_->stack) pcre2_jit_stack_assign(impl_->context.get(), nullptr, impl_->stack.get());
}
PythonRegex::Scratch::Scratch(Scratch&&) noexcept = default;
PythonRegex::Scratch& PythonRegex::Scratch::operator=(Scratch&&) noexcept = default;
PythonRegex::Scratch::~Scratch() = default;

struct PythonRegex::Impl {
  Code code;
  std::size_t tail = 0;  ///< TranslatedRegex::tail, in bytes.

  std::optional<Match> run(std::string_view text, std::size_t from, std::uint32_t options,
                           Scratch& scratch) const {
    const Scratch::Impl& space = *scratch.impl_;
    const std::size_t steps = kMostSteps + kMostStepsPerByte * text.size();
    pcre2_set_match_limit(space.context.get(),
                          static_cast<std::uint32_t>(std::min<std::size_t>(
                              steps, std::numeric_limits<std::uint32_t>::max())));
    const int found =
        pcre2_match(code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                    options | PCRE2_NO_UTF_CHECK, space.data.get(), space.context.get());
    if (found < 0) return std::nullopt;
    const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(space.data.get());
    return Match{ends[0], ends[1]};
  }
};

PythonRegex::PythonRegex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PythonRegex::PythonRegex(PythonRegex&&) noexcept = default;
PythonRegex& PythonRegex::operator=(PythonRegex&&) noexcept = default;
PythonRegex::~PythonRegex() = default;

Result<PythonRegex> PythonRegex::compile(std::string_view pattern, std::string_view name) {
  auto translated = translate_python_regex(pattern);
  if (!translated) {
    return fail(translated.error().code,
                fmt::format("{}: the regular expression cannot be read: {}", name,
                            translated.error().message),
                translated.error().offset);
  }
  std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
  if (translated->ignore_case) options |= PCRE2_CASELESS;
  if (translated->multi_line) options |= PCRE2_MULTILINE;
  if (translated->dot_all) options |= PCRE2_DOTALL;
  const std::unique_ptr<pcre2_compile_context, Free<pcre2_compile_context_free>> context(
      pcre2_compile_context_create(nullptr));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  int error = 0;
  PCRE2_SIZE where = 0;
  auto impl = std::make_unique<Impl>();
  impl->code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated->pattern.data()),
                                 translated->pattern.size(), options, &error, &where,
                                 context.get()));
  if (!impl->code) {
    std::array<PCRE2_UCHAR, 256> message{};
    pcre2_get_error_message(error, message.data(), message.size());
    return fail(2020, fmt::format("{}: the regular expression cannot be read: {}", name,
                                  reinterpret_cast<const char*>(message.data())));
  }
  // Without a JIT (on some machines) the interpreter gives the same answers, slower.
  pcre2_jit_compile(impl->code.get(), PCRE2_JIT_COMPLETE);
  constexpr std::size_t kWidest = 4;
  impl->tail = translated->tail * kWidest;
  return PythonRegex(std::move(impl));
}

std::optional<PythonRegex::Match> PythonRegex::search(std::string_view text,
                                                      Scratch& scratch) const {
  // Where matches end with the text, only its tail needs a search: no match that starts earlier is
  // short, so it is a run, and then the tail's own match starts where the tail does.
  for (std::size_t tail = impl_->tail; tail != 0 && tail < text.size(); tail *= 2) {
    std::size_t from = text.size() - tail;
    while (from > 0 && is_continuation(text[from])) --from;
    const auto match = impl_->run(text, from, 0, scratch);
    if (!match || match->begin > from || from == 0) return match;
  }
  return impl_->run(text, 0, 0, scratch);
}

std::optional<PythonRegex::Match> PythonRegex::search_after(std::string_view text, Match last,
                                                            Scratch& scratch) const {
  return impl_->run(text, last.end, last.begin == last.end ? PCRE2_NOTEMPTY_ATSTART : 0, scratch);
}

bool PythonRegex::matches_start(std::string_view text, Scratch& scratch) const {
  return impl_->run(text, 0, PCRE2_ANCHORED, scratch).has_value();
}

}  // namespace dateline::language
