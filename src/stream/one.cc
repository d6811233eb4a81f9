// One report that is given as bytes: read as the same file would be.
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>
#include <vector>

#include "dateline/stream.h"
#include "stream/extract.h"
#include "stream/format.h"
#include "stream/many.h"

namespace dateline {

namespace {

bool holds_one(SourceFormat format) {
  switch (format) {
    case SourceFormat::kText:
    case SourceFormat::kHtml:
    case SourceFormat::kMhtml:
    case SourceFormat::kMail:
    case SourceFormat::kOffice:
    case SourceFormat::kPdf:
    case SourceFormat::kSubtitles:
      return true;
    default:
      return false;
  }
}

/// Fills what the input leaves open.
void fill(Input& input, Input&& found) {
  if (input.date.empty()) {
    input.date = std::move(found.date);
    if (!input.date.empty()) input.date_from = std::move(found.date_from);
  }
  if (input.title.empty()) input.title = std::move(found.title);
  if (input.uri.empty()) input.uri = std::move(found.uri);
  if (input.charset.empty()) input.charset = std::move(found.charset);
  if (input.retrieved.empty()) input.retrieved = std::move(found.retrieved);
  input.bytes = std::move(found.bytes);
  input.media_type = found.media_type;
}

}  // namespace

Result<Record> read_one(Input input, SourceFormat format, const Reader& reader, const Halt& halt) {
  const bool told = format == SourceFormat::kAuto;
  if (told) format = stream::format_of_bytes(input.bytes);
  // A text that begins with a brace is one all the same.
  if (told && format == SourceFormat::kJsonLines) format = SourceFormat::kText;
  if (!holds_one(format)) {
    return fail(1021, "the bytes may hold several reports: give the file to `dateline read`");
  }
  if (input.bytes.size() > reader.max_bytes()) {
    return fail(1001, "the report has more bytes than are read (max_bytes)");
  }
  auto found = stream::report_in(std::move(input.bytes), format, input.verbatim);
  if (!found) return tl::unexpected(std::move(found.error()));
  fill(input, std::move(found->input));
  const stream::Extractor extractor(reader.max_bytes());
  if (auto ready = extractor.prepare(input, found->warnings, halt); !ready) {
    return tl::unexpected(std::move(ready.error()));
  }
  auto record = reader.read(input, halt);
  if (record) {
    record->warnings.insert(record->warnings.begin(), found->warnings.begin(),
                            found->warnings.end());
  }
  return record;
}

}  // namespace dateline
