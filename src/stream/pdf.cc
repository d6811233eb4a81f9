// SPDX-License-Identifier: Apache-2.0
#include "stream/pdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "record/utf8.h"
#include "stream/child.h"
#include "stream/pdf_pages.h"
#include "stream/pdf_text.h"

namespace dateline::stream {

namespace {

constexpr int kNoPdf = 1018;
constexpr int kNotInstalled = 1019;
constexpr ChildLimits kLimits;
constexpr std::uint64_t kMostMarkup = 512ULL << 20;  ///< Bytes: 10,000 pages.
constexpr std::size_t kMostQuoted = 120;

/// The first line of what a program said, as far as it can be shown.
std::string first_line(std::string_view said) {
  std::string line(said.substr(0, std::min(said.find('\n'), kMostQuoted)));
  record::repair_utf8(line);
  std::erase_if(line, [](char c) { return (c & 0x80) == 0 && (c < ' ' || c == 0x7F); });
  return line;
}

Error why_broken(const ChildEnd& end) {
  if (end.said.find("Incorrect password") != std::string::npos) {
    return {kNoPdf, "the PDF is encrypted: save it without its password", {}};
  }
  const std::string said = first_line(end.said);
  if (end.why == ChildEnd::Why::kKilled || said.find("memory") != std::string::npos) {
    return {
        kNoPdf,
        fmt::format("pdftotext fails over the PDF ({}), or needs more than the {} MB of memory "
                    "that it may use",
                    end.why == ChildEnd::Why::kKilled ? fmt::format("signal {}", end.status) : said,
                    kLimits.memory >> 20),
        {}};
  }
  return {kNoPdf,
          fmt::format("the PDF is broken or ends too early{}{}", said.empty() ? "" : ": ", said),
          {}};
}

/// "2026-03-10T09:30:00+02" has no minutes in its zone.
std::string whole_zone(std::string date) {
  const std::size_t size = date.size();
  const bool hours_only =
      size > 13 && (date[size - 3] == '+' || date[size - 3] == '-') && date[size - 6] == ':';
  return hours_only ? date + ":00" : date;
}

}  // namespace

const PdfConverter::Program& PdfConverter::program() const {
  std::call_once(once_, [this] {
    program_.path = find_program("pdftotext");
    if (program_.path.empty()) return;
    // It says so on standard error, and ends well or not by its version.
    const auto end = run_child(program_.path, {"-v"}, {}, {std::chrono::seconds(10)}, {},
                               [](std::string_view) { return true; });
    constexpr std::string_view kBegins = "pdftotext version ";
    const std::string line = end ? first_line(end->said) : "";
    if (line.starts_with(kBegins)) program_.version = "pdftotext " + line.substr(kBegins.size());
  });
  return program_;
}

Result<Extract> PdfConverter::extract(std::string_view bytes, std::size_t limit,
                                      std::vector<std::string>& warnings, const Halt& halt) const {
  if (program().path.empty()) {
    return fail(kNotInstalled,
                "a PDF is read with pdftotext, which is not installed: install poppler-utils");
  }
  PdfPagesReader reader(limit);
  std::uint64_t taken = 0;
  const auto end = run_child(program().path, {"-bbox-layout", "-enc", "UTF-8", kChildsFile, "-"},
                             bytes, kLimits, halt, [&](std::string_view piece) {
                               taken += piece.size();
                               return taken <= kMostMarkup && reader.take(piece);
                             });
  if (!end) return tl::unexpected(end.error());
  using Why = ChildEnd::Why;
  if (end->why == Why::kHalted) {
    return halt.stopped()
               ? fail(1012, "reading it was stopped")
               : fail(1012, "making text of the PDF takes longer than it may (--time-limit)");
  }
  const PdfPages pages = std::move(reader).finish();
  const bool whole = end->why == Why::kEnded && end->status == 0;
  if (pages.words.empty()) {
    if (end->why == Why::kTooLong) {
      return fail(kNoPdf, fmt::format("making text of the PDF takes longer than {} s",
                                      kLimits.time.count()));
    }
    if (end->why == Why::kEnough)
      return fail(1001, "a page of the PDF has more words than are read");
    if (!whole) return tl::unexpected(why_broken(*end));
    return fail(1003, fmt::format("the PDF has no text, only pictures on {} page{}: it is a scan, "
                                  "which text recognition (OCR) has to read first",
                                  pages.pages.size(), pages.pages.size() == 1 ? "" : "s"));
  }
  if (!whole) {
    warnings.push_back(fmt::format(
        "the PDF was read up to page {}: {}", pages.pages.size(),
        end->why == Why::kTooLong  ? fmt::format("it takes longer than {} s", kLimits.time.count())
        : end->why == Why::kEnough ? "it is longer than what is read"
                                   : why_broken(*end).message));
  } else if (end->said.find("Error") != std::string::npos) {
    warnings.push_back(fmt::format("the PDF is damaged, and text may be missing: pdftotext says {}",
                                   first_line(end->said)));
  }
  Extract extract = text_of(pages);
  extract.media_type = "application/pdf";
  extract.converter = program().version;
  extract.created = whole_zone(std::move(extract.created));
  extract.modified = whole_zone(std::move(extract.modified));
  return extract;
}

}  // namespace dateline::stream
