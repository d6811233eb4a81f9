// SPDX-License-Identifier: Apache-2.0
#include "chronicle/corrections/words.h"

#include <algorithm>

#include "chronicle/names.h"
#include "record/offsets.h"
#include "record/utf8.h"

namespace dateline::chronicle::corrections {

namespace {

/// So many bytes on each side are kept.
constexpr std::size_t kAround = 60;
/// More places than these are not told apart.
constexpr std::size_t kMostPlaces = 10'000;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// A text without its white space, and where each byte stood.
struct Bare {
  explicit Bare(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (is_space(text[at])) continue;
      bytes += text[at];
      stood.push_back(static_cast<std::uint32_t>(at));
    }
  }
  std::string bytes;
  std::vector<std::uint32_t> stood;
};

std::size_t shared_end(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first -
                                  a.rbegin());
}

std::size_t shared_beginning(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return out;
}

std::vector<std::size_t> all_in(std::string_view words, std::string_view text) {
  std::vector<std::size_t> places;
  if (words.empty()) return places;
  for (std::size_t at = text.find(words);
       at != std::string_view::npos && places.size() < kMostPlaces; at = text.find(words, at + 1)) {
    places.push_back(at);
  }
  return places;
}

}  // namespace

CorrectionWords words_at(std::string_view text, Span span) {
  std::size_t begin = span.begin - std::min<std::size_t>(span.begin, kAround);
  std::size_t end = std::min(text.size(), span.end + kAround);
  while (begin < span.begin && record::is_continuation(text[begin])) ++begin;
  while (end < text.size() && end > span.end && record::is_continuation(text[end])) --end;
  const record::CodePoints points(text);
  CorrectionWords words;
  words.span = {points.at(span.begin), points.at(span.end)};
  words.words = span.of(text);
  words.before = text.substr(begin, span.begin - begin);
  words.after = text.substr(span.end, end - span.end);
  return words;
}

Result<Span> found_again(const CorrectionWords& words, std::string_view text) {
  const std::string whole = words.before + words.words + words.after;
  const auto stood = record::Bytes(text).at(words.span.begin);
  if (stood && *stood >= words.before.size() &&
      text.substr(*stood - words.before.size()).starts_with(whole)) {
    return Span{*stood, static_cast<std::uint32_t>(*stood + words.words.size())};
  }
  const Bare in(text), sought(words.words), before(words.before), after(words.after);
  const auto places = all_in(sought.bytes, in.bytes);
  if (places.empty()) return fail(kUnattached, "its words are not in the report's text any more");
  std::size_t most = 0, which = 0, equal = 0;
  for (const std::size_t at : places) {
    const std::string_view here = in.bytes;
    const std::size_t shared = shared_end(before.bytes, here.substr(0, at)) +
                               shared_beginning(after.bytes, here.substr(at + sought.bytes.size()));
    if (shared > most || equal == 0) {
      most = shared;
      which = at;
      equal = 1;
    } else if (shared == most) {
      ++equal;
    }
  }
  if (2 * most < before.bytes.size() + after.bytes.size()) {
    return fail(kUnattached, "its words stand among others in the report's text now");
  }
  if (equal > 1) {
    return fail(kUnattached, "its words stand several times in the report's text now");
  }
  return Span{in.stood[which], in.stood[which + sought.bytes.size() - 1] + 1};
}

std::vector<Span> places_of(std::string_view words, std::string_view text) {
  const auto whole = [&](std::vector<std::size_t> places) {
    std::erase_if(places, [&](std::size_t at) {
      const std::size_t end = at + words.size();
      return (at > 0 && inside_word(text, at)) || (end < text.size() && inside_word(text, end));
    });
    return places;
  };
  auto places = whole(all_in(words, text));
  if (places.empty()) places = whole(all_in(lower(words), lower(text)));
  std::vector<Span> spans;
  for (const std::size_t at : places) {
    spans.push_back(
        {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())});
  }
  return spans;
}

}  // namespace dateline::chronicle::corrections
