// SPDX-License-Identifier: Apache-2.0
#include "article/page_head.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "article/dates.h"
#include "article/json_ld.h"
#include "article/plain.h"

namespace dateline::article {

namespace {

// Names of <meta> by which sites state the same thing, the most trusted first.
constexpr std::array<const char*, 4> kTitles = {"og:title", "twitter:title", "dc.title",
                                                "parsely-title"};
constexpr std::array<const char*, 12> kPublished = {
    "article:published_time", "datepublished",  "og:published_time",
    "parsely-pub-date",       "publishdate",    "pubdate",
    "date.publish",           "dc.date.issued", "dcterms.created",
    "sailthru.date",          "dc.date",        "date"};
constexpr std::array<const char*, 4> kModified = {"article:modified_time", "datemodified",
                                                  "og:updated_time", "last-modified"};
constexpr std::array<const char*, 6> kAuthors = {"author",         "parsely-author",  "dc.creator",
                                                 "article:author", "sailthru.author", "byl"};
constexpr std::array<const char*, 4> kPublishers = {"og:site_name", "publisher", "dc.publisher",
                                                    "application-name"};

using Metas = std::map<std::string, std::vector<std::string>>;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return text;
}

template <std::size_t N>
std::string first_of(const Metas& metas, const std::array<const char*, N>& names) {
  for (const char* name : names) {
    if (const auto at = metas.find(name); at != metas.end()) return at->second.front();
  }
  return {};
}

/// The first of these names whose value is a date.
template <std::size_t N>
std::string date_of(const Metas& metas, const std::array<const char*, N>& names) {
  for (const char* name : names) {
    const auto at = metas.find(name);
    if (at == metas.end()) continue;
    if (auto date = normalise_web_date(at->second.front())) return std::move(*date);
  }
  return {};
}

/// The day in an address such as ".../2026/03/09/..." or ".../2026-03-09-dock-strike".
std::string date_in_url(const std::string& url) {
  static const re2::RE2 kDay(R"([/_-]((?:19|20)\d\d)([/_-])(\d\d)([/_-])(\d\d)(?:[/_.-]|$))");
  std::string year, first, month, second, day;
  if (!re2::RE2::PartialMatch(url, kDay, &year, &first, &month, &second, &day) || first != second) {
    return {};
  }
  return normalise_date(fmt::format("{}-{}-{}", year, month, day)).value_or("");
}

/// Names in a statement of authorship: "Ada Obi", "By Ada Obi and Ken Lund".
void add_authors(const std::string& statement, std::vector<std::string>& authors) {
  if (statement.empty() || statement.find("://") != std::string::npos) return;
  auto names = authors_of(lower(statement).starts_with("by ") ? statement : "by " + statement);
  if (names.empty()) names.push_back(statement);
  for (std::string& name : names) {
    if (std::find(authors.begin(), authors.end(), name) == authors.end()) {
      authors.push_back(std::move(name));
    }
  }
}

}  // namespace

PageHead read_head(xmlNode* root, const std::string& uri) {
  PageHead head;
  Metas metas;
  JsonLd json_ld;
  std::string time_element;
  for (xmlNode* node = root; node != nullptr; node = next_node(node, root)) {
    const std::string_view tag = tag_of(node);
    if (tag == "html") {
      head.language = attribute(node, "lang");
    } else if (tag == "meta") {
      std::string content = squeeze(attribute(node, "content"));
      if (content.empty()) continue;
      for (const char* key : {"property", "name", "itemprop", "http-equiv"}) {
        const std::string name = lower(attribute(node, key));
        if (!name.empty()) metas[name].push_back(content);
      }
    } else if (tag == "title" && head.window_title.empty()) {
      head.window_title = text_of(node);
    } else if (tag == "link" && lower(attribute(node, "rel")) == "canonical") {
      head.url = squeeze(attribute(node, "href"));
    } else if (tag == "script" && lower(attribute(node, "type")) == "application/ld+json") {
      std::string script;
      for (const xmlNode* part = node->children; part != nullptr; part = part->next) {
        if (part->content != nullptr) script += reinterpret_cast<const char*>(part->content);
      }
      read_json_ld(script, json_ld);
    } else if (tag == "time" && time_element.empty()) {
      time_element = normalise_web_date(attribute(node, "datetime")).value_or("");
    }
  }

  head.title = first_of(metas, kTitles);
  if (head.title.empty()) head.title = json_ld.headline;
  head.publisher = first_of(metas, kPublishers);
  if (head.publisher.empty()) head.publisher = json_ld.publisher;
  head.authors = std::move(json_ld.authors);
  if (head.authors.empty()) {
    for (const char* name : kAuthors) {
      const auto at = metas.find(name);
      if (at == metas.end()) continue;
      for (const std::string& statement : at->second) add_authors(statement, head.authors);
      if (!head.authors.empty()) break;
    }
  }
  if (head.url.empty()) head.url = first_of(metas, std::array<const char*, 1>{"og:url"});

  const std::pair<std::string, const char*> dates[] = {
      {normalise_web_date(json_ld.published).value_or(""), "json-ld"},
      {date_of(metas, kPublished), "meta"},
      {time_element, "meta"},
      {date_in_url(head.url), "url"},
      {date_in_url(uri), "url"}};
  for (const auto& [date, from] : dates) {
    if (date.empty()) continue;
    head.published = date;
    head.published_from = from;
    break;
  }
  head.modified = normalise_web_date(json_ld.modified).value_or("");
  if (head.modified.empty()) head.modified = date_of(metas, kModified);
  return head;
}

std::string without_site(const std::string& window_title, const std::string& publisher) {
  constexpr std::array<std::string_view, 8> kBreaks = {
      " | ", " - ", " \u2013 ", " \u2014 ", " \u00BB ", " \u00B7 ", " :: ", ": "};
  std::string title = window_title;
  for (const std::string_view between : kBreaks) {
    const std::size_t last = title.rfind(between);
    const std::size_t first = title.find(between);
    if (last == std::string::npos) continue;
    if (!publisher.empty()) {
      if (same_headline(title.substr(last + between.size()), publisher))
        return title.substr(0, last);
      if (same_headline(title.substr(0, first), publisher)) {
        return title.substr(first + between.size());
      }
    } else if (between != ": " && title.size() - last < last) {
      return title.substr(0, last);  // A site's name is shorter than a headline.
    }
  }
  return title;
}

}  // namespace dateline::article
