// A web page: its tree, its elements' attributes, and the text below each.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/parsing/parser.h"
#include "article/parsing/tags.h"
#include "article/parsing/text.h"

namespace dateline::article {

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

/// All text below a node, squeezed to one line, without what is never text of the page.
std::string text_of(const Page& page, std::size_t node);
void append_text_of(const Page& page, std::size_t node, PageText& text);

}  // namespace dateline::article
