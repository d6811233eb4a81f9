// SPDX-License-Identifier: Apache-2.0
#include "export/marked_page.h"

#include <algorithm>
#include <vector>

namespace dateline::exporting {

namespace {

struct Bytes {
  std::uint64_t begin = 0, end = 0;
};

/// Where the words stand in the page, in its order; pieces with only white space between are one.
std::vector<Bytes> places_of(const std::vector<SourceSpan>& map, Span words,
                             std::string_view page) {
  std::vector<Bytes> places;
  for (const SourceSpan& stretch : map) {
    if (!stretch.span.overlaps(words) || stretch.begin >= stretch.end || stretch.end > page.size())
      continue;
    Bytes place{stretch.begin, stretch.end};
    if (stretch.span.size() == stretch.end - stretch.begin) {
      place.begin += std::max(words.begin, stretch.span.begin) - stretch.span.begin;
      place.end -= stretch.span.end - std::min(words.end, stretch.span.end);
    }
    places.push_back(place);
  }
  std::sort(places.begin(), places.end(),
            [](const Bytes& a, const Bytes& b) { return a.begin < b.begin; });
  std::vector<Bytes> joined;
  for (const Bytes& place : places) {
    const std::size_t end = joined.empty() ? 0 : joined.back().end;
    if (!joined.empty() && page.find_first_not_of(" \t\r\n", end) >= place.begin) {
      joined.back().end = std::max(joined.back().end, place.end);
    } else {
      joined.push_back(place);
    }
  }
  return joined;
}

}  // namespace

std::string marked_page(std::string_view page, const Record& record, Span words) {
  const std::string_view charset = record.source.charset;
  const bool as_ascii = !charset.starts_with("utf-16") && !charset.starts_with("utf-32") &&
                        !charset.starts_with("iso-2022");
  std::string out;
  std::size_t done = 0;
  if (record.source_map && as_ascii) {
    for (const Bytes& place : places_of(*record.source_map, words, page)) {
      out += page.substr(done, place.begin - done);
      out += done == 0 ? "<mark id=\"dateline\">" : "<mark>";
      out += page.substr(place.begin, place.end - place.begin);
      out += "</mark>";
      done = place.end;
    }
  }
  return out += page.substr(done);
}

}  // namespace dateline::exporting
