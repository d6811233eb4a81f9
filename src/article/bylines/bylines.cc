// SPDX-License-Identifier: Apache-2.0
#include "article/bylines/bylines.h"

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <utility>

#include "article/ascii.h"
#include "article/white_space.h"
#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::article {

namespace {

/// A statement is looked at so far: a hostile one may name a million.
constexpr std::size_t kMostWordsSaid = 400;
/// Words of a name with its degrees and jobs; more are a sentence. 8 to 40: no difference on WCXB.
constexpr std::size_t kMostNameWords = 20;
/// That a page can name; more are no authors.
constexpr std::size_t kMostAuthors = 50;
/// Bytes: what is longer is a sentence. 30 to 100 make no difference on WCXB.
constexpr std::size_t kLongestName = 60;

/// Bytes of a word of one; more are glued or Chinese. 12 to 40: no difference on WCXB.
constexpr std::size_t kLongestWord = 24;
/// Of a small word: "van", "bint". 3 the same on WCXB, 2 .004 and 6 .002 worse.
constexpr std::size_t kLongestParticle = 4;

std::string lower_word(std::string_view text) {
  std::string out(text);
  bool ascii = true;
  for (char& c : out) {
    ascii = ascii && (c & 0x80) == 0;
    c = lower(c);
  }
  if (ascii) return out;
  auto units = icu::UnicodeString::fromUTF8(out);
  out.clear();
  units.toLower(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

bool has_digit(std::string_view word) {
  return word.find_first_of("0123456789") != std::string_view::npos;
}

/// Signs that part a byline as no comma does: nothing after them belongs to the name.
constexpr std::array<std::string_view, 16> kSigns = {
    "|",      "(",      ")",      "[",      "]",      "\u2022", "\u00B7", "\u22C5",
    "\u2219", "\u00BB", "\u203A", "\uFF0F", "\u2013", "\u2014", "-",      "/"};
/// Those of them that part words also without blanks around them.
constexpr std::size_t kGlued = 12;

/// A letter, a digit or a blank of ASCII, with which no sign begins.
bool is_word_sign(char c) { return is_letter(c) || is_digit(c) || c == ' '; }

/// The words of a statement, signs as words of their own.
std::vector<std::string> words_of(std::string_view statement) {
  std::string spaced;
  const std::string squeezed = squeeze(statement.substr(0, kMostWordsSaid * 40));
  for (std::size_t at = 0; at < squeezed.size();) {
    const std::string_view rest = std::string_view(squeezed).substr(at);
    const bool may_be = !is_word_sign(rest[0]);
    const auto sign = std::find_if(kSigns.begin(), kSigns.begin() + kGlued,
                                   [&](auto one) { return may_be && rest.starts_with(one); });
    const bool glued = sign != kSigns.begin() + kGlued;
    const std::size_t size = glued ? sign->size() : 1;
    if (glued) spaced += ' ';
    spaced += rest.substr(0, size);
    if (glued) spaced += ' ';
    at += size;
  }
  std::vector<std::string> words;
  for (std::size_t at = 0; at < spaced.size() && words.size() < kMostWordsSaid;) {
    const std::size_t end = std::min(spaced.find(' ', at), spaced.size());
    if (end > at) words.push_back(spaced.substr(at, end - at));
    at = end + 1;
  }
  // "ByAda Obi": an element of its own, and no blank.
  if (!words.empty() && words[0].size() > 3 && lower_word(words[0]).starts_with("by") &&
      is_lower(words[0][1]) && is_upper(words[0][2]) && is_lower(words[0][3])) {
    words.insert(words.begin() + 1, words[0].substr(2));
    words[0].resize(2);
  }
  return words;
}

bool is_sign(std::string_view word) {
  return std::find(kSigns.begin(), kSigns.end(), word) != kSigns.end();
}

/// A word without the signs that end it.
std::string_view bare(std::string_view word) {
  while (!word.empty() && std::string_view(",;:").find(word.back()) != std::string_view::npos) {
    word.remove_suffix(1);
  }
  return word;
}

bool ends_part(std::string_view word) { return word.ends_with(',') || word.ends_with(';'); }

bool is_capitalised(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.front());
  return is_upper(word.front()) || first >= 0xC3;  // Å, É, Š, Ж, ... and their small ones.
}

/// "ChecklistsJust": words of two elements. "McDonald" and "FitzGerald" are one.
bool is_glued(std::string_view word) {
  std::size_t small = 0;
  for (const char c : word) {
    if (is_upper(c) && small > 4) return true;
    small = is_lower(c) ? small + 1 : 0;
  }
  return false;
}

/// "page.author.name": a template that was not filled.
bool is_variable(std::string_view name) {
  return std::count(name.begin(), name.end(), '.') > 1 &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_lower(c) || c == '.'; });
}

