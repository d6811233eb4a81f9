// SPDX-License-Identifier: Apache-2.0
#include "stream/extract.h"

#include <fmt/format.h>

#include <utility>

#include "stream/office.h"
#include "stream/subtitles.h"

namespace dateline::stream {

namespace {

Result<Extract> extract_of(const Input& input, std::size_t limit, const PdfConverter& pdf,
                           std::vector<std::string>& warnings, const Halt& halt) {
  switch (input.media_type) {
    case MediaType::kPdf:
      return pdf.extract(input.bytes, limit, warnings, halt);
    case MediaType::kOffice:
      return extract_of_office(input.bytes, limit, warnings);
    default:
      return extract_of_subtitles(input.bytes, warnings);
  }
}

}  // namespace

Result<void> Extractor::prepare(Input& input, std::vector<std::string>& warnings,
                                const Halt& halt) const {
  if (input.media_type == MediaType::kText || input.media_type == MediaType::kHtml) return {};
  if (input.bytes.size() > limit_) {
    return fail(1001, fmt::format("the report has {} bytes; at most {} are read (--max-bytes)",
                                  input.bytes.size(), limit_));
  }
  auto extract = extract_of(input, limit_, pdf_, warnings, halt);
  if (!extract) return tl::unexpected(std::move(extract.error()));
  input.extract = std::move(*extract);
  return {};
}

}  // namespace dateline::stream
