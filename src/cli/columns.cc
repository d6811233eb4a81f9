// SPDX-License-Identifier: Apache-2.0
#include "cli/columns.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "cli/terminal.h"

namespace dateline::cli {

namespace {

constexpr int kGap = 2, kIndent = 4, kNarrowest = 6;

int width_of(UChar32 character) {
  switch (u_charType(character)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int east_asian = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_FULLWIDTH || east_asian == U_EA_WIDE ? 2 : 1;
}

/// Takes the next character off the text.
struct Character {
  std::string_view bytes;
  int width;
};

Character take_character(std::string_view& text) {
  UChar32 character = 0;
  std::int32_t end = 0;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), end,
          static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 8)), character);
  const Character taken{text.substr(0, static_cast<std::size_t>(end)),
                        character < 0 ? 1 : width_of(character)};
  text.remove_prefix(taken.bytes.size());
  return taken;
}

std::string visible(std::string_view text) {
  std::string out;
  append_visible(text, out);
  std::ranges::replace(out, '\n', ' ');
  std::ranges::replace(out, '\t', ' ');
  return out;
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) width += take_character(text).width;
  return width;
}

std::vector<std::string> wrapped(std::string_view text, int width) {
  const std::string shown = visible(text);
  std::vector<std::string> lines;
  std::string line;
  int used = 0;
  const auto end_line = [&] {
    lines.push_back(std::move(line));
    line.clear();
    used = 0;
  };
  std::string_view rest = shown;
  while (!rest.empty()) {
    const std::size_t begin = std::min(rest.find_first_not_of(' '), rest.size());
    rest.remove_prefix(begin);
    if (rest.empty()) break;
    std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size());
    const int needed = display_width(word);
    if (used > 0 && used + 1 + needed > width) end_line();
    if (used > 0) {
      line += ' ';
      ++used;
    }
    while (!word.empty()) {  // A word wider than the column goes on in the next line.
      const Character next = take_character(word);
      if (used > 0 && used + next.width > width) end_line();
      line += next.bytes;
      used += next.width;
    }
  }
  if (!line.empty() || lines.empty()) end_line();
  return lines;
}

void Columns::add(std::vector<std::string> cells, std::vector<std::string> notes) {
  cells.resize(header_.size());
  rows_.push_back({std::move(cells), std::move(notes)});
}

int Columns::longest_word(std::size_t column) const {
  int longest = 0;
  const auto measure = [&](std::string_view cell) {
    for (int word = 0; !cell.empty();) {
      const Character next = take_character(cell);
      word = next.bytes == " " ? 0 : word + next.width;
      longest = std::max(longest, word);
    }
  };
  measure(header_[column]);
  for (const Row& row : rows_) measure(row.cells[column]);
  return longest;
}

std::vector<int> Columns::widths(int total) const {
  std::vector<int> widths, words;
  for (std::size_t c = 0; c < header_.size(); ++c) {
    words.push_back(std::max(longest_word(c), kNarrowest));
    int widest = display_width(header_[c]);
    for (const Row& row : rows_) widest = std::max(widest, display_width(row.cells[c]));
    widths.push_back(widest);
  }
  int sum = kGap * (static_cast<int>(widths.size()) - 1);
  for (const int width : widths) sum += width;
  // The widest gives way, at first without breaking words.
  for (const bool whole_words : {true, false}) {
    while (sum > total) {
      int* widest = nullptr;
      for (std::size_t c = 0; c < widths.size(); ++c) {
        const int narrowest = whole_words || c < whole_ ? words[c] : kNarrowest;
        if (widths[c] > narrowest && (widest == nullptr || widths[c] > *widest)) {
          widest = &widths[c];
        }
      }
      if (widest == nullptr) break;
      --*widest;
      --sum;
    }
  }
  return widths;
}

void Columns::print(int width, bool color, std::string& out) {
  const std::vector<int> columns = widths(width);
  const auto line = [&](const std::vector<std::string>& cells) {
    std::vector<std::vector<std::string>> lines;
    std::size_t height = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      lines.push_back(wrapped(cells[c], columns[c]));
      height = std::max(height, lines.back().size());
    }
    for (std::size_t l = 0; l < height; ++l) {
      std::string text;
      int at = 0, wanted = 0;
      for (std::size_t c = 0; c < columns.size(); ++c) {
        if (l < lines[c].size() && !lines[c][l].empty()) {
          text.append(static_cast<std::size_t>(std::max(wanted - at, 0)), ' ');
          text += lines[c][l];
          at = std::max(at, wanted) + display_width(lines[c][l]);
        }
        wanted += columns[c] + kGap;
      }
      out += text + "\n";
    }
  };
  if (color) out += kBold;
  line(header_);
  if (color) out += kPlain;
  for (const Row& row : rows_) {
    line(row.cells);
    for (std::size_t n = 0; n < row.notes.size(); ++n) {
      const bool dim = color && n > 0;
      if (row.notes[n].empty()) continue;
      for (const std::string& text : wrapped(row.notes[n], std::max(width - kIndent, 20))) {
        out.append(kIndent, ' ');
        if (dim) out += kDim;
        out += text;
        if (dim) out += kPlain;
        out += '\n';
      }
    }
  }
  rows_.clear();
}

}  // namespace dateline::cli
