// SPDX-License-Identifier: Apache-2.0
#include "article/body/apart.h"

#include <algorithm>

namespace dateline::article {

namespace {

// Swept as kSurelyBody was.
/// Of a text's words, for a link: 1 loses .001 on scrapinghub, .6 as much on WCXB.
constexpr double kLinked = 0.9;
/// Of a list's words, for a list of links; .6 to .8: no difference, none of it loses .001 on
/// scrapinghub.
constexpr double kLinkList = 0.7;
/// Words of a request; a longer text is a paragraph. 60 loses .001 on WCXB, 100 more.
constexpr std::uint32_t kRequestWords = 20;
/// Blocks in an element of requests: 2 the same, 6 lose .001 on WCXB.
constexpr std::uint32_t kRequestBlocks = 3;
/// Elements around a block that are looked at for that: 2 and 8 make no difference.
constexpr int kRequestLevels = 4;

/// Of the words that are not shown: where fewer are, the page shows them later, by a script. .4 is
/// the same, .1 loses .002 on WCXB, .7 .006 on readability, and 1 (or to take all) .011.
constexpr double kShown = 0.5;

/// More than any score.
constexpr float kNever = 2;

/// Names of requests: for one's money, address or vote.
constexpr Marks kRequests = bit(Mark::kAdvert) | bit(Mark::kNewsletter);
/// Names of what is set apart from the story that it stands beside. Of the others, those of
/// sidebars, navigation and related stories lose .001 to .004 on WCXB.
constexpr Marks kBeside = bit(Mark::kComments) | bit(Mark::kNewsletter);

bool is_beside(Tag tag) { return tag == Tag::kAside || tag == Tag::kNav || tag == Tag::kFooter; }

class Parts {
 public:
  Parts(const Page& page, const Blocks& blocks, const Outline& outline)
      : page_(page),
        blocks_(blocks),
        headline_(outline.headline),
        words_before_(blocks.blocks.size() + 1),
        linked_before_(blocks.blocks.size() + 1) {
    for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
      words_before_[i + 1] = words_before_[i] + blocks.blocks[i].words;
      linked_before_[i + 1] = linked_before_[i] + blocks.blocks[i].linked;
    }
  }

  /// With tags or names of what stands beside a story.
  bool is_named_beside(std::uint32_t element) const {
    return is_beside(page_[element].tag) || (blocks_.marks[element] & kBeside) != 0;
  }

  /// Nodes in elements of a kind; not in those that hold the headline.
  template <typename Is>
  std::vector<bool> within(Is is) const {
    std::vector<bool> within(page_.nodes().size());
    for (std::uint32_t at = 1; at < within.size(); ++at) {
      within[at] = within[page_[at].parent] || (is(at) && !holds_headline(at));
    }
    return within;
  }

  /// Where the page's headline is in a post, the blocks of those with another number.
  std::vector<bool> in_other_posts() const {
    std::vector<bool> others(blocks_.blocks.size());
    const auto& posts = blocks_.posts;
    const auto own = std::find_if(posts.begin(), posts.end(),
                                  [&](const Post& post) { return holds_headline(post.element); });
    if (own == posts.end()) return others;
    for (const auto& [element, number] : posts) {
      if (number == own->number || holds_headline(element)) continue;
      std::fill(others.begin() + blocks_.first[element],
                others.begin() + blocks_.first[page_[element].end], true);
    }
    return others;
  }

  /// A link, or one of a list of links, whatever surrounds it.
  bool leads_elsewhere(const Block& block) const {
    if (block.linked >= kLinked * block.words) return true;
    if (page_[block.element].tag != Tag::kLi) return false;
    const std::uint32_t list = page_[block.element].parent;
    const std::uint32_t begin = blocks_.first[list], end = blocks_.first[page_[list].end];
    return linked_before_[end] - linked_before_[begin] >
           kLinkList * (words_before_[end] - words_before_[begin]);
  }

  /// A few words in a small element that is named as advertising or as asking for something.
  bool is_request(const Block& block) const {
    if (block.words > kRequestWords) return false;
    std::uint32_t at = page_[block.node].parent;
    for (int level = 0; level < kRequestLevels && at != 0; ++level, at = page_[at].parent) {
      if (blocks_.first[page_[at].end] - blocks_.first[at] > kRequestBlocks) return false;
      if (blocks_.marks[at] & kRequests) return true;
    }
    return false;
  }

 private:
  bool holds_headline(std::uint32_t element) const {
    return headline_ != 0 && page_.contains(element, headline_);
  }

  const Page& page_;
  const Blocks& blocks_;
  std::uint32_t headline_;
  std::vector<std::uint32_t> words_before_, linked_before_;  ///< Each block.
};

}  // namespace

std::vector<float> least_scores(const Page& page, const Blocks& blocks, const Outline& outline,
                                const std::vector<float>& scores, float cut) {
  const Parts parts(page, blocks, outline);
  const auto beside = parts.within([&](std::uint32_t at) { return parts.is_named_beside(at); });
  const auto hidden = parts.within([&](std::uint32_t at) { return blocks.hidden[at]; });
  const std::vector<bool> others = parts.in_other_posts();
  std::vector<float> least(blocks.blocks.size(), cut);
  double words_shown = 0, words_hidden = 0;
  for (std::size_t i = 0; i < least.size(); ++i) {
    const Block& block = blocks.blocks[i];
    if (block.apart || others[i] || parts.is_request(block)) {
      least[i] = kNever;
    } else if (beside[block.node] || parts.leads_elsewhere(block)) {
      least[i] = std::max(cut, kSurelyBody);
    }
    if (scores[i] >= least[i]) (hidden[block.node] ? words_hidden : words_shown) += block.words;
  }
  if (words_shown > kShown * words_hidden) {
    for (std::size_t i = 0; i < least.size(); ++i) {
      if (hidden[blocks.blocks[i].node]) least[i] = kNever;
    }
  }
  return least;
}

}  // namespace dateline::article
