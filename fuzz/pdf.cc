// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "dateline/reader.h"
#include "fuzz/promises.h"
#include "fuzz/targets.h"
#include "stream/pdf_pages.h"
#include "stream/pdf_text.h"

namespace dateline::fuzz {

namespace {

constexpr std::size_t kLimit = 1 << 20;

/// As it comes out of a pipe, in pieces.
Extract read(std::string_view bytes, std::size_t piece) {
  stream::PdfPagesReader pages(kLimit);
  while (!bytes.empty() && pages.take(bytes.substr(0, piece))) {
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  return stream::text_of(std::move(pages).finish());
}

}  // namespace

void fuzz_pdf(std::string_view bytes) {
  static const Reader reader = [] {
    ReaderOptions options;
    options.until = Until::kArticle;
    options.source_map = true;
    return std::move(Reader::open(options).value());
  }();
  Input input;
  input.bytes = bytes;
  input.media_type = MediaType::kPdf;
  input.extract = read(bytes, bytes.size() + 1);
  if (read(bytes, 7).text != input.extract->text) {
    throw std::logic_error("the text depends on how the pages come");
  }
  if (input.extract->text.empty()) return;
  const auto record = reader.read(input);
  if (!record) throw std::logic_error(record.error().message);
  require_promises(*record);
  std::string mapped;
  for (const PageSpan& one : record->page_map.value()) mapped += one.span.of(record->text);
  std::string words = record->text;
  std::erase_if(words, [](char c) { return c == ' ' || c == '\n'; });
  if (mapped != words) throw std::logic_error("words lead back to no page");
}

}  // namespace dateline::fuzz
