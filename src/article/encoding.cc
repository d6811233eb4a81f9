// SPDX-License-Identifier: Apache-2.0
#include "article/encoding.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/unistr.h>

#include <memory>
#include <optional>
#include <utility>

#include "record/utf8.h"

namespace dateline::article {

namespace {

constexpr std::size_t kPrescanBytes = 4096;  // Where a page must have named its encoding by.

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

struct Mark {
  std::string_view bytes;
  const char* charset;
};
constexpr Mark kMarks[] = {
    {"\xEF\xBB\xBF", "utf-8"}, {"\xFE\xFF", "utf-16be"}, {"\xFF\xFE", "utf-16le"}};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return out;
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
  if (name == "gb2312" || name == "gbk") return "gb18030";
  if (name == "iso-8859-9") return "windows-1254";
  return name;
}

bool is_utf8_name(const std::string& name) { return name == "utf-8" || name == "utf8"; }

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

}  // namespace

std::string decode(std::string_view bytes, std::string_view given,
                   std::vector<std::string>& warnings) {
  std::string charset;
  for (const Mark& mark : kMarks) {
    if (charset.empty() && bytes.starts_with(mark.bytes)) {
      charset = mark.charset;
      bytes.remove_prefix(mark.bytes.size());
    }
  }
  if (charset.empty()) charset = meant_charset(lower(given));
  if (charset.empty()) {
    charset = meant_charset(named_charset(bytes));
    if (charset.starts_with("utf-16") || charset.starts_with("utf-32")) charset = "utf-8";
  }
  if (is_utf8_name(charset)) return as_utf8(bytes, warnings);
  if (!charset.empty()) {
    std::size_t replaced = 0;
    if (auto text = convert(bytes, charset, replaced)) {
      warn_of_replaced(replaced, charset, warnings);
      return std::move(*text);
    }
    warnings.push_back(fmt::format("the page's encoding '{}' is not known", charset));
  }
  if (record::is_utf8(bytes)) return std::string(bytes);
  warnings.emplace_back("the page names no known encoding and is not UTF-8: read as windows-1252");
  std::size_t replaced = 0;
  auto text = convert(bytes, "windows-1252", replaced);
  return text ? std::move(*text) : as_utf8(bytes, warnings);
}

}  // namespace dateline::article
