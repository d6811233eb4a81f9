// The reports that are being read, each in a file of its own beside the store until it is kept.
//
// What a process leaves there when it dies, by whatever, is what it may have died of: the next one
// finds it, and can read it again without the file, or the pipe, that it came from. Files are
// enough: what was written before a death is there after it, at the cost of a copy in memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "dateline/stream.h"

namespace dateline::cli {

class InHand {
 public:
  /// Makes the directory "STORE-reading-XXXXXX" and moves there what dead processes left in
  /// theirs.
  static Result<InHand> beside(const std::string& store);

  InHand(InHand&& other) noexcept;
  InHand& operator=(InHand&&) = delete;
  /// Removes the directory where nothing is left in it.
  ~InHand();

  /// From any thread, each number once. Where there is no room the report goes unguarded.
  void take(std::uint64_t number, const ReportPlace& place, const Input& input) const;
  void put_down(std::uint64_t number) const;
  void put_all_down() const;

  /// The lowest number that is there.
  std::optional<std::uint64_t> first() const;
  std::size_t size() const;

  struct Report {
    ReportPlace place;
    Input input;
  };
  /// Nothing where death came in the middle of taking it.
  std::optional<Report> report(std::uint64_t number) const;

 private:
  InHand(std::filesystem::path directory, int lock)
      : directory_(std::move(directory)), lock_(lock) {}
  std::filesystem::path file(std::uint64_t number) const;

  std::filesystem::path directory_;
  int lock_ = -1;  ///< Held by the system until the process and its children are dead.
};

}  // namespace dateline::cli
