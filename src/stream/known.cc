// Options speak of all reports, a sheet of a file's, a report's own line of itself: the nearer
// outranks the farther. A row of the sheet names its file by its path from the sheet or from here,
// or by its name alone, wherever it lies. SPDX-License-Identifier: Apache-2.0
#include "stream/known.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <utility>

#include "stream/csv_rows.h"

namespace dateline::stream {

namespace {

namespace fs = std::filesystem;

constexpr int kBadSheet = 1013;
constexpr std::size_t kLongestRow = 1024 * 1024;

std::array<std::string*, 5> parts_of(Beside& beside) {
  return {&beside.date, &beside.title, &beside.uri, &beside.publisher, &beside.licence};
}

/// Fills what is open with what is farther away.
void fill(Beside& near, Beside far) {
  const auto into = parts_of(near), from = parts_of(far);
  for (std::size_t i = 0; i < into.size(); ++i) {
    if (into[i]->empty()) *into[i] = std::move(*from[i]);
  }
}

std::string path_of(const fs::path& path) {
  std::error_code ignored;
  const fs::path whole = fs::weakly_canonical(path, ignored);
  return (whole.empty() ? path : whole).string();
}

class Sheet {
 public:
  struct Row {
    std::uint64_t number = 0;
    std::string file;
    Beside says;
    bool used = false;
  };

  static Result<Sheet> open(const std::string& path, const std::atomic<bool>* stop) {
    Sheet sheet;
    sheet.path_ = path;
    if (auto problem = sheet.read(stop)) {
      return fail(kBadSheet, fmt::format("the sheet {} cannot be used: {}", path, *problem));
    }
    return sheet;
  }

  const std::string& path() const { return path_; }

  /// What it says of a file; null for nothing.
  const Beside* about(const std::string& file) {
    for (const auto& [by, name] : {std::pair(&by_path_, path_of(file)),
                                   std::pair(&by_name_, fs::path(file).filename().string())}) {
      const auto found = by->find(name);
      if (found == by->end()) continue;
      rows_[found->second].used = true;
      return &rows_[found->second].says;
    }
    return nullptr;
  }

  std::vector<PassedOver> unused() const {
    std::vector<PassedOver> all;
    for (const Row& row : rows_) {
      if (!row.used) {
        all.push_back({row.file, fmt::format("row {} of {} speaks of it, and no report was read "
                                             "from a file of this name",
                                             row.number, path_)});
      }
    }
    return all;
  }

 private:
  std::optional<std::string> read(const std::atomic<bool>* stop) {
    auto bytes = Bytes::open(path_, stop);
    if (!bytes) return bytes.error().message;
    CsvRows rows(std::move(*bytes), kLongestRow);
    auto names = rows.next();
    if (!names) return names.error().message;
    if (!*names) return "it is empty";
    const auto fields = columns_of(**names);
    const auto is_file = [](std::string name) {
      std::ranges::transform(name, name.begin(), [](char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
      });
      return name == "file";
    };
    const auto file = std::ranges::find_if(**names, is_file) - (*names)->begin();
    if (file == std::ssize(fields)) return "its first row names no column \"file\"";
    if (std::ranges::none_of(fields, [](const auto& field) { return field.has_value(); })) {
      return "its first row names no column \"date\", \"title\", \"url\", \"outlet\" or "
             "\"licence\"";
    }
    while (true) {
      auto row = rows.next();
      if (!row) return fmt::format("row {}: {}", rows.number(), row.error().message);
      if (!*row) return std::nullopt;
      if (auto problem = add(**row, static_cast<std::size_t>(file), fields, rows.number())) {
        return fmt::format("row {}: {}", rows.number(), *problem);
      }
    }
  }

  std::optional<std::string> add(CsvRow& cells, std::size_t file,
                                 const std::vector<std::optional<Field>>& fields,
                                 std::uint64_t number) {
    if (cells.size() <= file || cells[file].empty()) return "no file is named";
    Row row{number, cells[file], {}};
    ReportFields said;
    for (std::size_t i = 0; i < std::min(cells.size(), fields.size()); ++i) {
      if (fields[i] && !cells[i].empty()) said[*fields[i]] = std::move(cells[i]);
    }
    row.says = std::move(said).beside();
    const std::size_t place = rows_.size();
    const fs::path beside_sheet = fs::path(path_).parent_path() / row.file;
    if (!by_path_.emplace(path_of(beside_sheet), place).second) {
      return fmt::format("{} has a row already", row.file);
    }
    by_path_.emplace(path_of(row.file), place);
    if (!fs::path(row.file).has_parent_path()) by_name_.emplace(row.file, place);
    rows_.push_back(std::move(row));
    return std::nullopt;
  }

  std::string path_;
  std::vector<Row> rows_;
  std::map<std::string, std::size_t> by_path_, by_name_;
};

class KnownReports : public Source {
 public:
  KnownReports(std::unique_ptr<Source> source, const SourceOptions& options,
               std::optional<Sheet> sheet, Given given)
      : source_(std::move(source)),
        date_(options.date),
        beside_(options.beside),
        sheet_(std::move(sheet)),
        given_(given) {}

  std::optional<Found> next() override {
    auto found = source_->next();
    if (!found || !found->input) return found;
    Input& input = *found->input;
    input.assumed_date = date_;
    if (const Beside* said = sheet_ ? sheet_->about(found->place.file) : nullptr) {
      fill(input.beside, *said);
    }
    fill(input.beside, beside_);
    return found;
  }

  std::optional<std::uint64_t> size() const override { return source_->size(); }

  std::vector<PassedOver> passed_over() const override {
    auto all = source_->passed_over();
    if (!sheet_) return all;
    const std::string own = path_of(sheet_->path());
    std::erase_if(all, [&](const PassedOver& one) { return path_of(one.file) == own; });
    if (given_ == Given::kSome) return all;
    const auto unused = sheet_->unused();
    all.insert(all.end(), unused.begin(), unused.end());
    return all;
  }

 private:
  std::unique_ptr<Source> source_;
  const std::string date_;
  const Beside beside_;
  std::optional<Sheet> sheet_;
  const Given given_;
};

}  // namespace

Result<std::unique_ptr<Source>> with_what_is_known(std::unique_ptr<Source> source,
                                                   const SourceOptions& options, Given given) {
  std::optional<Sheet> sheet;
  if (!options.about.empty()) {
    auto opened = Sheet::open(options.about, options.stop);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    sheet = std::move(*opened);
  }
  return std::make_unique<KnownReports>(std::move(source), options, std::move(sheet), given);
}

}  // namespace dateline::stream
