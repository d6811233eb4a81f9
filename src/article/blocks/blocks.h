// A page's text as blocks: what a reader would call a paragraph, a heading, a list item, a label.
//
// A block is text without a block element's border or an empty line in it. Every visible text of
// the page lies in exactly one block, in document order. A table with headings is one block.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "article/blocks/markup.h"
#include "article/parsing/page.h"
#include "article/parsing/text.h"
#include "dateline/record.h"

namespace dateline::article {

struct Block {
  Span span;                  ///< Of the blocks' text.
  std::uint32_t node = 0;     ///< First text node, or the table.
  std::uint32_t element = 0;  ///< Innermost block element it lies in.
  std::uint32_t words = 0;
  std::uint32_t linked = 0;  ///< Words that are links.
  bool apart = false;        ///< Shown beside a line of text, if at all: a hint, a pop-up.
};

/// An element that a blog's software names as one whole post, by its number ("post-7816").
struct Post {
  std::uint32_t element = 0;
  std::string_view number;  ///< Of the page as it was decoded.
};

struct Blocks {
  PageText text;
  std::vector<Block> blocks;
  std::vector<Marks> marks;        ///< Of each node of the page.
  std::vector<bool> hidden;        ///< Whether a node says that it is not shown.
  std::vector<Post> posts;         ///< In the page's order.
  std::vector<std::size_t> names;  ///< Of each element: its tag and class, hashed.
  std::vector<std::uint32_t>
      first;  ///< Of each node, and one past the last: the first block at or after it.
};

Blocks read_blocks(const Page& page, const PageMarkers& markers);

}  // namespace dateline::article
