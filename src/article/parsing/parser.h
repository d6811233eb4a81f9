// A web page as a tree that knows where everything stands in the bytes it was read from.
//
// Any bytes give a tree, in time linear in the page, without recursion. The tree is what the HTML
// standard's parser makes of sound pages and of the usual unsound ones (end tags left out or put
// wrongly, blocks in paragraphs, nothing but a fragment); two of its repairs are left out, because
// no reader of the text needs them: misplaced formatting is not opened again, and what stands
// between a table's cells stays there.
//
// Nodes lie in one array in document order; what is below a node follows it. So a walk is a loop
// over indices, and text is not copied: a node names the bytes as they are written.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "article/parsing/tags.h"

namespace dateline::article {

struct Node {
  Tag tag = Tag::kText;
  bool literal = false;      ///< A text in which character references do not count (a script's).
  std::uint32_t parent = 0;  ///< Of the root: itself.
  std::uint32_t end = 0;     ///< One past the last node below this one.
  std::uint32_t begin = 0;   ///< Where the text, or the element's attributes, begin in the page,
  std::uint32_t size = 0;    ///< and how many bytes of it they are.
};

/// `html` is valid UTF-8 of less than 2^31 bytes. The first node is <html>, whether it is written
/// or not.
std::vector<Node> parse(const std::string& html);

}  // namespace dateline::article
