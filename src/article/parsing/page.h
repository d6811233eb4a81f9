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
#include <string_view>
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

class Page {
 public:
  /// `html` is valid UTF-8 of less than 2^31 bytes.
  explicit Page(std::string html);

  const std::string& html() const { return html_; }
  /// The first one is <html>, whether it is written or not.
  const std::vector<Node>& nodes() const { return nodes_; }
  const Node& operator[](std::size_t node) const { return nodes_[node]; }

  /// A text, or an element's attributes, as written.
  std::string_view written(std::size_t node) const {
    return std::string_view(html_).substr(nodes_[node].begin, nodes_[node].size);
  }
  /// Whether `inner` is `outer` or lies below it.
  bool contains(std::size_t outer, std::size_t inner) const {
    return outer <= inner && inner < nodes_[outer].end;
  }

 private:
  std::string html_;
  std::vector<Node> nodes_;
};

/// The attributes of an element, one after another, as they are written.
class Attributes {
 public:
  explicit Attributes(std::string_view written) : rest_(written) {}
  bool next();
  /// Whether the name is this one; `name` is in lower case.
  bool is(std::string_view name) const;

  std::string_view name;
  std::string_view value;

 private:
  std::string_view rest_;
};

/// Value of an attribute, character references read; empty where there is none.
std::string attribute(const Page& page, std::size_t node, std::string_view name);

}  // namespace dateline::article
