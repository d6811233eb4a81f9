// A directory of tables read as a lint: every mistake, not only the first.
//
// A loader stops at a mistake. So the line with the mistake is taken out of a copy of the tables,
// and they are loaded again, until they load. The copy is gone with the Lint.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dateline/result.h"
#include "knowledge/directory.h"

namespace dateline::check {

class Lint {
 public:
  /// Of the directory with this path; empty means the installed one. Fails where there is none.
  static Result<Lint> of(const std::string& path);

  /// In the order in which they were found; each names its file and, where it has one, its line.
  const std::vector<Error>& mistakes() const { return mistakes_; }
  /// The tables as they were given.
  const knowledge::Directory& tables() const { return given_; }
  /// The path of tables without the mistakes; empty means the installed ones. Null where there are
  /// none that can be read with.
  const std::string* usable() const { return usable_ ? &path_ : nullptr; }

 private:
  /// A directory that is there as long as this.
  struct Copy {
    explicit Copy(std::filesystem::path made) : path(std::move(made)) {}
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;
    ~Copy();
    const std::filesystem::path path;
  };
  Lint(knowledge::Directory given, std::string path);
  void find_mistakes();
  bool mend(const Error& mistake);
  bool copy();

  knowledge::Directory given_, mended_;
  std::string path_;
  std::unique_ptr<Copy> copy_;
  std::vector<Error> mistakes_;
  bool usable_ = false;
};

}  // namespace dateline::check
