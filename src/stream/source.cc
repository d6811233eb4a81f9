// Files, directories and standard input as one source of reports.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

#include "dateline/stream.h"
#include "stream/among.h"
#include "stream/bytes.h"
#include "stream/format.h"
#include "stream/known.h"
#include "stream/many.h"
#include "stream/walk.h"

namespace dateline {

namespace {

namespace fs = std::filesystem;

using stream::format_of;
using stream::is_compressed;

constexpr std::size_t kMostPassedOver = 1000;

class FileSource : public Source {
 public:
  FileSource(std::vector<std::string> paths, const SourceOptions& options, stream::Among among)
      : paths_(std::move(paths)), options_(options), among_(std::move(among)) {}

  /// Checks the paths before anything is read.
  std::optional<Error> check() const {
    for (const std::string& path : paths_) {
      if (path == "-") continue;
      std::error_code error;
      const fs::file_status status = fs::status(path, error);
      if (error || ::access(path.c_str(), R_OK) != 0) {
        const int code = error ? error.value() : errno;
        return Error{1007, fmt::format("cannot read {}: {}", path, std::strerror(code)), {}};
      }
      if (!among_ && fs::is_directory(status) && !holds_reports(path)) {
        return Error{
            1008,
            fmt::format(
                "no reports in the directory {}: files named *.txt, *.html, *.jsonl, *.warc, "
                "*.zip and the like are looked for (--from reads all files as one format)",
                path),
            {}};
      }
    }
    return std::nullopt;
  }

  std::optional<std::uint64_t> size() const override {
    std::uint64_t all = 0;
    std::error_code error;
    for (const std::string& path : paths_) {
      if (path == "-") return std::nullopt;
      if (!fs::is_directory(path, error)) {
        // How much a compressed file holds is known when it was read.
        if (!fs::is_regular_file(path, error) || is_compressed(path)) return std::nullopt;
        all += fs::file_size(path, error);
        continue;
      }
      stream::Walk walk(path);
      while (const auto file = walk.next()) {
        if (!asked_for(*file) || !wanted(*file) || !fs::is_regular_file(*file, error)) continue;
        if (is_compressed(*file)) return std::nullopt;
        all += fs::file_size(*file, error);
      }
    }
    return all;
  }

  std::vector<PassedOver> passed_over() const override { return passed_over_; }

  std::optional<Found> next() override {
    while (!stopped()) {
      if (many_) {
        auto found = many_->next();
        if (stopped()) break;
        if (found) return found;
        many_.reset();
        continue;
      }
      const auto file = next_file();
      if (!file) break;
      if (auto found = open(*file)) return found;
    }
    return std::nullopt;
  }

 private:
  bool stopped() const {
    return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
  }

  bool asked_for(const fs::path& path) const { return !among_ || among_(path.string()); }

  bool wanted(const fs::path& path) const {
    return options_.format != SourceFormat::kAuto || format_of(path) != SourceFormat::kAuto;
  }

  bool holds_reports(const std::string& directory) const {
    stream::Walk walk(directory);
    while (const auto path = walk.next()) {
      if (wanted(*path)) return true;
    }
    return false;
  }

  std::optional<std::string> next_file() {
    while (true) {
      if (walk_) {
        while (const auto path = walk_->next()) {
          if (!asked_for(*path)) continue;
          std::error_code ignored;
          if (wanted(*path) || fs::is_directory(*path, ignored)) return path->string();
          if (passed_over_.size() < kMostPassedOver) {
            passed_over_.push_back({path->string(), stream::why_not_read(*path)});
          }
        }
        walk_.reset();
      }
      if (next_path_ == paths_.size()) return std::nullopt;
      const std::string& path = paths_[next_path_++];
      std::error_code ignored;
      if (path == "-" || !fs::is_directory(path, ignored)) return path;
      walk_.emplace(path);
    }
  }

  /// A file that is one report, or why it cannot be read; nothing where it holds many.
  std::optional<Found> open(const std::string& file) {
    ReportPlace place{file, 0};
    auto bytes = stream::Bytes::open(file, options_.stop);
    if (!bytes) return Found{place, tl::unexpected(std::move(bytes.error())), {}, {}};
    auto opened = stream::open_bytes(std::move(*bytes), std::move(place), options_, 0);
    if (stopped()) return std::nullopt;
    many_ = std::move(opened.many);
    return std::move(opened.one);
  }

  std::vector<std::string> paths_;
  SourceOptions options_;
  const stream::Among among_;
  std::size_t next_path_ = 0;
  std::optional<stream::Walk> walk_;
  std::unique_ptr<stream::Many> many_;  ///< Of the file being read that holds many.
  std::vector<PassedOver> passed_over_;
};

}  // namespace

std::string ReportPlace::text() const {
  const std::string name = file == "-" ? "standard input" : file;
  return line == 0 ? name : fmt::format("{}:{}", name, line);
}

Result<std::unique_ptr<Source>> open_source(const std::vector<std::string>& paths,
                                            const SourceOptions& options) {
  auto source = std::make_unique<FileSource>(paths, options, stream::Among());
  if (auto error = source->check()) return tl::unexpected(std::move(*error));
  return stream::with_what_is_known(std::move(source), options, stream::Given::kAll);
}

Result<std::unique_ptr<Source>> stream::open_among(const std::string& directory,
                                                   const SourceOptions& options, Among among) {
  auto source = std::make_unique<FileSource>(std::vector{directory}, options, std::move(among));
  if (auto error = source->check()) return tl::unexpected(std::move(*error));
  return with_what_is_known(std::move(source), options, Given::kSome);
}

}  // namespace dateline
