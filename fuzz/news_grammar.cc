// SPDX-License-Identifier: Apache-2.0
#include "fuzz/news_grammar.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "knowledge/table.h"

namespace dateline::fuzz {

namespace {

constexpr int kDeepest = 24;
constexpr std::size_t kLongest = 4000;  ///< Bytes.
constexpr std::size_t kMostSpoilt = 12;

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// "\n", "\t", "\s" (a blank) and "\p" (a bar) as what they stand for.
std::string unescaped(std::string_view cell) {
  std::string out;
  for (std::size_t at = 0; at < cell.size(); ++at) {
    const std::size_t which =
        cell[at] == '\\' && at + 1 < cell.size() ? std::string_view("ntsp").find(cell[at + 1]) : 4;
    if (which < 4) ++at;
    out += which < 4 ? "\n\t |"[which] : cell[at];
  }
  return out;
}

/// The words of a column of a table, in the rows where another one has a value: "FILE COLUMN
/// [OTHER=VALUE]".
std::vector<std::string> column_of(const std::filesystem::path& knowledge, std::string_view from) {
  const std::vector<std::string> asked = split(from, ' ');
  const std::vector<std::string> where = asked.size() > 2 ? split(asked[2], '=') : asked;
  std::ifstream file(knowledge / asked.front());
  std::vector<std::string> names, words;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> cells = split(line, '\t');
    if (names.empty()) {
      names = cells;
      continue;
    }
    const auto cell = [&](const std::string& name) -> const std::string& {
      const auto at = std::find(names.begin(), names.end(), name);
      if (at == names.end()) throw std::logic_error(asked.front() + " has no column " + name);
      return cells.at(static_cast<std::size_t>(at - names.begin()));
    };
    if (asked.size() > 2 && cell(where[0]) != where[1]) continue;
    for (const std::string_view word : knowledge::split_cell(cell(asked[1]))) {
      words.emplace_back(word);
    }
  }
  return words;
}

}  // namespace

std::size_t Choices::below(std::size_t count) {
  std::size_t number = 0;
  for (std::size_t reach = 1; reach < count && !bytes_.empty(); reach *= 256) {
    number = number * 256 + static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
  }
  return count == 0 ? 0 : number % count;
}

NewsGrammar::NewsGrammar(const std::filesystem::path& grammar,
                         const std::filesystem::path& knowledge) {
  const auto table = knowledge::Table::load(grammar, {"symbol", "from", "alternatives"});
  if (!table) throw std::logic_error(table.error().message);
  for (const auto& row : table->rows()) {
    Symbol& symbol = symbols_[row.cells[0]];
    if (!row.cells[1].empty()) {
      symbol.alternatives = column_of(knowledge, row.cells[1]);
    } else {
      for (const std::string& words : split(row.cells[2], '|')) {
        symbol.alternatives.push_back(unescaped(words));
      }
    }
    if (symbol.alternatives.empty()) throw std::logic_error(row.cells[0] + " has no words");
  }
}

const std::string& NewsGrammar::chosen(std::string_view symbol, Choices& choices) const {
  const auto found = symbols_.find(symbol);
  if (found == symbols_.end()) throw std::logic_error("no symbol " + std::string(symbol));
  const auto& alternatives = found->second.alternatives;
  return alternatives[choices.below(alternatives.size())];
}

void NewsGrammar::expand(std::string_view words, int depth, Choices& choices,
                         std::string& report) const {
  Choices none({});
  Choices& mine = depth > kDeepest || report.size() > kLongest ? none : choices;
  while (!words.empty()) {
    const std::size_t open = words.find('<');
    const std::size_t close = words.find('>', open);
    report += words.substr(0, open);
    if (close == std::string_view::npos) break;
    expand(chosen(words.substr(open + 1, close - open - 1), mine), depth + 1, mine, report);
    words.remove_prefix(close + 1);
  }
}

/// One thing that happens to texts: words run together, cut, swapped, lost, told twice, shouted.
void NewsGrammar::spoil(std::vector<std::string>& words, Choices& choices) const {
  // The first and the last word are the ones with nothing beside them.
  const std::size_t which = choices.below(4);
  const std::size_t at = which == 0   ? 0
                         : which == 1 ? words.size() - 1
                                      : choices.below(words.size());
  std::string& word = words[at];
  switch (choices.below(8)) {
    case 0:
      std::swap(word, words[choices.below(words.size())]);
      return;
    case 1:
      word.insert(choices.below(word.size() + 1), chosen("GLUE", choices));
      return;
    case 2:
      word.erase(choices.below(word.size() + 1));
      return;
    case 3:
      word += ' ' + words[choices.below(words.size())];
      return;
    case 4:
      word.insert(0, chosen("GLUE", choices));
      return;
    case 5:
      for (char& c : word) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
      return;
    default:  // The likeliest: glued to the next one.
      if (at + 1 == words.size()) {
        word += chosen("GLUE", choices);
      } else {
        word += chosen("GLUE", choices) + words[at + 1];
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
      }
  }
}

std::string NewsGrammar::report(Choices& choices) const {
  const std::size_t spoilt = choices.below(kMostSpoilt);
  std::string text;
  expand(chosen("REPORT", choices), 0, choices, text);
  std::vector<std::string> words = split(text, ' ');
  for (std::size_t i = 0; i < spoilt; ++i) spoil(words, choices);
  text.clear();
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace dateline::fuzz
