// Options that take one of a few words, or a number of things.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <charconv>
#include <limits>
#include <map>
#include <string>

namespace dateline::cli {

/// A word that is none of `words` is an error that lists them. `place` must outlive the app.
template <typename T>
void add_choice(CLI::App& command, const std::string& name, T& place,
                const std::map<std::string, T>& words, const std::string& help,
                const std::string& label) {
  command
      .add_option_function<std::string>(
          name, [&place, words](const std::string& word) { place = words.at(word); }, help)
      ->check(CLI::IsMember(words))
      ->option_text(label);
}

/// A whole number from 1 to `most`; anything else is an error that says so.
template <typename T>
void add_count(CLI::App& command, const std::string& name, T& place, const std::string& help,
               const std::string& label, T most = std::numeric_limits<T>::max()) {
  const auto number = [most](const std::string& text) {
    T count = 0;
    const char* const end = text.data() + text.size();
    const auto got = std::from_chars(text.data(), end, count);
    return got.ec == std::errc() && got.ptr == end && count <= most ? count : T{0};
  };
  const std::string range =
      most == std::numeric_limits<T>::max() ? "from 1 on" : "from 1 to " + std::to_string(most);
  command
      .add_option_function<std::string>(
          name, [&place, number](const std::string& text) { place = number(text); }, help)
      ->check([number, range](const std::string& text) {
        return number(text) > 0 ? "" : "'" + text + "' is no number " + range;
      })
      ->option_text(label);
}

}  // namespace dateline::cli
