// The text's own letters and words tell, by CLD2; what pages state is often what their publishing
// system was made with. Names and loan words mislead it in a sentence or two, so it is asked for a
// text of some length, and believed where it is sure.
// SPDX-License-Identifier: Apache-2.0
#include "article/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <fmt/format.h>

#include <algorithm>

namespace dateline::article {

namespace {

constexpr std::size_t kShortest = 100;         // Bytes.
constexpr std::size_t kBeginning = 64 * 1024;  // Of a long text its beginning tells.
constexpr int kMostlyPercent = 80;

struct Told {
  std::string code, name;
};

/// Empty where the text does not tell.
Told told_by(std::string_view text) {
  if (text.size() < kShortest) return {};
  if (text.size() > kBeginning) {
    text = text.substr(0, kBeginning);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80) != 0) {
      text.remove_suffix(1);
    }
  }
  const CLD2::CLDHints no_hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING,
                                   CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language three[3];
  int percent[3], bytes = 0;
  double score[3];
  bool reliable = false;
  const CLD2::Language language =
      CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, &no_hints, 0,
                                     three, percent, score, nullptr, &bytes, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE || three[0] != language ||
      percent[0] < kMostlyPercent) {
    return {};
  }
  std::string name = CLD2::LanguageName(language);
  for (std::size_t i = 1; i < name.size(); ++i) {  // "SPANISH"
    const bool upper = name[i] >= 'A' && name[i] <= 'Z';
    const bool inner = name[i - 1] != ' ' && name[i - 1] != '_';
    if (upper && inner) name[i] = static_cast<char>(name[i] | 0x20);
  }
  return {CLD2::LanguageCode(language), std::move(name)};
}

}  // namespace

void note_language(Record& record) {
  const Told told = told_by(record.text);
  if (told.code.empty()) return;
  if (told.code == "en") {
    if (!record.language.starts_with("en")) record.language = "en";
    return;
  }
  record.language = told.code;
  record.warnings.push_back(
      fmt::format("the text seems to be in {}: only English is read", told.name));
}

}  // namespace dateline::article
