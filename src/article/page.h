// A web page as a tree: libxml2's HTML parser, with what the readers of pages need around it.
//
// Any bytes give a tree. The parser's own limits stay on (depth 256, 10 MB a text node); where it
// stops at one, what it has read so far is the page, and `cut` says so. All walks are loops, so no
// page can exhaust the stack.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>

namespace dateline::article {

class Page {
 public:
  /// `html` is valid UTF-8.
  explicit Page(std::string html);

  xmlNode* root() const;  ///< Null for a page without any element.
  bool cut() const { return cut_; }

 private:
  std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document_;
  bool cut_ = false;
};

/// Name of an element, lower-case; empty for anything else.
std::string_view tag_of(const xmlNode* node);

/// Value of an attribute; empty where there is none.
std::string attribute(const xmlNode* node, const char* name);

/// The node after `node` in document order that lies in `top`; its children first unless `skip`.
xmlNode* next_node(xmlNode* node, const xmlNode* top, bool skip_children = false);

/// All text below a node, white space squeezed, without scripts and styles.
std::string text_of(xmlNode* top);

}  // namespace dateline::article
