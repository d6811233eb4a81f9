// Character references, as HTML has them: "&eacute;", "&#233;", "&#xE9;".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dateline::article {

/// The one at the beginning of a text that begins with '&', as browsers read it.
class Reference {
 public:
  Reference(std::string_view written, bool in_attribute);

  std::size_t size() const { return size_; }  ///< Bytes as written; 0: it is none.
  std::string_view characters() const { return {characters_.data(), characters_size_}; }

 private:
  void read_number(std::string_view written);
  void read_name(std::string_view written, bool in_attribute);
  void add(char32_t code);

  std::array<char, 8> characters_{};  ///< One or two, in UTF-8.
  std::size_t characters_size_ = 0;
  std::size_t size_ = 0;
};

}  // namespace dateline::article
