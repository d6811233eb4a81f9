// SPDX-License-Identifier: Apache-2.0
#include "dateline/matcher.h"

#include <filesystem>

#include "chronicle/matching/likeness.h"
#include "installation.h"
#include "knowledge/digest.h"

namespace dateline {

Result<Matcher> Matcher::open() {
  std::error_code ignored;
  for (const auto& home : homes()) {
    const auto folder = home / "components" / kMatching;
    if (!std::filesystem::is_directory(folder, ignored)) continue;
    auto likeness = chronicle::matching::Likeness::load(folder);
    if (!likeness) return tl::unexpected(likeness.error());
    auto digest = knowledge::digest_of(folder);
    if (!digest) return tl::unexpected(digest.error());
    Matcher matcher;
    matcher.likeness_ = std::make_shared<const chronicle::matching::Likeness>(std::move(*likeness));
    matcher.version_ = std::move(*digest);
    return matcher;
  }
  return fail(4019,
              "what compares reports is not installed: set DATELINE_HOME to the directory that "
              "holds components/matching");
}

}  // namespace dateline