/// Several capitals or a full stop: "MD", "Ph.D."; "Ma" and "Do" are names.
bool is_abbreviation(std::string_view word) {
  return word.find('.') != std::string_view::npos ||
         std::count_if(word.begin(), word.end(), is_upper) > 1;
}

std::string join(const std::vector<std::string>& words, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) {
    if (!out.empty()) out += ' ';
    out += words[i];
  }
  return out;
}

}  // namespace

Result<Bylines> Bylines::load(const std::filesystem::path& path) {
  auto table = knowledge::Table::load(path, {"kind", "words"});
  if (!table) return tl::unexpected(table.error());
  constexpr std::array<std::pair<std::string_view, Kind>, 8> kKinds = {{{"by", Kind::kBy},
                                                                        {"perhaps", Kind::kPerhaps},
                                                                        {"other", Kind::kOther},
                                                                        {"end", Kind::kEnd},
                                                                        {"and", Kind::kAnd},
                                                                        {"none", Kind::kNone},
                                                                        {"job", Kind::kJob},
                                                                        {"degree", Kind::kDegree}}};
  Bylines out;
  for (const auto& [cells, line] : table->rows()) {
    const Kind* kind = knowledge::find_pair(kKinds, cells[0]);
    if (kind == nullptr) {
      return fail(3010, fmt::format("{}:{}: no kind '{}'", path.string(), line, cells[0]));
    }
    for (const std::string_view words : knowledge::split_cell(cells[1])) {
      out.kinds_[std::string(words)] |= 1U << static_cast<unsigned>(*kind);
      out.most_words_ = std::max(out.most_words_, count_words(words));
    }
  }
  return out;
}

bool Bylines::is(std::string_view words, Kind kind) const {
  const unsigned* kinds = knowledge::find(kinds_, words);
  return kinds != nullptr && (*kinds >> static_cast<unsigned>(kind) & 1) != 0;
}

std::size_t Bylines::known_at(const std::vector<std::string>& words, std::size_t at,
                              Kind kind) const {
  std::string phrase;
  std::size_t found = 0;
  for (std::size_t i = at; i < std::min(words.size(), at + most_words_); ++i) {
    if (i > at) phrase += ' ';
    phrase += lower_word(bare(words[i]));
    if (is(phrase, kind)) found = i + 1 - at;
    if (bare(words[i]).size() < words[i].size()) break;
  }
  return found;
}

std::size_t Bylines::announcement(const std::vector<std::string>& words, std::size_t at) const {
  if (const std::size_t size = known_at(words, at, Kind::kBy); size > 0) return size;
  // "Von Ada Obi" announces, "Von Miller" is a name.
  const std::size_t size = known_at(words, at, Kind::kPerhaps);
  return size > 0 && (words[at + size - 1].ends_with(':') || at + size + 2 <= words.size()) ? size
                                                                                            : 0;
}

