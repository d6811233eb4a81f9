// SPDX-License-Identifier: Apache-2.0
#include "article/page.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <algorithm>

#include "article/plain.h"

namespace dateline::article {

namespace {

void init_libxml() {
  static const bool done = [] {
    xmlInitParser();
    return true;
  }();
  (void)done;
}

std::string_view as_view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

}  // namespace

Page::Page(std::string html) : document_(nullptr, &xmlFreeDoc) {
  init_libxml();
  std::replace(html.begin(), html.end(), '\0', ' ');  // libxml2 takes a NUL for the end.
  const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(htmlNewParserCtxt(),
                                                                              &htmlFreeParserCtxt);
  if (!parser) return;
  constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                           HTML_PARSE_NONET | HTML_PARSE_COMPACT;
  document_.reset(htmlCtxtReadMemory(parser.get(), html.data(), static_cast<int>(html.size()),
                                     nullptr, "UTF-8", kOptions));
  cut_ = parser->disableSAX != 0;
}

xmlNode* Page::root() const { return document_ ? xmlDocGetRootElement(document_.get()) : nullptr; }

std::string_view tag_of(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE ? as_view(node->name) : std::string_view();
}

std::string attribute(const xmlNode* node, const char* name) {
  if (node->type != XML_ELEMENT_NODE) return {};
  for (const xmlAttr* at = node->properties; at != nullptr; at = at->next) {
    if (as_view(at->name) != name) continue;
    std::string value;
    for (const xmlNode* part = at->children; part != nullptr; part = part->next) {
      if (part->type == XML_TEXT_NODE) value += as_view(part->content);
    }
    return value;
  }
  return {};
}

xmlNode* next_node(xmlNode* node, const xmlNode* top, bool skip_children) {
  if (!skip_children && node->type == XML_ELEMENT_NODE && node->children != nullptr) {
    return node->children;
  }
  while (node != top) {
    if (node->next != nullptr) return node->next;
    node = node->parent;
  }
  return nullptr;
}

std::string text_of(xmlNode* top) {
  std::string text;
  for (xmlNode* node = top; node != nullptr;) {
    const std::string_view tag = tag_of(node);
    if (node->type == XML_TEXT_NODE) text += as_view(node->content);
    if (tag == "br") text += ' ';
    node = next_node(node, top, tag == "script" || tag == "style");
  }
  return squeeze(text);
}

}  // namespace dateline::article
