// What the names in a page's markup give away (knowledge/page_markers.tsv): each element's class,
// id, itemprop and role as a set of kinds.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/string_map.h"

namespace dateline::article {

/// The kinds of the table, in its order; a set of them is the sum of their bits.
enum class Mark : std::uint8_t {
  kBody,
  kArticle,
  kNavigation,
  kShare,
  kAdvert,
  kRelated,
  kComments,
  kNewsletter,
  kOverlay,
  kSidebar,
  kLabels,
  kWriter,
  kHidden,
  kPulled,
  kEmbed,
  kCaption,
  kCredit,
  kDek,
  kByline,
  kDate,
  kMeta,
  kFigure,
  kApart,
  kCount
};
using Marks = std::uint32_t;
constexpr Marks bit(Mark mark) { return Marks{1} << static_cast<unsigned>(mark); }

class PageMarkers {
 public:
  static Result<PageMarkers> load(const std::filesystem::path& path);

  /// Of one attribute's value.
  Marks match(std::string_view value) const;

 private:
  knowledge::StringMap<Marks> names_;
  std::size_t most_words_ = 0;
};

}  // namespace dateline::article