std::vector<std::string> Bylines::parse(const std::vector<std::string>& words, std::size_t begin,
                                        std::string_view outlet, bool shown) const {
  std::size_t last_and = 0;
  for (std::size_t i = begin; i < words.size(); ++i) {
    if (is(words[i], Kind::kAnd)) last_and = i;
  }
  // "Ministry of Ports and Fisheries", "Northwire and staff": one author.
  if (last_and > begin && last_and + 2 == words.size()) {
    const bool and_staff = last_and == begin + 1 && is(lower_word(words.back()), Kind::kNone);
    if (and_staff || (!shown && last_and > begin + 1)) last_and = words.size();
  }
  std::vector<std::string> names, doubtful;
  std::vector<std::string> part;
  const auto finish = [&] {
    if (part.size() > kMostNameWords) return part.clear();
    while (part.size() > 2 && is(lower_word(part.back()), Kind::kDegree) &&
           is_abbreviation(part.back())) {
      part.pop_back();
    }
    const auto is_job = [&](const std::string& word) { return is(lower_word(word), Kind::kJob); };
    const auto job = std::find_if(part.begin(), part.end(), is_job);
    bool sure = job == part.end();
    if (!sure) {
      // "Ada Obi Staff Writer" begins with a name; "Harbour Reporter" may be none.
      const auto from = std::find_if_not(part.begin(), part.end(), is_job);
      const auto at = static_cast<std::size_t>(job - part.begin());
      if (part.size() - at > 1 && is_job(part[at + 1]) && is_person(join(part, 0, at))) {
        part.resize(at);
        sure = true;
      } else if (job == part.begin() && std::none_of(from, part.end(), is_job)) {
        part.erase(part.begin(), from);
        sure = is_person(join(part, 0, part.size()));
      }
    }
    // "Ada Obi Ada Obi": once as the picture's text.
    if (const std::size_t half = part.size() / 2;
        half > 1 && part.size() % 2 == 0 &&
        std::equal(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(half),
                   part.begin() + static_cast<std::ptrdiff_t>(half))) {
      part.resize(half);
    }
    for (std::size_t i = 2; i < part.size(); ++i) {
      if (!outlet.empty() && same_headline(join(part, i, part.size()), outlet)) part.resize(i);
    }
    std::string name = join(part, 0, part.size());
    part.clear();
    while (!name.empty() &&
           (std::string_view(",.:;|-/").find(name.back()) != std::string_view::npos) &&
           !(name.back() == '.' && name.size() > 3 && name[name.size() - 3] == ' ')) {
      name.pop_back();
    }
    const std::string folded = lower_word(name);
    if (name.size() < 2 || name.size() > kLongestName) return;
    for (const Kind kind : {Kind::kNone, Kind::kBy, Kind::kPerhaps}) {
      if (is(folded, kind)) return;
    }
    // "Site Admin" is nobody, "Ports Editor" somebody.
    const std::string last = folded.substr(folded.rfind(' ') + 1);
    if (count_words(name) == 2 && is(last, Kind::kNone) && !is(last, Kind::kJob)) return;
    if (is(folded, Kind::kDegree) && is_abbreviation(name)) return;
    if (is(folded.substr(folded.rfind(' ') + 1), Kind::kEnd)) return;
    if (!names.empty() + !doubtful.empty() > 0 && is_abbreviation(name) &&
        name.find(' ') == std::string::npos)
      return;
    if (name.find_first_of("0123456789<>=@{}") != std::string::npos ||
        folded.find("http") != std::string::npos || folded.find("www.") != std::string::npos ||
        folded.find(".com") != std::string::npos || is_variable(name)) {
      return;
    }
    if (sure && (outlet.empty() || !same_headline(name, outlet))) {
      names.push_back(std::move(name));
    } else {
      doubtful.push_back(std::move(name));
    }
  };
  for (std::size_t i = begin; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool told = !part.empty() || !names.empty();
    if (is_sign(word)) {
      if (told) break;
      continue;
    }
    if (known_at(words, i, Kind::kOther) > 0) {
      if (told) break;
      while (i + 1 < words.size() && !ends_part(words[i])) ++i;
      continue;
    }
    if (shown &&
        (has_digit(word) ||
         (known_at(words, i, Kind::kEnd) > 0 && (word.size() > 4 || is_lower(word.front())))) &&
        told)
      break;
    if (!shown && word == "on" && told) break;
    if (is(word, Kind::kAnd) && last_and < words.size()) {
      finish();
      continue;
    }
    if (const std::string_view text = bare(word); !text.empty()) part.emplace_back(text);
    if (ends_part(word)) {
      finish();
      if (last_and > begin && i > last_and) break;
    }
  }
  finish();
  if (names.empty()) return doubtful;
  // Beside persons stand outlets, degrees and jobs.
  const auto person = std::find_if(names.begin(), names.end(), is_person);
  const auto other = [](const std::string& name) { return !is_person(name); };
  names.erase(std::remove_if(person, names.end(), other), names.end());
  return names;
}

