// SPDX-License-Identifier: Apache-2.0
#include "installation.h"

#include <fmt/format.h>

#include <cstdlib>

namespace dateline {

namespace fs = std::filesystem;

std::vector<fs::path> homes() {
  std::vector<fs::path> found;
  if (const char* home = std::getenv("DATELINE_HOME")) found.emplace_back(home);
  std::error_code ignored;
  const fs::path executable = fs::read_symlink("/proc/self/exe", ignored);
  if (!executable.empty()) {
    const fs::path folder = executable.parent_path();
    found.push_back(folder);
    found.push_back(folder.parent_path());
    found.push_back(folder.parent_path().parent_path());
    found.push_back(folder.parent_path() / "share" / "dateline");
  }
  return found;
}

Result<fs::path> find_pipeline(const std::string& name_or_path) {
  const std::string wanted = name_or_path.empty() ? kDefaultPipeline : name_or_path;
  std::error_code ignored;
  if (!name_or_path.empty() && fs::exists(fs::path(wanted) / "config.cfg", ignored)) return wanted;
  for (const fs::path& home : homes()) {
    fs::path candidate = home / "models" / wanted;
    if (fs::exists(candidate / "config.cfg", ignored)) return candidate;
  }
  return fail(2001,
              fmt::format("no pipeline '{}': neither a directory with a config.cfg nor a name "
                          "under models/; 'make models' installs the English ones",
                          wanted));
}

namespace {

/// The folder that the tables in use lie in, then the others.
std::vector<fs::path> homes_beside(const knowledge::Directory& knowledge) {
  std::error_code ignored;
  std::vector<fs::path> folders = homes();
  folders.insert(folders.begin(),
                 fs::absolute(knowledge.base(), ignored).lexically_normal() / "..");
  return folders;
}

}  // namespace

Result<fs::path> find_components(const knowledge::Directory& knowledge) {
  std::error_code ignored;
  for (const fs::path& home : homes_beside(knowledge)) {
    fs::path candidate = home / "components";
    if (fs::is_directory(candidate, ignored)) return candidate;
  }
  return fail(2030,
              "the trained components are not installed: set DATELINE_HOME to the directory that "
              "holds components/");
}

Result<fs::path> find_gazetteer(const knowledge::Directory& knowledge) {
  std::error_code ignored;
  for (const fs::path& home : homes_beside(knowledge)) {
    fs::path candidate = home / "models" / "gazetteer.bin";
    if (fs::exists(candidate, ignored)) return candidate;
  }
  return fail(2031,
              "the gazetteer is not installed: 'make models' makes it, or set DATELINE_HOME to the "
              "directory that holds models/gazetteer.bin");
}

Result<knowledge::Directory> find_knowledge_loosely(const std::string& path) {
  std::error_code ignored;
  fs::path installed;
  for (const fs::path& home : homes()) {
    if (installed.empty() && fs::is_directory(home / "knowledge", ignored)) {
      installed = home / "knowledge";
    }
  }
  if (path.empty()) {
    if (!installed.empty()) return installed;
    return fail(3006,
                "the tables of knowledge are not installed: set DATELINE_HOME to the directory "
                "that holds knowledge/, or name it with --knowledge");
  }
  if (!fs::is_directory(path, ignored)) {
    return fail(3005, fmt::format("no directory of tables at '{}'", path));
  }
  if (knowledge::tables_in(path).empty()) {
    return fail(3005, fmt::format("no table (*.tsv) lies in '{}'", path));
  }
  return knowledge::Directory(path, installed);
}

std::string unknown_table(const knowledge::Directory& tables, const std::string& name) {
  return fmt::format("{} has the name of no table; the tables are {}",
                     (tables.own() / name).string(), fmt::join(tables.names(), ", "));
}

Result<knowledge::Directory> find_knowledge(const std::string& path) {
  auto found = find_knowledge_loosely(path);
  if (!found) return found;
  if (const auto unknown = found->strangers(); !unknown.empty()) {
    return fail(3009, unknown_table(*found, unknown.front()));
  }
  return found;
}

}  // namespace dateline
