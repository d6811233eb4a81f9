// Reading one report: bytes in, a Record out.
//
//   auto reader = dateline::Reader::open({});
//   if (!reader) return complain(reader.error().message);
//   auto record = reader->read({.bytes = "Five people were hurt in Lagos on Friday.",
//                               .date = "2026-03-09"});
//
// read() is a pure function of the input, the models, the tables and the options: no clock, no
// network, no global state. One Reader serves any number of threads; each call borrows a scratch
// space of its own, so the same bytes come out whatever the threads or the order.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/halt.h"
#include "dateline/record.h"

namespace dateline {

/// What the bytes of a report are. Of the last three a reader of their own makes an Extract first
/// (read_all does so); Reader::read alone rejects them without it.
enum class MediaType { kText, kHtml, kPdf, kOffice, kSubtitles };

/// "text", "html", "pdf", "office", "subtitles".
std::string_view name_of(MediaType type);
std::optional<MediaType> media_type_called(std::string_view name);

/// What is known of a report from beside it: a sheet, an option, a catalogue. It outranks what the
/// report says of itself, and another time may say otherwise: the report stays the same one.
struct Beside {
  std::string date;  ///< Publication date.
  std::string title;
  std::string uri;
  std::string publisher;
  std::string licence;
};

/// What was made of the bytes of a PDF, a word processor's document or subtitles.
struct Extract {
  std::string text;               ///< Valid UTF-8, kept as it is.
  std::vector<Section> sections;  ///< In the order of the text, apart from each other.
  std::optional<std::vector<PageSpan>> page_map;
  std::optional<std::vector<TimeSpan>> time_map;
  std::string media_type;         ///< "application/pdf".
  std::string converter;          ///< As ReadBy::converter.
  std::string title, date;        ///< As the file states them; empty where it does not.
  std::string created, modified;  ///< When the file was made and changed: a weak hint of its day.
};

/// One report as it was found.
struct Input {
  std::string id;     ///< Empty: sha256 of the bytes.
  std::string bytes;  ///< The report; what is not UTF-8 in a kText is repaired, with a warning.
  MediaType media_type = MediaType::kText;
  std::string charset;    ///< kHtml: the encoding of the bytes; empty: as the page says.
  bool verbatim = false;  ///< kText: keep `text` as given instead of tidying white space. Either
                          ///< way: no text at all gives a record with a warning, not an error.
  std::string date;       ///< Publication date that came with it (ISO 8601, or as people write it).
  std::string date_from;  ///< What gave that date: "mail", "feed"; empty: whoever gave the report.
  std::string title;
  std::string uri;
  std::string file;  ///< Where it lay, where that is no address.
  Beside beside{};
  std::string assumed_date;  ///< Publication date where nothing else gives one.
  std::string retrieved;  ///< When it was fetched (ISO 8601); no report was published after that.
  std::optional<Extract> extract;  ///< Read in place of the bytes.
};

/// How far to read: each room can be run and timed alone.
enum class Until { kArticle, kLanguage, kReading };

/// How closely happenings are read: with the trunk, or several times as fast and less exactly
/// without it. The record is of one form.
enum class Depth { kExact, kFast };

struct ReaderOptions {
  std::string pipeline;   ///< Directory or name under models/; empty: the default one.
  std::string knowledge;  ///< Directory of tables; empty: the installed one.
  Until until = Until::kReading;
  Depth depth = Depth::kExact;
  bool tokens = false;      ///< Keep tokens and names in the record.
  bool source_map = false;  ///< Keep the way back from the text, where there is one.
  std::size_t max_bytes = 32u * 1024u * 1024u;  ///< A larger report is rejected.
};

class Reader {
 public:
  /// Loads the pipeline and the tables. Fails where one is missing, altered or unknown.
  static Result<Reader> open(const ReaderOptions& options);

  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// Reads one report. An error is the reason the report is rejected; the reader stays usable.
  /// Where `halt` asks for it, reading is given up soon (code 1012): a record is whole or not at
  /// all.
  Result<Record> read(const Input& input, const Halt& halt = {}) const;

  /// What reads: engine version, pipeline name and version, sha256 of the tables and
  /// of the trained components.
  const ReadBy& read_by() const;

  /// As ReaderOptions::max_bytes.
  std::size_t max_bytes() const;

 private:
  struct Impl;
  explicit Reader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline
