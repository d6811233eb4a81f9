// An option that takes one of a few words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
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

}  // namespace dateline::cli
