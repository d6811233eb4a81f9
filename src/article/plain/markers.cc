// SPDX-License-Identifier: Apache-2.0
#include "article/plain/markers.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "article/white_space.h"
#include "knowledge/table.h"

namespace dateline::article {

/// Those that begin a line are looked for apart: with nearly every line they are done at once.
struct Markers::Patterns {
  struct Set {
    Set(const re2::RE2::Options& options, re2::RE2::Anchor anchor) : set(options, anchor) {}
    re2::RE2::Set set;
    std::vector<std::size_t> rows;  ///< Of each pattern of the set.
  };
  explicit Patterns(const re2::RE2::Options& options)
      : sets{{{options, re2::RE2::ANCHOR_START}, {options, re2::RE2::UNANCHORED}}} {}
  std::array<Set, 2> sets;
  std::vector<std::unique_ptr<re2::RE2>> ends;  ///< For rows of scope `end`; null for the others.
};

namespace {

/// The pattern with \p{Lu} and \p{L} as coarse classes: beyond ASCII all from À on that is no
/// punctuation or symbol counts as a capital and as a letter. RE2 would spell Unicode's own out in
/// hundreds of ranges of bytes at each place, and take three times as long as all else that is
/// loaded.
std::string with_coarse_letters(std::string_view pattern) {
  constexpr std::string_view kBeyondAscii = R"(\x{c0}-\x{1fff}\x{2c00}-\x{ffff})";
  constexpr std::pair<std::string_view, std::string_view> kClasses[] = {{R"(\p{Lu})", "A-Z"},
                                                                        {R"(\p{L})", "A-Za-z"}};
  std::string out;
  bool in_brackets = false;
  while (!pattern.empty()) {
    const auto found = std::find_if(std::begin(kClasses), std::end(kClasses), [&](const auto& one) {
      return pattern.starts_with(one.first);
    });
    if (found != std::end(kClasses)) {
      const auto& [name, ascii] = *found;
      const std::string letters = fmt::format("{}{}", ascii, kBeyondAscii);
      out += in_brackets ? letters : "[" + letters + "]";
      pattern.remove_prefix(name.size());
      continue;
    }
    const std::size_t size =
        pattern.starts_with('\\') ? std::min<std::size_t>(2, pattern.size()) : 1;
    if (pattern[0] == '[') in_brackets = true;
    if (pattern[0] == ']') in_brackets = false;
    out += pattern.substr(0, size);
    pattern.remove_prefix(size);
  }
  return out;
}

/// The pattern with the anchors of its scope.
std::string anchored(const std::string& pattern, MarkerScope scope) {
  switch (scope) {
    case MarkerScope::kStart:
      return "^(?:" + pattern + ")";
    case MarkerScope::kEnd:
      return "(" + pattern + ")$";
    case MarkerScope::kAny:
      return pattern;
    case MarkerScope::kWhole:
    case MarkerScope::kRest:
      return "^(?:" + pattern + ")$";
  }
  return pattern;
}

std::optional<MarkerScope> scope_of(std::string_view name) {
  if (name == "whole") return MarkerScope::kWhole;
  if (name == "start") return MarkerScope::kStart;
  if (name == "end") return MarkerScope::kEnd;
  if (name == "any") return MarkerScope::kAny;
  if (name == "rest") return MarkerScope::kRest;
  return std::nullopt;
}

}  // namespace

Result<Markers> Markers::load(const std::filesystem::path& path) {
  auto table = knowledge::Table::load(path, {"kind", "scope", "most", "pattern", "example"});
  if (!table) return tl::unexpected(table.error());
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto patterns = std::make_unique<Patterns>(options);
  std::vector<Row> rows;
  for (const auto& [cells, line] : table->rows()) {
    const auto complain = [&](const std::string& what) {
      return fail(3010, fmt::format("{}:{}: {}", path.string(), line, what));
    };
    Row row{cells[0], MarkerScope::kWhole, 0, cells[4], line};
    const auto scope = scope_of(cells[1]);
    if (!scope) return complain(fmt::format("no scope '{}'", cells[1]));
    row.scope = *scope;
    const std::string& most = cells[2];
    if (std::from_chars(most.data(), most.data() + most.size(), row.most).ec != std::errc()) {
      return complain(fmt::format("'{}' is no number of words", most));
    }
    const std::string pattern = anchored(with_coarse_letters(cells[3]), row.scope);
    const bool anywhere = row.scope == MarkerScope::kAny || row.scope == MarkerScope::kEnd;
    auto& [set, set_rows] = patterns->sets[anywhere ? 1 : 0];
    std::string problem;
    if (set.Add(pattern, &problem) < 0) return complain(problem);
    set_rows.push_back(rows.size());
    patterns->ends.push_back(
        row.scope == MarkerScope::kEnd ? std::make_unique<re2::RE2>(pattern, options) : nullptr);
    rows.push_back(std::move(row));
  }
  for (auto& [set, set_rows] : patterns->sets) {
    if (!set.Compile()) {
      return fail(3010, fmt::format("{}: the patterns take too much memory", path.string()));
    }
  }
  return Markers(std::move(rows), std::move(patterns));
}

Markers::Markers(std::vector<Row> rows, std::unique_ptr<const Patterns> patterns)
    : rows_(std::move(rows)), patterns_(std::move(patterns)) {
  for (const Row& row : rows_) most_words_ = std::max(most_words_, row.most);
}
Markers::Markers(Markers&&) noexcept = default;
Markers& Markers::operator=(Markers&&) noexcept = default;
Markers::~Markers() = default;

Markers::Match Markers::match(std::string_view line) const {
  const std::size_t words = count_words(line);
  if (words == 0 || words > most_words_) return {};
  const re2::StringPiece piece(line.data(), line.size());
  std::vector<std::size_t> fitting;
  for (const auto& [set, set_rows] : patterns_->sets) {
    std::vector<int> found;
    set.Match(piece, &found);
    for (const int pattern : found) fitting.push_back(set_rows[static_cast<std::size_t>(pattern)]);
  }
  std::sort(fitting.begin(), fitting.end());
  for (const std::size_t index : fitting) {
    const Row& row = rows_[index];
    if (words > row.most) continue;
    if (row.scope != MarkerScope::kEnd) return {&row, 0};
    re2::StringPiece tail;
    if (re2::RE2::PartialMatch(piece, *patterns_->ends[index], &tail)) {
      return {&row, static_cast<std::size_t>(tail.data() - line.data())};
    }
  }
  return {};
}

}  // namespace dateline::article
