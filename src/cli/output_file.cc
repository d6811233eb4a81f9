// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace dateline::cli {

namespace {

constexpr char kThere[] = "it is there already: name another, or give --force to replace it";

}  // namespace

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!beside_.empty()) unlink(beside_.c_str());
}

std::string OutputFile::open(const std::string& path, bool replace) {
  path_ = path;
  replace_ = replace;
  struct stat there = {};
  const bool exists = stat(path.c_str(), &there) == 0;
  if (exists && S_ISDIR(there.st_mode)) return "it is a directory";
  if (exists && !S_ISREG(there.st_mode)) {
    descriptor_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    return descriptor_ >= 0 ? "" : std::strerror(errno);
  }
  if (exists && !replace) return kThere;
  std::string beside = path + ".part-XXXXXX";
  descriptor_ = mkostemp(beside.data(), O_CLOEXEC);
  if (descriptor_ < 0) return std::strerror(errno);
  beside_ = std::move(beside);
  // As a file that a shell opens would have them.
  const mode_t mask = umask(0);
  umask(mask);
  fchmod(descriptor_, exists ? there.st_mode & 07777 : 0666 & ~mask);
  return "";
}

std::string OutputFile::keep() {
  if (beside_.empty()) return "";
  const int failed = close(descriptor_);
  descriptor_ = -1;
  if (failed != 0) return std::strerror(errno);
  // A link fails where somebody else has made the file meanwhile.
  if (!replace_ && link(beside_.c_str(), path_.c_str()) == 0) return "";
  if (!replace_ && errno == EEXIST) return kThere;
  if (std::rename(beside_.c_str(), path_.c_str()) != 0) return std::strerror(errno);
  beside_.clear();
  return "";
}

}  // namespace dateline::cli
