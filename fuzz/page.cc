// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <stdexcept>
#include <string>

#include "dateline/reader.h"
#include "fuzz/promises.h"
#include "fuzz/targets.h"

namespace dateline::fuzz {

void fuzz_page(std::string_view bytes) {
  static const Reader reader = [] {
    ReaderOptions options;
    options.until = Until::kArticle;
    options.source_map = true;
    return std::move(Reader::open(options).value());
  }();
  Input input;
  input.bytes = bytes;
  input.media_type = MediaType::kHtml;
  input.uri = "https://gazette.example/2026/03/09/strike.html";
  const auto record = reader.read(input);
  if (!record) return;
  require_promises(*record);
  const bool same_bytes = record->source.charset == "utf-8";
  std::uint32_t reached = 0;
  for (const SourceSpan& one : record->source_map.value_or(std::vector<SourceSpan>())) {
    if (one.span.begin < reached || one.begin > one.end || one.end > bytes.size()) {
      throw std::logic_error("the source map is out of order or leaves the page");
    }
    reached = one.span.end;
    const std::string_view text = one.span.of(record->text);
    const std::string_view written = bytes.substr(one.begin, one.end - one.begin);
    if (!same_bytes || text.size() != written.size() || written.find('&') != written.npos) continue;
    const auto is_blank = [](char c) {
      return static_cast<unsigned char>(c) <= ' ' || c == '\x7F';
    };
    const auto same = [&](char a, char b) { return a == b || (is_blank(a) && is_blank(b)); };
    if (!std::equal(text.begin(), text.end(), written.begin(), same)) {
      throw std::logic_error("the source map names other words");
    }
  }
}

}  // namespace dateline::fuzz
