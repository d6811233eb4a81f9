// SPDX-License-Identifier: Apache-2.0
#include "article/parsing/tags.h"

#include <array>
#include <cstring>

#include "article/ascii.h"

namespace dateline::article {

namespace {

constexpr std::array<TagInfo, static_cast<std::size_t>(Tag::kCount)> kTags = {{
    {"", Tag::kText, 0},
    {"", Tag::kOther, 0},
    {"a", Tag::kA, 0},
    {"address", Tag::kAddress, kBlock | kEndsP | kSpecial},
    {"applet", Tag::kApplet, kSpecial | kSilent | kScope},
    {"area", Tag::kArea, kVoid | kSpecial},
    {"article", Tag::kArticle, kBlock | kEndsP | kSpecial},
    {"aside", Tag::kAside, kBlock | kEndsP | kSpecial},
    {"audio", Tag::kAudio, kSilent},
    {"b", Tag::kB, 0},
    {"base", Tag::kBase, kVoid | kSpecial | kInHead},
    {"blockquote", Tag::kBlockquote, kBlock | kEndsP | kSpecial},
    {"body", Tag::kBody, kBlock | kSpecial},
    {"br", Tag::kBr, kVoid | kSpecial},
    {"button", Tag::kButton, kSpecial | kSilent},
    {"canvas", Tag::kCanvas, kSilent},
    {"caption", Tag::kCaption, kBlock | kSpecial | kScope},
    {"center", Tag::kCenter, kBlock | kEndsP | kSpecial},
    {"cite", Tag::kCite, 0},
    {"code", Tag::kCode, 0},
    {"col", Tag::kCol, kBlock | kSpecial | kVoid},
    {"colgroup", Tag::kColgroup, kBlock | kSpecial},
    {"datalist", Tag::kDatalist, kSilent},
    {"dd", Tag::kDd, kBlock | kSpecial},
    {"details", Tag::kDetails, kBlock | kEndsP | kSpecial},
    {"dialog", Tag::kDialog, kBlock | kEndsP | kSpecial},
    {"dir", Tag::kDir, kBlock | kEndsP | kSpecial},
    {"div", Tag::kDiv, kBlock | kEndsP | kSpecial},
    {"dl", Tag::kDl, kBlock | kEndsP | kSpecial},
    {"dt", Tag::kDt, kBlock | kSpecial},
    {"em", Tag::kEm, 0},
    {"embed", Tag::kEmbed, kVoid | kSpecial},
    {"fieldset", Tag::kFieldset, kBlock | kEndsP | kSpecial},
    {"figcaption", Tag::kFigcaption, kBlock | kEndsP | kSpecial},
    {"figure", Tag::kFigure, kBlock | kEndsP | kSpecial},
    {"font", Tag::kFont, 0},
    {"footer", Tag::kFooter, kBlock | kEndsP | kSpecial},
    {"form", Tag::kForm, kBlock | kEndsP | kSpecial},
    {"frameset", Tag::kFrameset, kBlock | kSpecial},
    {"h1", Tag::kH1, kBlock | kEndsP | kSpecial | kHeading},
    {"h2", Tag::kH2, kBlock | kEndsP | kSpecial | kHeading},
    {"h3", Tag::kH3, kBlock | kEndsP | kSpecial | kHeading},
    {"h4", Tag::kH4, kBlock | kEndsP | kSpecial | kHeading},
    {"h5", Tag::kH5, kBlock | kEndsP | kSpecial | kHeading},
    {"h6", Tag::kH6, kBlock | kEndsP | kSpecial | kHeading},
    {"head", Tag::kHead, kSpecial | kSilent},
    {"header", Tag::kHeader, kBlock | kEndsP | kSpecial},
    {"hgroup", Tag::kHgroup, kBlock | kEndsP | kSpecial},
    {"hr", Tag::kHr, kBlock | kEndsP | kSpecial | kVoid},
    {"html", Tag::kHtml, kBlock | kSpecial | kScope},
    {"i", Tag::kI, 0},
    {"iframe", Tag::kIframe, kSpecial | kRaw | kSilent},
    {"img", Tag::kImg, kVoid | kSpecial},
    {"input", Tag::kInput, kVoid | kSpecial | kSilent},
    {"label", Tag::kLabel, kSilent},
    {"legend", Tag::kLegend, kBlock | kSpecial},
    {"li", Tag::kLi, kBlock | kSpecial},
    {"link", Tag::kLink, kVoid | kSpecial | kInHead},
    {"main", Tag::kMain, kBlock | kEndsP | kSpecial},
    {"map", Tag::kMap, kSilent},
    {"math", Tag::kMath, kSilent},
    {"menu", Tag::kMenu, kBlock | kEndsP | kSpecial},
    {"meta", Tag::kMeta, kVoid | kSpecial | kInHead},
    {"nav", Tag::kNav, kBlock | kEndsP | kSpecial},
    {"noframes", Tag::kNoframes, kSpecial | kRaw | kSilent | kInHead},
    {"noscript", Tag::kNoscript, kSpecial | kSilent | kInHead},
    {"object", Tag::kObject, kSpecial | kSilent | kScope},
    {"ol", Tag::kOl, kBlock | kEndsP | kSpecial},
    {"optgroup", Tag::kOptgroup, kSilent},
    {"option", Tag::kOption, kSilent},
    {"p", Tag::kP, kBlock | kEndsP | kSpecial},
    {"param", Tag::kParam, kVoid | kSpecial},
    {"picture", Tag::kPicture, 0},
    {"pre", Tag::kPre, kBlock | kEndsP | kSpecial},
    {"q", Tag::kQ, 0},
    {"script", Tag::kScript, kSpecial | kRaw | kSilent | kInHead},
    {"section", Tag::kSection, kBlock | kEndsP | kSpecial},
    {"select", Tag::kSelect, kSpecial | kSilent},
    {"small", Tag::kSmall, 0},
    {"source", Tag::kSource, kVoid | kSpecial},
    {"span", Tag::kSpan, 0},
    {"strong", Tag::kStrong, 0},
    {"style", Tag::kStyle, kSpecial | kRaw | kSilent | kInHead},
    {"sub", Tag::kSub, 0},
    {"summary", Tag::kSummary, kBlock | kEndsP | kSpecial},
    {"sup", Tag::kSup, 0},
    {"svg", Tag::kSvg, kSilent},
    {"table", Tag::kTable, kBlock | kEndsP | kSpecial | kScope},
    {"tbody", Tag::kTbody, kBlock | kSpecial},
    {"td", Tag::kTd, kBlock | kSpecial | kScope},
    {"template", Tag::kTemplate, kSpecial | kSilent | kInHead | kScope},
    {"textarea", Tag::kTextarea, kSpecial | kRaw | kEscaped | kSilent},
    {"tfoot", Tag::kTfoot, kBlock | kSpecial},
    {"th", Tag::kTh, kBlock | kSpecial | kScope},
    {"thead", Tag::kThead, kBlock | kSpecial},
    {"time", Tag::kTime, 0},
    {"title", Tag::kTitle, kSpecial | kRaw | kEscaped | kInHead | kSilent},
    {"tr", Tag::kTr, kBlock | kSpecial},
    {"track", Tag::kTrack, kVoid | kSpecial},
    {"u", Tag::kU, 0},
    {"ul", Tag::kUl, kBlock | kEndsP | kSpecial},
    {"video", Tag::kVideo, kSilent},
    {"wbr", Tag::kWbr, kVoid | kSpecial},
    {"xmp", Tag::kXmp, kBlock | kEndsP | kSpecial | kRaw},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kTags.size(); ++i) {
    if (kTags[i].tag != static_cast<Tag>(i)) return false;
  }
  return true;
}
static_assert(in_order());

constexpr std::size_t kLongest = 10;
constexpr std::size_t kSlots = 512;

constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = static_cast<std::uint32_t>(name.size());
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(lower(c))) * 16777619u;
  return (hash >> 12) % kSlots;
}

/// Open addressing: where a name hashes to, or in one of the next slots, is the index of its row.
constexpr std::array<std::uint8_t, kSlots> kIndex = [] {
  std::array<std::uint8_t, kSlots> index{};
  for (std::size_t i = 2; i < kTags.size(); ++i) {
    std::size_t slot = slot_of(kTags[i].name);
    while (index[slot] != 0) slot = (slot + 1) % kSlots;
    index[slot] = static_cast<std::uint8_t>(i);
  }
  return index;
}();

bool same(std::string_view name, std::string_view known) {
  if (name.size() != known.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (lower(name[i]) != known[i]) return false;
  }
  return true;
}

}  // namespace

const TagInfo& tag_info(std::string_view name) {
  if (name.size() <= kLongest) {
    for (std::size_t slot = slot_of(name); kIndex[slot] != 0; slot = (slot + 1) % kSlots) {
      if (same(name, kTags[kIndex[slot]].name)) return kTags[kIndex[slot]];
    }
  }
  return kTags[static_cast<std::size_t>(Tag::kOther)];
}

const TagInfo& tag_info(Tag tag) { return kTags[static_cast<std::size_t>(tag)]; }

}  // namespace dateline::article