std::vector<std::string> Bylines::names(std::string_view statement, std::string_view outlet) const {
  if (!outlet.empty() && same_headline(statement, outlet)) return {std::string(outlet)};
  const std::vector<std::string> words = words_of(statement);
  return parse(words, announcement(words, 0), outlet, false);
}

std::vector<std::string> Bylines::announced(std::string_view line, std::string_view outlet) const {
  const std::vector<std::string> words = words_of(line);
  std::size_t at = 0;
  while (at < words.size() && is_sign(words[at])) ++at;
  if (const std::size_t size = announcement(words, at); size > 0) {
    std::vector<std::string> names = parse(words, at + size, outlet, true);
    return known_at(words, at, Kind::kBy) > 0 ? could_be(std::move(names))
                                              : persons(std::move(names));
  }
  if (words.empty()) return {};
  const bool posted = is(lower_word(bare(words[0])) + " by", Kind::kBy);
  for (std::size_t i = at + 1; i + 2 < words.size(); ++i) {
    if (lower_word(bare(words[i])) == "by" &&
        (posted || has_digit(words[i - 1]) || is_sign(words[i - 1]))) {
      return persons(parse(words, i + 1, outlet, true));
    }
  }
  return {};
}

bool Bylines::only_announces(std::string_view line) const {
  const std::vector<std::string> words = words_of(line);
  return !words.empty() && known_at(words, 0, Kind::kBy) == words.size();
}

bool Bylines::is_person(std::string_view name) {
  std::size_t capitals = 0, words = 0;
  bool last_is_capital = false;
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find(' ', begin), name.size());
    const std::string_view word = name.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) continue;
    ++words;
    last_is_capital = is_capitalised(word);
    capitals += last_is_capital;
    if (word.find_first_of("0123456789@/!?") != std::string_view::npos || is_glued(word))
      return false;
    if (word.size() > (last_is_capital ? kLongestWord : kLongestParticle)) return false;
  }
  return capitals >= 2 && last_is_capital && words <= 5 && !name.starts_with("The ");
}

std::vector<std::string> Bylines::persons(std::vector<std::string> names) {
  names.erase(std::remove_if(names.begin(), names.end(),
                             [](const std::string& name) { return !is_person(name); }),
              names.end());
  return names;
}

std::vector<std::string> Bylines::could_be(std::vector<std::string> names) {
  const bool alone = names.size() == 1 && count_words(names[0]) <= 3 && is_upper(names[0][0]);
  return alone ? names : persons(std::move(names));
}

void add_names(const std::vector<std::string>& names, std::vector<std::string>& authors) {
  for (const std::string& name : names) {
    const auto same = [&](const std::string& other) { return same_headline(name, other); };
    if (authors.size() >= kMostAuthors) return;
    if (std::none_of(authors.begin(), authors.end(), same)) authors.push_back(name);
  }
}

}  // namespace dateline::article
