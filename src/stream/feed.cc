// What an item says twice is taken from where it says more: its content before its summary, and the
// day it came out before the day it was changed.
// SPDX-License-Identifier: Apache-2.0
#include "stream/feed.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <array>
#include <optional>
#include <pugixml.hpp>
#include <span>
#include <sstream>

#include "article/ascii.h"
#include "article/decoding/encoding.h"
#include "article/parsing/text.h"
#include "stream/mime.h"

namespace dateline::stream {

namespace {

constexpr int kNoFeed = 1016;
constexpr std::size_t kMostItems = 100'000;
constexpr std::size_t kLookForFeed = 4096;

/// In the order in which they are believed.
constexpr std::string_view kContents[] = {"content:encoded", "content"};
constexpr std::string_view kSummaries[] = {"description", "summary"};
constexpr std::string_view kDateElements[] = {"pubDate", "published", "dc:date",
                                              "issued",  "updated",   "modified"};
constexpr const char* kJsonContents[] = {"content_html", "content_text"};
constexpr const char* kJsonDates[] = {"date_published", "date_modified"};

struct Item {
  std::string content, link, title, date;
  bool is_html = true;
  bool is_summary = false;
};

Result<Page> report_of(Item item) {
  if (item.content.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fail(1003, "the item of the feed has no text");
  }
  Page page;
  Input& input = page.input;
  // Tags tell a page; what has none is read as text, where line breaks count.
  item.is_html = item.is_html && item.content.find_first_of("<&") != std::string::npos;
  input.bytes = std::move(item.content);
  input.media_type = item.is_html ? MediaType::kHtml : MediaType::kText;
  if (item.is_html) input.charset = "utf-8";
  input.uri = std::move(item.link);
  input.title = std::move(item.title);
  // RSS writes days as mail does, all others in ISO 8601.
  const bool is_mail_date =
      !item.date.empty() && (item.date[0] < '0' || item.date[0] > '9' || item.date.find(' ') < 3);
  if (is_mail_date) {
    const auto date = mail_date(item.date);
    if (!date) {
      page.warnings.push_back(
          fmt::format("the feed's date '{}' is none and was not used", item.date.substr(0, 40)));
    }
    item.date = date.value_or("");
  }
  input.date = std::move(item.date);
  input.date_from = "feed";
  if (item.is_summary) page.warnings.emplace_back("the feed gives no more than a summary");
  return page;
}

std::string words_of(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
    }
  }
  return text;
}

/// What an Atom construct holds: XHTML stands in it as elements.
std::string markup_of(const pugi::xml_node& node) {
  if (std::string_view(node.attribute("type").value()) != "xhtml") return words_of(node);
  std::ostringstream out;
  for (const pugi::xml_node& child : node.children()) {
    child.print(out, "", pugi::format_raw | pugi::format_no_declaration);
  }
  return std::move(out).str();
}

/// What HTML shows on one line: without its tags, its character references read.
std::string text_shown(std::string_view html) {
  article::PageText text;
  while (!html.empty()) {
    const bool is_tag =
        html.size() > 1 && html[0] == '<' && (html[1] == '/' || article::is_letter(html[1]));
    const std::size_t end = is_tag ? html.find('>') : html.find('<', 1) - 1;
    const std::string_view piece = html.substr(0, std::min(end, html.size() - 1) + 1);
    if (!is_tag) text.append(piece, 0);
    html.remove_prefix(piece.size());
  }
  return text.text();
}

/// The first of these names that says something.
pugi::xml_node first_of(const pugi::xml_node& item, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    if (const auto node = item.child(std::string(name).c_str()); node && node.first_child()) {
      return node;
    }
  }
  return {};
}

Item item_of(const pugi::xml_node& node) {
  Item item;
  pugi::xml_node content = first_of(node, kContents);
  item.is_summary = !content;
  if (!content) content = first_of(node, kSummaries);
  item.content = markup_of(content);
  const std::string_view type = content.attribute("type").value();
  item.is_html = type != "text" && type != "text/plain";
  const pugi::xml_node title = node.child("title");
  item.title = markup_of(title);
  // RSS does not say what a title is, and most are HTML.
  const std::string_view title_type = title.attribute("type").value();
  if (title_type.ends_with("html") || std::string_view(node.name()) == "item") {
    item.title = text_shown(item.title);
  }
  item.date = words_of(first_of(node, kDateElements));
  for (const pugi::xml_node& link : node.children("link")) {
    const std::string_view rel = link.attribute("rel").value();
    if (!rel.empty() && rel != "alternate") continue;
    const char* address = link.attribute("href").value();
    item.link = *address != '\0' ? address : words_of(link);
    break;
  }
  if (item.link.empty() &&
      std::string_view(node.child("guid").attribute("isPermaLink").value()) != "false") {
    item.link = words_of(node.child("guid"));
  }
  return item;
}

