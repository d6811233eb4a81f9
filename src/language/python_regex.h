// A regular expression of Python's `re`, run by PCRE2 with bounds on time and memory.
//
// Compiled once and shared by all threads; what a search works in lies in a Scratch of each thread.
// A search that would go beyond the bounds (only a word built for it gets there) finds nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "dateline/result.h"

namespace dateline::language {

class PythonRegex {
 public:
  struct Match {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  class Scratch {
   public:
    Scratch();
    Scratch(Scratch&&) noexcept;
    Scratch& operator=(Scratch&&) noexcept;
    ~Scratch();

   private:
    friend class PythonRegex;
    struct Impl;
    std::unique_ptr<Impl> impl_;
  };

  /// `name` stands for the pattern in messages.
  static Result<PythonRegex> compile(std::string_view pattern, std::string_view name);

  PythonRegex(PythonRegex&&) noexcept;
  PythonRegex& operator=(PythonRegex&&) noexcept;
  ~PythonRegex();

  /// As re.search. `text` is valid UTF-8.
  std::optional<Match> search(std::string_view text, Scratch& scratch) const;
  /// As the next item of re.finditer after `last`.
  std::optional<Match> search_after(std::string_view text, Match last, Scratch& scratch) const;
  /// Whether re.match finds something: a match that starts where the text does.
  bool matches_start(std::string_view text, Scratch& scratch) const;

 private:
  struct Impl;
  explicit PythonRegex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::language
