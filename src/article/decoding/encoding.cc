// SPDX-License-Identifier: Apache-2.0
#include "article/decoding/encoding.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "article/ascii.h"
#include "article/decoding/guess.h"
#include "record/utf8.h"

namespace dateline::article {

namespace {

/// Where a page must have named its encoding by. Of 618 development pages that name one 559 do
/// within the 1 KB that browsers look at, 598 within 4, 611 within 16, 616 within 64.
constexpr std::size_t kPrescanBytes = 16384;

constexpr const char* kUtf8 = "utf-8";

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

struct Mark {
  std::string_view bytes;
  const char* charset;
};
using namespace std::string_view_literals;
// The longer first: UTF-32's begins with UTF-16's.
constexpr Mark kMarks[] = {{"\xEF\xBB\xBF"sv, kUtf8},
                           {"\xFF\xFE\0\0"sv, "utf-32le"},
                           {"\0\0\xFE\xFF"sv, "utf-32be"},
                           {"\xFE\xFF"sv, "utf-16be"},
                           {"\xFF\xFE"sv, "utf-16le"}};

const Mark* mark_of(std::string_view bytes) {
  const auto* const found =
      std::ranges::find_if(kMarks, [&](const Mark& mark) { return bytes.starts_with(mark.bytes); });
  return found == std::end(kMarks) ? nullptr : found;
}

/// The name in <meta charset=...>, <meta ... content="text/html; charset=..."> or <?xml
/// encoding=?>.
std::string named_charset(std::string_view bytes) {
  static const re2::RE2 kCharset(
      R"((?i)<(?:meta[^>]{1,400}?charset|\?xml[^>]{1,100}?encoding)\s*=\s*["']?\s*([\w:.-]+))");
  std::string name;
  const std::string_view head = bytes.substr(0, kPrescanBytes);
  re2::RE2::PartialMatch(re2::StringPiece(head.data(), head.size()), kCharset, &name);
  return lower(name);
}

/// What browsers take a name for: the small supersets, and never UTF-16 for a page in which the
/// name could be read byte by byte.
std::string meant_charset(const std::string& name) {
  if (name == "iso-8859-1" || name == "latin1" || name == "latin-1" || name == "us-ascii" ||
      name == "ascii" || name == "iso8859-1" || name == "cp1252") {
    return "windows-1252";
  }
  if (name == "utf8") return kUtf8;
  if (name == "gb2312" || name == "gbk") return "gb18030";
  if (name == "iso-8859-9") return "windows-1254";
  if (name == "euc-kr" || name.starts_with("ks_c_5601")) return "windows-949";
  return name;
}

bool is_known(const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  const Converter converter(ucnv_open(charset.c_str(), &error), &ucnv_close);
  return U_SUCCESS(error);
}

/// Counts and goes on as ICU does by itself: U+FFFD.
void count_and_replace(const void* count, UConverterToUnicodeArgs* arguments, const char* units,
                       int32_t size, UConverterCallbackReason reason, UErrorCode* error) {
  if (reason <= UCNV_IRREGULAR) ++*static_cast<std::size_t*>(const_cast<void*>(count));
  UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, arguments, units, size, reason, error);
}

/// The bytes in this encoding; nothing where ICU does not know its name.
std::optional<std::string> convert(std::string_view bytes, const std::string& charset,
                                   std::size_t& replaced) {
  UErrorCode error = U_ZERO_ERROR;
  const Converter converter(ucnv_open(charset.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), count_and_replace, &replaced, nullptr, nullptr, &error);
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(),
                                error);
  if (U_FAILURE(error)) return std::nullopt;
  std::string out;
  text.toUTF8String(out);
  return out;
}

void warn_of_replaced(std::size_t count, const std::string& charset,
                      std::vector<std::string>& warnings) {
  if (count == 0) return;
  warnings.push_back(fmt::format("{} byte sequence{} that {} not {} replaced by U+FFFD", count,
                                 count == 1 ? "" : "s", count == 1 ? "is" : "are", charset));
}

std::string as_utf8(std::string_view bytes, std::vector<std::string>& warnings) {
  std::string text(bytes);
  if (const auto repair = record::repair_utf8(text)) {
    warn_of_replaced(repair->count, "UTF-8", warnings);
  }
  return text;
}

/// Decodes once more, character by character, and notes where each that is not ASCII ends.
void note_offsets(std::string_view bytes, std::size_t before, Decoded& out) {
  UErrorCode error = U_ZERO_ERROR;
  const Converter converter(ucnv_open(out.charset.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) return;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  std::uint32_t text = 0;
  while (at < end) {
    const char* const begin = at;
    const UChar32 code = ucnv_getNextUChar(converter.get(), &at, end, &error);
    if (U_FAILURE(error)) return;
    const std::uint32_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    text += size;
    if (static_cast<std::size_t>(at - begin) != size) {
      out.ends.emplace_back(text, before + static_cast<std::size_t>(at - bytes.data()));
    }
  }
}

std::string repaired(std::string text) {
  record::repair_utf8(text);
  return text;
}

/// Whether the bytes can be what they are said to be in.
bool fits(std::string_view bytes, bool is_valid, const std::string& charset) {
  if (charset == kUtf8) return is_valid || is_mostly_utf8(bytes);
  if (charset.starts_with("utf-")) return true;
  return !(is_valid && is_surely_utf8(bytes)) && can_be_in(beyond_ascii(bytes), charset);
}

/// The encoding that came with the page or that it names, if the bytes can be in it; else what they
/// look like, and a warning where that is a guess. `is_valid`: the bytes are valid UTF-8.
std::string choose_charset(std::string_view bytes, bool is_valid, std::string_view given,
                           std::vector<std::string>& warnings) {
  std::string named = meant_charset(lower(given)), guess;
  if (named.empty()) {
    guess = wide_by_nuls(bytes);
    if (guess.empty()) named = meant_charset(named_charset(bytes));
    if (named.starts_with("utf-16") || named.starts_with("utf-32")) named = kUtf8;
  }
  const bool known = named.empty() || is_known(named);
  if (known && !named.empty() && fits(bytes, is_valid, named)) return named;
  if (named.empty() && guess.empty() && is_valid) return kUtf8;
  if (guess.empty()) {
    const bool is_utf8 = is_valid || is_mostly_utf8(bytes);
    guess = is_utf8 ? kUtf8 : meant_charset(guess_charset(beyond_ascii(bytes)));
  }
  if (guess != named) {
    const std::string why = named.empty()
                                ? "the page names no encoding"
                                : fmt::format("the page's encoding '{}' {}", repaired(named),
                                              known ? "does not fit its bytes" : "is not known");
    warnings.push_back(fmt::format("{}: read as {}, by what its bytes look like", why, guess));
  }
  return guess;
}

}  // namespace

std::uint64_t Decoded::stored(std::uint32_t at) const {
  const auto after =
      std::upper_bound(ends.begin(), ends.end(), at,
                       [](std::uint32_t wanted, const auto& end) { return wanted < end.first; });
  if (after == ends.begin()) return at;
  const auto& [text_end, bytes_end] = *std::prev(after);
  return bytes_end + (at - text_end);
}

bool has_wide_mark(std::string_view bytes) {
  const Mark* const mark = mark_of(bytes);
  return mark != nullptr && mark->charset != kUtf8;
}

Decoded decode(std::string_view bytes, std::string_view given, bool offsets,
               std::vector<std::string>& warnings) {
  Decoded out;
  std::size_t mark_size = 0;
  if (const Mark* mark = mark_of(bytes)) {
    out.charset = mark->charset;
    mark_size = mark->bytes.size();
    bytes.remove_prefix(mark_size);
  }
  const bool is_valid = record::is_utf8(bytes);
  if (out.charset.empty()) out.charset = choose_charset(bytes, is_valid, given, warnings);
  const bool same = is_valid && out.charset == kUtf8;
  if (same) {
    out.text = bytes;
  } else if (out.charset == kUtf8) {
    out.text = as_utf8(bytes, warnings);
  } else {
    std::size_t replaced = 0;
    auto text = convert(bytes, out.charset, replaced);
    warn_of_replaced(replaced, out.charset, warnings);
    out.text = text ? std::move(*text) : as_utf8(bytes, warnings);
  }
  if (offsets) {
    if (mark_size > 0) out.ends.emplace_back(0, mark_size);
    if (!same) note_offsets(bytes, mark_size, out);
  }
  return out;
}

}  // namespace dateline::article
