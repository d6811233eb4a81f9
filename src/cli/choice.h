// Options that take one of a few words, a number of things, or a size.
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

/// Bytes from 1 to 1 GB, with a unit or without: 5000, 64KB, 32MB.
inline void add_size(CLI::App& command, const std::string& name, std::size_t& place,
                     const std::string& help) {
  const auto bytes = [](std::string text) -> std::size_t {
    constexpr std::size_t kMost = std::size_t{1} << 30;
    if (text.empty() || text[0] < '0' || text[0] > '9') return 0;  // "-1" would be taken for much.
    if (!CLI::AsSizeValue(false)(text).empty()) return 0;
    std::size_t size = 0;
    const auto got = std::from_chars(text.data(), text.data() + text.size(), size);
    return got.ec == std::errc() && size <= kMost ? size : 0;
  };
  command
      .add_option_function<std::string>(
          name, [&place, bytes](const std::string& text) { place = bytes(text); }, help)
      ->check([bytes](const std::string& text) {
        return bytes(text) > 0 ? "" : "'" + text + "' is no size from 1 to 1GB, as 64KB or 32MB";
      })
      ->option_text("SIZE");
}

}  // namespace dateline::cli
