// The text of an extract as it grows: paragraphs with a blank line between, each word with the
// place that it stands at.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dateline/reader.h"

namespace dateline::stream {

class ExtractText {
 public:
  explicit ExtractText(Extract& into) : into_(into) {}

  /// Ends the paragraph before; one that stays empty is none.
  void begin(std::string_view kind) {
    end();
    kind_ = kind;
  }

  /// The bytes that it takes, after a blank where `apart` and it is not the first.
  Span add(std::string_view words, bool apart = true) {
    std::string& text = into_.text;
    if (!open_) {
      if (!text.empty()) text += "\n\n";
      begin_ = size();
      open_ = true;
    } else if (apart) {
      text += ' ';
    }
    const std::uint32_t from = size();
    text += words;
    return {from, size()};
  }

  void end() {
    if (!open_) return;
    into_.sections.push_back({std::string(kind_), {begin_, size()}});
    open_ = false;
  }

  bool is_open() const { return open_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(into_.text.size()); }
  /// Of the paragraph that is open.
  std::uint32_t length() const { return open_ ? size() - begin_ : 0; }
  std::string_view kind() const { return kind_; }

 private:
  Extract& into_;
  std::string_view kind_ = "paragraph";
  std::uint32_t begin_ = 0;
  bool open_ = false;
};

}  // namespace dateline::stream
