// A file that a command writes: whole or not at all.
//
// It is written beside its place under another name and put there once it is whole, so that neither
// a full disk nor Ctrl-C leaves half a file, or takes away the one before. What is no ordinary file
// (a pipe, /dev/null) is written as it stands.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace dateline::cli {

class OutputFile {
 public:
  OutputFile() = default;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  /// Gives why it cannot be written, or nothing. An ordinary file of that name is only replaced
  /// where `replace` says so.
  std::string open(const std::string& path, bool replace);
  int descriptor() const { return descriptor_; }
  /// Puts it in its place; gives why not, or nothing.
  std::string keep();

 private:
  std::string path_, beside_;
  int descriptor_ = -1;
  bool replace_ = false;
};

}  // namespace dateline::cli
