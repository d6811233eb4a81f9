// Copies of strings that stay where they are until all are dropped at once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace dateline::language {

class Arena {
 public:
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > left_) grow(text.size());
    char* place = next_;
    std::memcpy(place, text.data(), text.size());
    next_ += text.size();
    left_ -= text.size();
    return {place, text.size()};
  }

  void clear() {
    blocks_.clear();
    next_ = nullptr;
    left_ = 0;
    bytes_ = 0;
  }

  /// Memory held.
  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kBlock = 64 * 1024;

  void grow(std::size_t need) {
    // A string larger than a block gets one of its own, and small ones go on in a fresh block.
    const std::size_t size = need > kBlock ? need : kBlock;
    blocks_.push_back(std::unique_ptr<char[]>(new char[size]));
    next_ = blocks_.back().get();
    left_ = size;
    bytes_ += size;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace dateline::language
