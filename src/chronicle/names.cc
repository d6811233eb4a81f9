// SPDX-License-Identifier: Apache-2.0
#include "chronicle/names.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "chronicle/database.h"
#include "record/utf8.h"

namespace dateline::chronicle {

namespace {

/// One call may take long, so that SQLite's own count of steps would let a query's time run out.
void speaks_of_in_sql(sqlite3_context* context, int, sqlite3_value** values) {
  if (static_cast<const Clock*>(sqlite3_user_data(context))->is_over()) {
    return sqlite3_result_error_code(context, SQLITE_INTERRUPT);
  }
  const auto view = [](sqlite3_value* value) {
    const void* data = sqlite3_value_blob(value);
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
    return data == nullptr ? std::string_view()
                           : std::string_view(static_cast<const char*>(data), size);
  };
  sqlite3_result_int(context, speaks_of(view(values[0]), view(values[1])));
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  if (record::is_ascii(text)) {
    out.resize(text.size());
    std::ranges::transform(text, out.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  auto unicode = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  unicode.foldCase();
  if (U_SUCCESS(status)) unicode = decompose->normalize(unicode, status);
  icu::UnicodeString bare;
  for (std::int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
    const UChar32 character = unicode.char32At(i);
    if (u_charType(character) != U_NON_SPACING_MARK) bare.append(character);
  }
  bare.foldCase();
  bare.toUTF8String(out);
  return out;
}

std::string in_capitals(std::string_view text) {
  std::string capitals(text);
  for (char& c : capitals) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return capitals;
}

bool inside_word(std::string_view text, std::size_t at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto before = static_cast<std::int32_t>(at), after = before;
  UChar32 left = 0, right = 0;
  U8_PREV(bytes, 0, before, left);
  U8_NEXT(bytes, after, static_cast<std::int32_t>(text.size()), right);
  return left > 0 && right > 0 && u_isalnum(left) && u_isalnum(right);
}

bool speaks_of(std::string_view text, std::string_view folded_name) {
  if (folded_name.empty()) return true;
  const std::string hay = folded(text);
  for (std::size_t at = hay.find(folded_name); at != std::string::npos;
       at = hay.find(folded_name, at + 1)) {
    if (at == 0 || !inside_word(hay, at)) return true;
  }
  return false;
}

void teach_names(Database& database) {
  // The clock lives as long as the connection.
  void* const clock = const_cast<Clock*>(&database.clock());
  sqlite3_create_function_v2(database.handle(), "speaks_of", 2,
                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, clock,
                             speaks_of_in_sql, nullptr, nullptr, nullptr);
}

}  // namespace dateline::chronicle
