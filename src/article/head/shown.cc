// SPDX-License-Identifier: Apache-2.0
#include "article/head/shown.h"

#include <re2/re2.h>

#include <string>
#include <string_view>
#include <utility>

#include "article/ascii.h"
#include "article/head/titles.h"
#include "article/white_space.h"

namespace dateline::article {

namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

/// "The Border Post" of "© 2026 The Border Post, Lindmark. All rights reserved."
std::string copyright_holder(const Blocks& blocks) {
  static const re2::RE2 kHolder(
      R"((?i)(?:(?:©|\(c\)|copyright)[\s©:,]*)+(?:(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:(?:19|20)?\d\d|present)\b)?)?[\s,.|]*)*(?:by\s+)?(\p{L}[^,.|©\n]{1,60}?)(?:\s(?:19|20)\d\d|[,.|©\n]|$))");
  // Swept on the same pages: 5 to 100 blocks give more names, and more wrong ones, within .01; 30
  // to 400 words are the same, 20 .01 less.
  constexpr std::size_t kFoot = 40;
  constexpr std::uint32_t kMostWords = 60;
  for (std::size_t i = blocks.blocks.size(); i-- > 0 && i + kFoot > blocks.blocks.size();) {
    if (blocks.blocks[i].words > kMostWords) continue;
    std::string holder;
    const std::string_view words = blocks.blocks[i].span.of(blocks.text.text());
    if (!re2::RE2::PartialMatch(piece(words), kHolder, &holder)) continue;
    holder = squeeze(holder);
    for (const std::string_view tail : {" All rights reserved", " all rights reserved"}) {
      if (const auto at = holder.find(tail); at != std::string::npos) holder.resize(at);
    }
    if (could_be_outlet(holder)) return holder;
  }
  return {};
}

/// The picture that leads home is the outlet's sign, and says its name.
std::string logo_name(const Page& page) {
  for (std::size_t at = 1; at < page.nodes().size(); ++at) {
    if (page[at].tag != Tag::kImg) continue;
    bool leads_home = page.written(at).find("logo") != std::string_view::npos;
    std::uint32_t around = page[at].parent;
    for (int level = 0; level < 3 && around != 0; ++level, around = page[around].parent) {
      if (page[around].tag != Tag::kA) continue;
      const std::string href = attribute(page, around, "href");
      const std::size_t host = href.find("://");
      const std::size_t path = href.find('/', host == std::string::npos ? 0 : host + 3);
      leads_home =
          leads_home || href == "/" || href == "./" ||
          (host != std::string::npos && (path == std::string::npos || path + 1 == href.size()));
    }
    if (!leads_home) continue;
    std::string name = squeeze(attribute(page, at, "alt"));
    for (const std::string_view tail : {" logo", " Logo", " LOGO", " home", " Home"}) {
      if (name.ends_with(tail)) name.erase(name.size() - tail.size());
    }
    if (could_be_outlet(name) && lower(name) != "logo" && lower(name) != "home") return name;
  }
  return {};
}

}  // namespace

void read_shown_outlet(const Page& page, const Blocks& blocks, const Outline& outline,
                       PageHead& head) {
  if (!head.publisher.empty()) return;
  const std::string headline = outline.headline == 0 ? head.title : text_of(page, outline.headline);
  const std::string beside = beside_headline(head.window_title, headline);
  const std::string holder = copyright_holder(blocks);
  const std::string logo = logo_name(page);
  // Two that agree are believed first; one alone in the order in which it is the outlet's name.
  // Of 457 pages with their own statement hidden 262 are read as it says, 221 without the tail
  // and with the holder before the logo, 248 without the tail.
  for (const auto& [name, other] :
       {std::pair(beside, logo), std::pair(logo, holder), std::pair(beside, holder)}) {
    if (head.publisher.empty() && could_be_outlet(name) && same_headline(name, other)) {
      head.publisher = name;
    }
  }
  const std::string tail = tail_of(head.window_title);
  for (const std::string& name : {beside, tail, logo, holder}) {
    if (head.publisher.empty() && could_be_outlet(name)) head.publisher = name;
  }
}

}  // namespace dateline::article
