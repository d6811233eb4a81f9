// SPDX-License-Identifier: Apache-2.0
#include "server/long_answers.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "export/formats.h"
#include "export/json_lines.h"
#include "server/query.h"

namespace dateline::server {

namespace {

/// An export page by page: each is asked for when the client has taken the one before, so that a
/// slow one keeps neither a thread nor a moment of the store.
class Export {
 public:
  Export(const Chronicle& chronicle, std::unique_ptr<exporting::Writer> writer,
         HappeningFilter filter)
      : chronicle_(chronicle), writer_(std::move(writer)), filter_(std::move(filter)) {}

  Result<Piece> next() {
    constexpr std::size_t kMostOfPiece = 200, kMostBytesOfPiece = 1u << 20;
    Piece piece;
    if (!begun_) writer_->begin(piece.text);
    begun_ = true;
    const std::size_t left =
        filter_.events.limit == 0 ? kMostOfPiece : filter_.events.limit - given_;
    HappeningFilter page = filter_;
    page.events.limit = std::min(left, kMostOfPiece);
    std::size_t seen = 0;
    bool is_cut = false;
    const auto given = chronicle_.happenings(page, [&](const Happening& happening) {
      writer_->add(happening, piece.text);
      filter_.events.after = happening.cursor;
      ++seen;
      is_cut = piece.text.size() >= kMostBytesOfPiece;
      return !is_cut;
    });
    if (!given) return tl::unexpected(given.error());
    given_ += seen;
    const bool is_enough = filter_.events.limit > 0 && given_ == filter_.events.limit;
    if (is_enough || (!is_cut && seen < page.events.limit)) {
      writer_->end(piece.text);
      piece.then = Piece::kLast;
    }
    return piece;
  }

 private:
  const Chronicle& chronicle_;
  const std::unique_ptr<exporting::Writer> writer_;
  HappeningFilter filter_;
  std::size_t given_ = 0;
  bool begun_ = false;
};

class Feed {
 public:
  Feed(const Desk& desk, std::string cursor) : desk_(desk), cursor_(std::move(cursor)) {}

  Piece next() {
    constexpr std::size_t kMostOfPiece = 200;
    constexpr std::chrono::seconds kBeat(15);  // A client that has gone shows when it is sent to.
    const auto version = desk_.state->version();
    if (!version) return {{}, Piece::kBroken};
    Piece piece;
    if (version_ != *version) {
      std::size_t given = 0;
      std::string line;
      const auto cursor = desk_.chronicle.changes(cursor_, kMostOfPiece, [&](const Change& change) {
        line.clear();
        exporting::append_json_line(change, line);
        piece.text += fmt::format("id: {}\nevent: change\ndata: {}\n", change.cursor, line);
        ++given;
        return true;
      });
      if (!cursor) return {{}, Piece::kBroken};
      cursor_ = *cursor;
      if (given < kMostOfPiece) version_ = *version;
    }
    const auto now = std::chrono::steady_clock::now();
    if (!told_) piece.text += fmt::format("id: {}\n\n", cursor_);
    if (piece.text.empty() && now - *told_ > kBeat) piece.text = ":\n\n";
    if (!piece.text.empty()) told_ = now;
    return piece;
  }

 private:
  const Desk& desk_;  // The server's own, which outlives its answers.
  std::string cursor_;
  std::optional<std::uint64_t> version_;  ///< Of the store, up to which all was told.
  std::optional<std::chrono::steady_clock::time_point> told_;
};

}  // namespace

Answer exported(const Request& request, const Desk& desk) {
  auto query = query_of(request, 0, {"background", "format", "tolls"});
  if (!query) return failure(400, query.error());
  const auto format = exporting::format_called(query->format);
  if (!format) return failure(400, format.error());
  auto writer = (*format)->open("");
  if (!writer) return failure(500, writer.error());
  query->filter.texts = (*format)->texts;
  const auto pieces = std::make_shared<Export>(desk.chronicle, std::move(*writer), query->filter);
  // The first tells whether it can be asked for.
  auto first = pieces->next();
  if (!first) return failure(first.error());
  return {.content_type = std::string((*format)->media_type),
          .file_name = fmt::format("chronicle{}", (*format)->extension),
          .stream = [pieces, first = std::make_shared<Piece>(std::move(*first)),
                     is_first = true]() mutable -> Piece {
            if (std::exchange(is_first, false)) return std::move(*first);
            auto next = pieces->next();
            return next ? std::move(*next) : Piece{{}, Piece::kBroken};
          }};
}

Answer followed(const Request& request, const Desk& desk) {
  auto fields = fields_of(request, 0, {"since"});
  if (!fields) return failure(400, fields.error());
  std::string cursor = (*fields)["since"];
  if (!request.last_event_id.empty()) cursor = request.last_event_id;
  if (cursor.empty()) {  // A store without changes says so below.
    auto now = desk.state->cursor();
    if (!now) return failure(now.error());
    cursor = std::move(*now);
  }
  // Whether it is one of this store's.
  const auto known = desk.chronicle.changes(cursor, 1, [](const Change&) { return false; });
  if (!known) return failure(known.error());
  return {
      .content_type = "text/event-stream",
      .stream = [feed = std::make_shared<Feed>(desk, std::move(cursor))] { return feed->next(); }};
}

}  // namespace dateline::server
