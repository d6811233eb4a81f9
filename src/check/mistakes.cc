// SPDX-License-Identifier: Apache-2.0
#include "check/mistakes.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <span>

#include "article/article.h"
#include "installation.h"
#include "knowledge/parse.h"
#include "knowledge/tables.h"
#include "knowledge/trees.h"
#include "reading/places/choices.h"
#include "reading/places/toponyms.h"

namespace dateline::check {

namespace fs = std::filesystem;
using knowledge::Directory;

namespace {

constexpr std::size_t kMostMistakes = 50;

/// What stops the tables from being loaded, or nothing.
std::optional<Error> first_mistake(const Directory& tables) {
  if (auto words = knowledge::Tables::load(tables); !words) return words.error();
  if (auto words = article::Tables::load(tables); !words) return words.error();
  for (const auto& [name, features] : {std::pair<const char*, std::span<const std::string_view>>{
                                           "place_name_trees.tsv", reading::kToponymFeatures},
                                       {"place_choice_trees.tsv", reading::kChoiceFeatures}}) {
    if (auto trees = knowledge::Trees::load(tables / name, features); !trees) return trees.error();
  }
  return std::nullopt;
}

/// The line that a message which begins with "FILE:LINE: " is about.
std::optional<int> line_of(std::string_view message, const std::string& file) {
  if (!message.starts_with(file + ":")) return std::nullopt;
  message.remove_prefix(file.size() + 1);
  return knowledge::parse_int(message.substr(0, message.find(':')));
}

/// Makes a comment of a line, so that the others keep their numbers; false where it is one, or
/// none.
bool take_out(const fs::path& path, int number) {
  std::ifstream file(path, std::ios::binary);
  std::string made;
  bool done = false;
  int at = 0;
  for (std::string line; std::getline(file, line); made += line + "\n") {
    if (++at != number || line.starts_with('#')) continue;
    line.insert(line.begin(), '#');
    done = true;
  }
  file.close();
  std::ofstream(path, std::ios::binary) << made;
  return done;
}

}  // namespace

Lint::Copy::~Copy() {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

Lint::Lint(Directory given, std::string path)
    : given_(given), mended_(std::move(given)), path_(std::move(path)) {}

Result<Lint> Lint::of(const std::string& path) {
  auto tables = find_knowledge_loosely(path);
  if (!tables) return tl::unexpected(tables.error());
  Lint lint(std::move(*tables), path);
  lint.find_mistakes();
  return lint;
}

void Lint::find_mistakes() {
  for (const std::string& name : given_.strangers()) {
    mistakes_.push_back({3009, unknown_table(given_, name), {}});
  }
  if (!mistakes_.empty() && !copy()) return;
  while (auto mistake = first_mistake(mended_)) {
    const bool mended = mistakes_.size() < kMostMistakes && mend(*mistake);
    // What was found in the copy is told of the file that was given.
    const std::string in_copy = mended_.own().string();
    if (copy_ && mistake->message.starts_with(in_copy)) {
      mistake->message.replace(0, in_copy.size(), given_.own().string());
    }
    mistakes_.push_back(std::move(*mistake));
    if (!mended) return;
  }
  usable_ = true;
}

/// Puts copies of the tables that have a name into a directory that goes with this Lint.
bool Lint::copy() {
  std::error_code error;
  std::string made = (fs::temp_directory_path(error) / "dateline_XXXXXX").string();
  if (error || !::mkdtemp(made.data())) return false;
  copy_ = std::make_unique<Copy>(made);
  // In a folder of its own, so that nothing lies beside it that might be taken for a component.
  const fs::path folder = copy_->path / "knowledge";
  if (!fs::create_directory(folder, error)) return false;
  const auto unknown = given_.strangers();
  for (const std::string& name : knowledge::tables_in(given_.own())) {
    if (std::find(unknown.begin(), unknown.end(), name) != unknown.end()) continue;
    if (!fs::copy_file(given_.own() / name, folder / name, error)) return false;
  }
  path_ = knowledge::tables_in(folder).empty() ? std::string() : folder.string();
  mended_ = Directory(folder, given_.installed());
  return true;
}

/// Takes the line with a mistake, or a table that cannot be read at all, out of the copy.
bool Lint::mend(const Error& mistake) {
  for (const std::string& name : mended_.names()) {
    const std::string file = (mended_ / name).string();
    const auto line = line_of(mistake.message, file);
    if (!line && mistake.message.find(file) == std::string::npos) continue;
    if (!fs::exists(given_.own() / name) || (!copy_ && !copy())) return false;
    const fs::path ours = mended_.own() / name;
    constexpr int kOtherColumns = 3002;
    if (line && mistake.code != kOtherColumns && take_out(ours, *line)) return true;
    // The installed table stands in for it.
    std::error_code error;
    return fs::remove(ours, error) && (mended_ / name) != ours;
  }
  return false;
}

}  // namespace dateline::check
