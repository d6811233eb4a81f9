// SPDX-License-Identifier: Apache-2.0
#include "stream/many.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "stream/arc.h"
#include "stream/archive.h"
#include "stream/csv_rows.h"
#include "stream/feed.h"
#include "stream/format.h"
#include "stream/json_lines.h"
#include "stream/json_pieces.h"
#include "stream/mailbox.h"
#include "stream/mime.h"
#include "stream/report_fields.h"
#include "stream/warc.h"

namespace dateline::stream {

namespace {

class JsonLines : public Many {
 public:
  JsonLines(Bytes bytes, ReportPlace place, const SourceOptions& options)
      : bytes_(std::move(bytes)), place_(std::move(place)), options_(options) {}

  std::optional<Found> next() override {
    while (!ended_) {
      auto line = bytes_.next_line(options_.max_bytes);
      ++place_.line;
      if (!line) {
        ended_ = true;
        return Found{place_, tl::unexpected(std::move(line.error())), {}, {}};
      }
      if (!*line) break;
      if ((*line)->too_long) {
        return Found{
            place_,
            fail(1001, fmt::format("the line has {} bytes; at most {} are read (--max-bytes)",
                                   (*line)->size, options_.max_bytes)),
            {},
            {}};
      }
      std::string_view text = (*line)->text;
      if (place_.line == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
      if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      return Found{place_, parse_json_line(text), {}, {}, (*line)->text.size() + 1};
    }
    return std::nullopt;
  }

 private:
  Bytes bytes_;
  ReportPlace place_;
  const SourceOptions options_;
  bool ended_ = false;
};

class Json : public Many {
 public:
  Json(Bytes bytes, ReportPlace place, const SourceOptions& options)
      : pieces_(std::move(bytes), options.max_bytes), place_(std::move(place)) {}

  std::optional<Found> next() override {
    auto piece = pieces_.next();
    ++place_.line;
    if (!piece) return Found{place_, tl::unexpected(std::move(piece.error())), {}, {}};
    if (!*piece) return std::nullopt;
    return Found{place_, parse_json_line(**piece), {}, {}, (*piece)->size()};
  }

 private:
  JsonPieces pieces_;
  ReportPlace place_;
};

class Csv : public Many {
 public:
  Csv(Bytes bytes, ReportPlace place, const SourceOptions& options)
      : rows_(std::move(bytes), options.max_bytes), place_(std::move(place)) {}

  std::optional<Found> next() override {
    const std::uint64_t before = rows_.position();
    auto row = next_report();
    place_.line = rows_.number();
    if (!row) return Found{place_, tl::unexpected(std::move(row.error())), {}, {}};
    if (!*row) return std::nullopt;
    return Found{place_, std::move(**row).input(), {}, {}, rows_.position() - before};
  }

 private:
  Result<std::optional<ReportFields>> next_report() {
    if (ended_) return std::nullopt;
    auto row = rows_.next();
    if (row && *row && fields_.empty()) {
      fields_ = columns_of(**row);
      const auto names = [&](Field field) {
        return std::ranges::find(fields_, field) != fields_.end();
      };
      if (!names(Field::kText) && !names(Field::kHtml)) {
        ended_ = true;
        return fail(1006, "the first row names no column \"text\" or \"html\"");
      }
      row = rows_.next();
    }
    if (!row) ended_ = true;
    if (!row) return tl::unexpected(std::move(row.error()));
    if (!*row) return std::nullopt;
    ReportFields fields;
    for (std::size_t i = 0; i < std::min(fields_.size(), (*row)->size()); ++i) {
      std::string& cell = (**row)[i];
      if (fields_[i] && !cell.empty()) fields[*fields_[i]] = std::move(cell);
    }
    return fields;
  }

  CsvRows rows_;
  ReportPlace place_;
  std::vector<std::optional<Field>> fields_;  ///< Of each column.
  bool ended_ = false;
};

/// Archives of the web: WARC, ARC.
template <typename Records>
class WebArchive : public Many {
 public:
  WebArchive(Bytes bytes, ReportPlace place, const SourceOptions& options)
      : records_(std::move(bytes), options.max_bytes), place_(std::move(place)) {}

  std::optional<Found> next() override {
    auto item = records_.next();
    if (!item) return std::nullopt;
    place_.line = item->number;
    return Found{place_, std::move(item->input), std::move(item->warnings), {}, item->size};
  }

 private:
  Records records_;
  ReportPlace place_;
};

/// Where it lies; what else is known of it is joined to it later.
void complete(Input& input, const ReportPlace& place) {
  if (input.date.empty()) input.date_from.clear();
  if (place.file != "-") input.file = place.file;
}

/// The items of a feed, read whole.
class Feed : public Many {
 public:
  Feed(Bytes bytes, ReportPlace place, const SourceOptions& options) : place_(std::move(place)) {
    auto all = bytes.read_rest(options.max_bytes);
    if (all) size_ = all->size();
    auto items = all ? items_of_feed(*all) : tl::unexpected(all.error());
    if (items) {
      items_ = std::move(*items);
    } else {
      problem_ = std::move(items.error());
    }
  }

