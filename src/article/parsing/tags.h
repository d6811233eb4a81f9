// The elements of HTML that the reader of pages treats in some way of their own.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace dateline::article {

enum class Tag : std::uint8_t {
  kText,   ///< No element: a stretch of text.
  kOther,  ///< An element that is none of those below.
  // clang-format off
  kA, kAddress, kApplet, kArea, kArticle, kAside, kAudio, kB, kBase, kBlockquote, kBody, kBr,
  kButton, kCanvas, kCaption, kCenter, kCite, kCode, kCol, kColgroup, kDatalist, kDd, kDetails,
  kDialog, kDir, kDiv, kDl, kDt, kEm, kEmbed, kFieldset, kFigcaption, kFigure, kFont, kFooter,
  kForm, kFrameset, kH1, kH2, kH3, kH4, kH5, kH6, kHead, kHeader, kHgroup, kHr, kHtml, kI, kIframe,
  kImg, kInput, kLabel, kLegend, kLi, kLink, kMain, kMap, kMath, kMenu, kMeta, kNav, kNoframes,
  kNoscript, kObject, kOl, kOptgroup, kOption, kP, kParam, kPicture, kPre, kQ, kScript, kSection,
  kSelect, kSmall, kSource, kSpan, kStrong, kStyle, kSub, kSummary, kSup, kSvg, kTable, kTbody,
  kTd, kTemplate, kTextarea, kTfoot, kTh, kThead, kTime, kTitle, kTr, kTrack, kU, kUl, kVideo, kWbr,
  kXmp,
  // clang-format on
  kCount
};

/// What is said of an element in the HTML standard, as far as it matters here.
enum Trait : std::uint16_t {
  kBlock = 1 << 0,    ///< Its text stands apart from what is before and after it.
  kVoid = 1 << 1,     ///< Has no content and no end tag.
  kRaw = 1 << 2,      ///< Its content is text up to its end tag, whatever it holds.
  kEscaped = 1 << 3,  ///< And in a kRaw one, character references still count.
  kSilent = 1 << 4,   ///< Never text of the page.
  kEndsP = 1 << 5,    ///< Ends an open <p>.
  kInHead = 1 << 6,   ///< May stand in the head.
  kScope = 1 << 7,    ///< An end tag does not reach beyond it.
  kSpecial = 1 << 8,  ///< An inline element's end tag does not reach beyond it.
  kHeading = 1 << 9,  ///< h1 to h6.
};

struct TagInfo {
  std::string_view name;
  Tag tag = Tag::kOther;
  std::uint16_t traits = 0;
};

/// Of a name in whatever case.
const TagInfo& tag_info(std::string_view name);
const TagInfo& tag_info(Tag tag);

inline bool has(Tag tag, Trait trait) { return (tag_info(tag).traits & trait) != 0; }

}  // namespace dateline::article
