// SPDX-License-Identifier: Apache-2.0
#include "stream/many.h"

#include <fmt/format.h>

#include <utility>

#include "stream/arc.h"
#include "stream/archive.h"
#include "stream/feed.h"
#include "stream/format.h"
#include "stream/json_lines.h"
#include "stream/mailbox.h"
#include "stream/mime.h"
#include "stream/office.h"
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
      auto input = parse_json_line(text);
      if (input && input->date.empty()) input->date = options_.date;
      return Found{place_, std::move(input), {}, {}, (*line)->text.size() + 1};
    }
    return std::nullopt;
  }

 private:
  Bytes bytes_;
  ReportPlace place_;
  const SourceOptions options_;
  bool ended_ = false;
};

/// Archives of the web: WARC, ARC.
template <typename Records>
class WebArchive : public Many {
 public:
  WebArchive(Bytes bytes, ReportPlace place, const SourceOptions& options)
      : records_(std::move(bytes), options.max_bytes),
        place_(std::move(place)),
        date_(options.date) {}

  std::optional<Found> next() override {
    auto item = records_.next();
    if (!item) return std::nullopt;
    place_.line = item->number;
    if (item->input) item->input->date = date_;
    return Found{place_, std::move(item->input), std::move(item->warnings), {}, item->size};
  }

 private:
  Records records_;
  ReportPlace place_;
  const std::string date_;
};

/// What lacks a date or an address gets those of the file.
void complete(Input& input, const ReportPlace& place, const SourceOptions& options) {
  if (input.date.empty()) {
    input.date = options.date;
    input.date_from.clear();
  }
  if (place.file != "-" && input.uri.empty()) input.uri = place.file;
}

/// The items of a feed, read whole.
class Feed : public Many {
 public:
  Feed(Bytes bytes, ReportPlace place, const SourceOptions& options)
      : place_(std::move(place)), options_(options) {
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
    complete(item->input, place_, options_);
    return Found{place_, std::move(item->input), std::move(item->warnings), {}, size};
  }

 private:
  ReportPlace place_;
  const SourceOptions options_;
  std::vector<Result<Page>> items_;
  std::optional<Error> problem_;
  std::uint64_t size_ = 0;
};

Result<Page> plain(std::string bytes, SourceFormat format, const SourceOptions& options) {
  Page page;
  page.input.bytes = std::move(bytes);
  page.input.media_type = format == SourceFormat::kHtml ? MediaType::kHtml : MediaType::kText;
  page.input.verbatim = options.verbatim;
  return page;
}

Result<Page> report_in(std::string bytes, SourceFormat format, const SourceOptions& options) {
  switch (format) {
    case SourceFormat::kMhtml:
      return page_of_mhtml(bytes);
    case SourceFormat::kMail:
      return report_of_mail(bytes);
    case SourceFormat::kOffice:
      return report_of_office(bytes, options.max_bytes);
    default:
      return plain(std::move(bytes), format, options);
  }
}

/// A file that is one report.
Found whole_file(Bytes bytes, ReportPlace place, SourceFormat format,
                 const SourceOptions& options) {
  auto all = bytes.read_rest(options.max_bytes);
  if (!all) return {std::move(place), tl::unexpected(std::move(all.error())), {}, {}};
  const std::uint64_t taken = all->size();
  auto page = report_in(std::move(*all), format, options);
  if (!page) return {std::move(place), tl::unexpected(std::move(page.error())), {}, {}, taken};
  complete(page->input, place, options);
  return {std::move(place), std::move(page->input), std::move(page->warnings), {}, taken};
}

}  // namespace

Opened open_bytes(Bytes bytes, ReportPlace place, const SourceOptions& options, unsigned depth) {
  SourceFormat format = options.format;
  // What --from says is said of the entries of an archive that is told by its name.
  const SourceFormat named = place.file == "-" ? SourceFormat::kAuto : format_of(place.file);
  if (named == SourceFormat::kArchive || named == SourceFormat::kWacz) format = named;
  if (format == SourceFormat::kAuto) format = named;
  if (format == SourceFormat::kAuto) {
    const auto start = bytes.peek();
    if (!start) return {Found{std::move(place), tl::unexpected(start.error()), {}, {}}, nullptr};
    format = format_of_bytes(*start);
  }
  switch (format) {
    case SourceFormat::kJsonLines:
      return {std::nullopt,
              std::make_unique<JsonLines>(std::move(bytes), std::move(place), options)};
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
