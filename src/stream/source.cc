// Files, directories and standard input as one source of reports.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "article/kind.h"
#include "dateline/stream.h"
#include "stream/bytes.h"
#include "stream/json_lines.h"
#include "stream/walk.h"
#include "stream/warc.h"

namespace dateline {

namespace {

namespace fs = std::filesystem;

struct Extension {
  std::string_view name;
  SourceFormat format;
};
constexpr Extension kExtensions[] = {
    {".txt", SourceFormat::kText},         {".text", SourceFormat::kText},
    {".html", SourceFormat::kHtml},        {".htm", SourceFormat::kHtml},
    {".xhtml", SourceFormat::kHtml},       {".jsonl", SourceFormat::kJsonLines},
    {".ndjson", SourceFormat::kJsonLines}, {".warc", SourceFormat::kWarc}};

std::string extension_of(const fs::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return extension;
}

bool is_compressed(const fs::path& path) { return extension_of(path) == ".gz"; }

/// By extension, whatever its case and before ".gz"; kAuto for an unknown one.
SourceFormat format_of(const fs::path& path) {
  const std::string extension = extension_of(is_compressed(path) ? path.stem() : path);
  for (const auto& [name, format] : kExtensions) {
    if (extension == name) return format;
  }
  return SourceFormat::kAuto;
}

SourceFormat format_of(std::string_view bytes) {
  if (bytes.starts_with("WARC/")) return SourceFormat::kWarc;
  if (article::looks_like_html(bytes)) return SourceFormat::kHtml;
  return article::looks_like_json(bytes) ? SourceFormat::kJsonLines : SourceFormat::kText;
}

class FileSource : public Source {
 public:
  FileSource(std::vector<std::string> paths, const SourceOptions& options)
      : paths_(std::move(paths)), options_(options) {}

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
      if (fs::is_directory(status) && !holds_reports(path)) {
        return Error{
            1008,
            fmt::format("no reports in the directory {}: files named *.txt, *.html, "
                        "*.jsonl or *.warc are looked for (--from reads all files as one format)",
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
        if (!wanted(*file) || !fs::is_regular_file(*file, error)) continue;
        if (is_compressed(*file)) return std::nullopt;
        all += fs::file_size(*file, error);
      }
    }
    return all;
  }

  std::optional<Found> next() override {
    while (!stopped()) {
      if (lines_) {
        if (auto found = next_line()) return found;
        continue;
      }
      if (warc_) {
        if (auto found = next_record()) return found;
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
          std::error_code ignored;
          if (wanted(*path) || fs::is_directory(*path, ignored)) return path->string();
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

  Found rejected(const ReportPlace& place, Error error) const {
    return {place, tl::unexpected(std::move(error)), {}, {}};
  }

  /// A file that is one report, or why it cannot be read; nothing where its lines are to be read.
  std::optional<Found> open(const std::string& file) {
    const ReportPlace place{file, 0};
    auto bytes = stream::Bytes::open(file, options_.stop);
    if (!bytes) return rejected(place, std::move(bytes.error()));
    SourceFormat format = options_.format;
    if (format == SourceFormat::kAuto && file != "-") format = format_of(fs::path(file));
    if (format == SourceFormat::kAuto) {
      const auto start = bytes->peek();
      if (!start) return rejected(place, start.error());
      format = format_of(*start);
    }
    if (format == SourceFormat::kJsonLines) {
      lines_.emplace(std::move(*bytes));
      line_place_ = place;
      return std::nullopt;
    }
    if (format == SourceFormat::kWarc) {
      warc_.emplace(std::move(*bytes), options_.max_bytes);
      line_place_ = place;
      return std::nullopt;
    }
    auto all = bytes->read_rest(options_.max_bytes);
    if (stopped()) return std::nullopt;
    if (!all) return rejected(place, std::move(all.error()));
    Input input;
    const std::uint64_t taken = all->size();
    input.bytes = std::move(*all);
    input.media_type = format == SourceFormat::kHtml ? MediaType::kHtml : MediaType::kText;
    input.verbatim = options_.verbatim;
    input.date = options_.date;
    if (file != "-") input.uri = file;
    return Found{place, std::move(input), {}, {}, taken};
  }

  /// The next page of the WARC file, or record that is broken; nothing at its end.
  std::optional<Found> next_record() {
    auto item = warc_->next();
    if (stopped()) return std::nullopt;
    if (!item) {
      warc_.reset();
      return std::nullopt;
    }
    line_place_.line = item->number;
    if (item->input) item->input->date = options_.date;
    return Found{line_place_, std::move(item->input), {}, {}, item->size};
  }

  /// The next line that is not blank; nothing at the end of the file.
  std::optional<Found> next_line() {
    while (true) {
      auto line = lines_->next_line(options_.max_bytes);
      if (stopped()) return std::nullopt;
      ++line_place_.line;
      if (!line) {
        lines_.reset();
        return rejected(line_place_, std::move(line.error()));
      }
      if (!*line) {
        lines_.reset();
        return std::nullopt;
      }
      if ((*line)->too_long) {
        return rejected(line_place_,
                        {1001,
                         fmt::format("the line has {} bytes; at most {} are read (--max-bytes)",
                                     (*line)->size, options_.max_bytes),
                         {}});
      }
      std::string_view text = (*line)->text;
      if (line_place_.line == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
      if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      auto input = stream::parse_json_line(text);
      if (input && input->date.empty()) input->date = options_.date;
      return Found{line_place_, std::move(input), {}, {}, (*line)->text.size() + 1};
    }
  }

  std::vector<std::string> paths_;
  SourceOptions options_;
  std::size_t next_path_ = 0;
  std::optional<stream::Walk> walk_;
  std::optional<stream::Bytes> lines_;  ///< Of the file of JSON Lines being read.
  std::optional<stream::Warc> warc_;    ///< The WARC file being read.
  ReportPlace line_place_;
};

}  // namespace

std::string ReportPlace::text() const {
  const std::string name = file == "-" ? "standard input" : file;
  return line == 0 ? name : fmt::format("{}:{}", name, line);
}

Result<std::unique_ptr<Source>> open_source(const std::vector<std::string>& paths,
                                            const SourceOptions& options) {
  auto source = std::make_unique<FileSource>(paths, options);
  if (auto error = source->check()) return tl::unexpected(std::move(*error));
  return source;
}

}  // namespace dateline