  std::optional<Found> next() override {
    const std::uint64_t size = std::exchange(size_, 0);
    if (auto problem = std::exchange(problem_, std::nullopt)) {
      return Found{place_, tl::unexpected(std::move(*problem)), {}, {}, size};
    }
    if (place_.line == items_.size()) return std::nullopt;
    Result<Page> item = std::move(items_[place_.line++]);
    if (!item) return Found{place_, tl::unexpected(std::move(item.error())), {}, {}, size};
    complete(item->input, place_);
    return Found{place_, std::move(item->input), std::move(item->warnings), {}, size};
  }

 private:
  ReportPlace place_;
  std::vector<Result<Page>> items_;
  std::optional<Error> problem_;
  std::uint64_t size_ = 0;
};

MediaType media_type_of(SourceFormat format) {
  switch (format) {
    case SourceFormat::kHtml:
      return MediaType::kHtml;
    case SourceFormat::kPdf:
      return MediaType::kPdf;
    case SourceFormat::kOffice:
      return MediaType::kOffice;
    case SourceFormat::kSubtitles:
      return MediaType::kSubtitles;
    default:
      return MediaType::kText;
  }
}

/// A file that is one report.
Found whole_file(Bytes bytes, ReportPlace place, SourceFormat format,
                 const SourceOptions& options) {
  auto all = bytes.read_rest(options.max_bytes);
  if (!all) return {std::move(place), tl::unexpected(std::move(all.error())), {}, {}};
  const std::uint64_t taken = all->size();
  auto page = report_in(std::move(*all), format, options.verbatim);
  if (!page) return {std::move(place), tl::unexpected(std::move(page.error())), {}, {}, taken};
  complete(page->input, place);
  return {std::move(place), std::move(page->input), std::move(page->warnings), {}, taken};
}

}  // namespace

Result<Page> report_in(std::string bytes, SourceFormat format, bool verbatim) {
  switch (format) {
    case SourceFormat::kMhtml:
      return page_of_mhtml(bytes);
    case SourceFormat::kMail:
      return report_of_mail(bytes);
    default:
      break;
  }
  Page page;
  page.input.bytes = std::move(bytes);
  page.input.media_type = media_type_of(format);
  page.input.verbatim = verbatim;
  return page;
}

Opened open_bytes(Bytes bytes, ReportPlace place, const SourceOptions& options, unsigned depth) {
  SourceFormat format = options.format;
  // What --from says is said of the entries of an archive that is told by its name.
  const SourceFormat named = place.file == "-" ? SourceFormat::kAuto : format_of(place.file);
  if (named == SourceFormat::kArchive || named == SourceFormat::kWacz) format = named;
  if (format == SourceFormat::kAuto) format = named;
  if (format == SourceFormat::kAuto && depth == 0) format = format_when_named(place.file);
  const bool may_be_feed = options.format == SourceFormat::kAuto && format == SourceFormat::kJson;
  if (format == SourceFormat::kAuto || may_be_feed) {
    const auto start = bytes.peek();
    if (!start) return {Found{std::move(place), tl::unexpected(start.error()), {}, {}}, nullptr};
    if (!may_be_feed) {
      format = format_of_bytes(*start);
    } else if (looks_like_feed(*start)) {
      format = SourceFormat::kFeed;
    }
  }
  switch (format) {
    case SourceFormat::kJsonLines:
      return {std::nullopt,
              std::make_unique<JsonLines>(std::move(bytes), std::move(place), options)};
    case SourceFormat::kJson:
      return {std::nullopt, std::make_unique<Json>(std::move(bytes), std::move(place), options)};
    case SourceFormat::kCsv:
      return {std::nullopt, std::make_unique<Csv>(std::move(bytes), std::move(place), options)};
    case SourceFormat::kWarc:
      return {std::nullopt,
              std::make_unique<WebArchive<Warc>>(std::move(bytes), std::move(place), options)};
    case SourceFormat::kArc:
      return {std::nullopt,
              std::make_unique<WebArchive<Arc>>(std::move(bytes), std::move(place), options)};
    case SourceFormat::kMailbox:
      return {std::nullopt, open_mailbox(std::move(bytes), std::move(place), options)};
    case SourceFormat::kFeed:
      return {std::nullopt, std::make_unique<Feed>(std::move(bytes), std::move(place), options)};
    case SourceFormat::kArchive:
    case SourceFormat::kWacz:
      return {std::nullopt, open_archive(std::move(bytes), std::move(place), options,
                                         format == SourceFormat::kWacz, depth)};
    default:
      return {whole_file(std::move(bytes), std::move(place), format, options), nullptr};
  }
}

}  // namespace dateline::stream