std::string without_blanks(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// In UTF-8, whatever its first line says.
std::string in_utf8(const std::string& bytes) {
  std::vector<std::string> ignored;
  if (article::has_wide_mark(bytes)) {
    return article::decode(bytes, "", false, ignored).text;
  }
  const std::string_view first = std::string_view(bytes).substr(0, bytes.find('>'));
  const std::size_t at = first.substr(0, kLookForFeed).find("encoding=");
  if (at == std::string_view::npos || at + 10 >= first.size()) return bytes;
  const std::string_view rest = first.substr(at + 10);
  const std::string_view charset = rest.substr(0, rest.find(first[at + 9]));
  return article::decode(bytes, charset, false, ignored).text;
}

Result<std::vector<Result<Page>>> items_of_xml(const std::string& bytes) {
  // pugixml leaves entities of a document's own as they are; what defines some was made to harm, or
  // would be read wrongly.
  if (bytes.find("<!ENTITY") != std::string::npos) {
    return fail(kNoFeed, "the feed defines entities of its own, which are not read");
  }
  pugi::xml_document document;
  const std::string text = in_utf8(bytes);
  const auto parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  const pugi::xml_node root = document.document_element();
  if (!parsed && !root.first_child()) {
    return fail(
        kNoFeed,
        fmt::format("the feed is broken at byte {}: {}", parsed.offset, parsed.description()),
        static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(parsed.offset, 0)));
  }
  std::vector<Result<Page>> items;
  // RSS 2 has its items in the channel, RSS 1 beside it, Atom at the root.
  const std::array places = {root.child("channel"), root};
  for (const pugi::xml_node& place : places) {
    for (const pugi::xml_node& node : place.children()) {
      const std::string_view name = node.name();
      if ((name != "item" && name != "entry") || items.size() == kMostItems) continue;
      Item item = item_of(node);
      for (std::string* part : {&item.link, &item.title, &item.date}) *part = without_blanks(*part);
      items.push_back(report_of(std::move(item)));
    }
  }
  if (items.empty()) return fail(kNoFeed, "the file holds no items of a feed");
  if (!parsed) {
    items.push_back(fail(kNoFeed, fmt::format("the feed is broken at byte {}: {}", parsed.offset,
                                              parsed.description())));
  }
  return items;
}

Result<std::vector<Result<Page>>> items_of_json(const std::string& bytes) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(bytes.data(), bytes.size());
  if (document.HasParseError()) {
    return fail(1005,
                fmt::format("broken JSON at byte {}: {}", document.GetErrorOffset(),
                            rapidjson::GetParseError_En(document.GetParseError())),
                document.GetErrorOffset());
  }
  if (!document.IsObject() || !document.HasMember("items") || !document["items"].IsArray()) {
    return fail(kNoFeed, "the file holds no items of a feed");
  }
  const auto text = [](const rapidjson::Value& of, const char* name) -> std::string {
    const auto at = of.FindMember(name);
    if (at == of.MemberEnd() || !at->value.IsString()) return {};
    return {at->value.GetString(), at->value.GetStringLength()};
  };
  std::vector<Result<Page>> items;
  for (const rapidjson::Value& value : document["items"].GetArray()) {
    if (!value.IsObject() || items.size() == kMostItems) continue;
    Item item;
    for (const char* name : kJsonContents) {
      if (item.content.empty()) {
        item.content = text(value, name);
        item.is_html = name == kJsonContents[0];
      }
    }
    if (item.content.empty()) {
      item.content = text(value, "summary");
      item.is_html = false;
      item.is_summary = true;
    }
    for (const char* name : kJsonDates) {
      if (item.date.empty()) item.date = text(value, name);
    }
    item.link = text(value, "url");
    item.title = text(value, "title");
    items.push_back(report_of(std::move(item)));
  }
  return items;
}

}  // namespace

bool looks_like_feed(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, kLookForFeed);
  const auto has = [&](std::string_view mark) {
    return start.find(mark) != std::string_view::npos;
  };
  if (start.find('{') < start.find('<')) return has("jsonfeed.org/version/");
  return has("<rss") || has("<rdf:RDF") || has("<feed") || has("<atom:feed");
}

Result<std::vector<Result<Page>>> items_of_feed(const std::string& bytes) {
  const std::size_t first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool is_json = first != std::string::npos && bytes[first] == '{';
  return is_json ? items_of_json(bytes) : items_of_xml(bytes);
}

}  // namespace dateline::stream
