// SPDX-License-Identifier: Apache-2.0
#include "article/head/head.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "article/ascii.h"
#include "article/head/json_ld.h"
#include "article/white_space.h"
#include "record/utf8.h"

namespace dateline::article {

namespace {

using Field = PageStatements::Field;

/// The day in an address such as ".../2026/03/09/...", ".../2026-03-09-dock-strike",
/// ".../20260309/...", ".../2026/0309/...", ".../2026-03/09/...", ".../2026/mar/09/...".
std::string date_in_url(const std::string& url, const PageDates& dates) {
  static const re2::RE2 kDay(
      R"([/_.=-]t?((?:19|20)\d\d)([/_.-]?)(\d\d?|[a-z]{3,9})([/_.-]?)(\d\d?)(?:[/_.,&-]|[a-zA-Z]|$))");
  const std::size_t host = url.find("://");
  const std::size_t path = url.find('/', host == std::string::npos ? 0 : host + 3);
  if (path == std::string::npos) return {};
  re2::StringPiece rest(url.data() + path, url.size() - path);
  std::string year, first, month, second, day;
  while (re2::RE2::FindAndConsume(&rest, kDay, &year, &first, &month, &second, &day)) {
    const bool is_named = month.size() > 2;
    const bool two_digits = month.size() == 2 && day.size() == 2;
    if (first == second ? first.empty() && !two_digits
                        : !two_digits || !(first.empty() || second.empty() || second == "/")) {
      continue;
    }
    if (auto date = dates.read(is_named ? fmt::format("{} {} {}", year, month, day)
                                        : fmt::format("{}-{:0>2}-{:0>2}", year, month, day),
                               {})) {
      return date->value;
    }
  }
  return {};
}

/// "2026-03" of an address such as ".../2026/03/dock-strike".
std::string month_in_url(const std::string& url) {
  static const re2::RE2 kMonth(R"(/((?:19|20)\d\d)/?(0[1-9]|1[0-2])/)");
  std::string year, month;
  if (!re2::RE2::PartialMatch(url, kMonth, &year, &month)) return {};
  return year + "-" + month;
}

/// "en_US" as "en-US".
std::string language_of(std::string tag) {
  tag = tag.substr(0, tag.find_first_of(",; "));
  std::replace(tag.begin(), tag.end(), '_', '-');
  return tag;
}

/// Keeps the most trusted of what is stated more than once.
struct Stated {
  std::string value;
  std::uint16_t rank = 0xFFFF;

  void offer(std::string other, const PageStatements::Name& name) {
    if (other.empty() || name.rank >= rank) return;
    value = std::move(other);
    rank = name.rank;
  }
};

/// Nodes of an element that states a name or a date; one that holds more holds other things. 8 to
/// 256 make no difference on WCXB: a bound for pages nested on purpose.
constexpr std::uint32_t kMostInner = 64;

/// Bytes. Titles are compared with every block of a page; of the development pages none has more
/// than 300.
constexpr std::size_t kLongestTitle = 1000;

std::string shortened(std::string title) {
  if (title.size() > kLongestTitle) {
    std::size_t end = kLongestTitle;
    while (end > 0 && record::is_continuation(title[end])) --end;
    title.resize(end);
  }
  return title;
}

/// The text an element states: its content or datetime attribute, else its words.
std::string stated_by(const Page& page, std::size_t node) {
  for (const char* name : {"content", "datetime"}) {
    std::string value = squeeze(attribute(page, node, name));
    if (!value.empty()) return value;
  }
  return page[node].end - node <= kMostInner ? text_of(page, node) : std::string();
}

bool is_space(char c) { return static_cast<unsigned char>(c) <= ' '; }

/// Members of objects in scripts, the first of each name: "datePublished":"2026-03-09T...",
/// 'publishDate':'2026-03-09', "publishedAt":1773045000.
void search_scripts(const Page& page, const PageStatements& statements, const PageDates& dates,
                    PublicationDay& day) {
  constexpr std::size_t kLongest = 40;  // Of a name, and of a date; a bound. 20 to 80: the same.
  std::vector<const PageStatements::Name*> seen;
  for (std::size_t at = 0; at < page.nodes().size(); ++at) {
    if (page[at].tag != Tag::kScript || at + 1 >= page[at].end) continue;
    const std::string_view script = page.written(at + 1);
    constexpr std::string_view kEnds = "\"'\\";
    const auto is_quote = [](char c) { return c == '"' || c == '\''; };
    for (auto quote = std::find_if(script.begin(), script.end(), is_quote); quote != script.end();
         quote = std::find_if(quote + 1, script.end(), is_quote)) {
      std::string_view rest = script.substr(quote + 1 - script.begin());
      if (!statements.begins_member(rest)) continue;
      const std::size_t end = rest.substr(0, kLongest).find_first_of(kEnds);
      if (end == std::string_view::npos) continue;
      const PageStatements::Name* name = statements.member(rest.substr(0, end));
      if (name == nullptr || std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
      rest.remove_prefix(end);
      while (!rest.empty() && (kEnds.find(rest.front()) != std::string_view::npos ||
                               rest.front() == ':' || is_space(rest.front()))) {
        rest.remove_prefix(1);
      }
      std::size_t size = rest.substr(0, kLongest).find_first_of(kEnds);
      const std::size_t digits = rest.substr(0, kLongest).find_first_not_of("0123456789");
      if (digits != std::string_view::npos && (rest[digits] == ',' || rest[digits] == '}')) {
        size = digits;
      }
      const std::string_view value = rest.substr(0, std::min(size, kLongest));
      if (const auto date = dates.read(value, {})) {
        day.add(date->value, DaySign::kScript, date->other);
        seen.push_back(name);
      }
    }
  }
}

}  // namespace

bool is_address(std::string_view text) {
  const std::size_t host = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
  return host > 0 && text.size() > host && text.find_first_of(" \"<>") == std::string_view::npos;
}

PageHead read_head(const Page& page, const PageStatements& statements, const Bylines& bylines,
                   const PageDates& dates, const std::string& uri, const std::string& retrieved) {
  PageHead head;
  head.day = PublicationDay(retrieved);
  JsonLd json_ld;
  Stated title, modified, item_modified, publisher, language, url;
  PageDates::Found published;
  std::uint16_t published_rank = 0xFFFF, author_rank = 0xFFFF;
  std::vector<std::string> authors, item_authors;
  head.language = attribute(page, 0, "lang");
  const DateStyle style = dates.style_of(head.language, uri);
  const auto read = [&](std::string_view value) {
    return dates.read(value, style).value_or(PageDates::Found{});
  };
  for (std::size_t at = 1; at < page.nodes().size(); ++at) {
    const Node& node = page[at];
    if (node.tag == Tag::kText) continue;
    if (node.tag == Tag::kMeta) {
      std::string content;
      std::array<std::string_view, 3> names;
      std::size_t count = 0;
      for (Attributes one(page.written(at)); one.next();) {
        if (one.is("content")) {
          content = squeeze(plain_value(one.value));
        } else if ((one.is("property") || one.is("name") || one.is("itemprop") ||
                    one.is("http-equiv")) &&
                   count < names.size()) {
          names[count++] = one.value;
        }
      }
      if (content.empty()) continue;
      for (std::size_t i = 0; i < count; ++i) {
        const PageStatements::Name* name = statements.meta(lower(names[i]));
        if (name == nullptr) continue;
        switch (name->field) {
          case Field::kTitle:
            title.offer(content, *name);
            break;
          case Field::kPublished:
            if (auto day = read(content); !day.value.empty()) {
              // Of several, the one by the most trusted name.
              if (name->rank < published_rank) {
                std::swap(day, published);
                published_rank = name->rank;
              }
              head.day.add(day.value, DaySign::kMetaLoose, day.other);
            }
            break;
          case Field::kDated:
            if (const auto day = read(content); !day.value.empty()) {
              head.day.add(day.value, DaySign::kMetaLoose, day.other);
            }
            break;
          case Field::kModified:
            modified.offer(read(content).value, *name);
            break;
          case Field::kPublisher:
            publisher.offer(content, *name);
            break;
          case Field::kLanguage:
            language.offer(content, *name);
            break;
          case Field::kUrl:
            url.offer(content, *name);
            break;
          case Field::kAuthor:
            if (name->rank < author_rank) {
              if (auto found = bylines.names(content); !found.empty()) {
                authors = std::move(found);
                author_rank = name->rank;
              }
            } else if (name->rank == author_rank) {
              add_names(bylines.names(content), authors);
            }
            break;
        }
      }
      continue;
    }
    if (node.tag == Tag::kTitle && head.window_title.empty()) {
      head.window_title = shortened(text_of(page, at));
    } else if (node.tag == Tag::kLink) {
      if (lower(attribute(page, at, "rel")) == "canonical") {
        head.url = squeeze(attribute(page, at, "href"));
      }
    } else if (node.tag == Tag::kScript) {
      if (at + 1 < node.end && lower(attribute(page, at, "type")) == "application/ld+json") {
        read_json_ld(page.written(at + 1), statements, json_ld);
      }
    } else if (node.size > 12 && page.written(at).find("itemprop") != std::string_view::npos) {
      const std::string name = lower(attribute(page, at, "itemprop"));
      if (name == "author") {
        std::size_t named = at;
        for (std::size_t inner = at; inner < std::min<std::size_t>(node.end, at + kMostInner);
             ++inner) {
          if (lower(attribute(page, inner, "itemprop")) == "name") {
            named = inner;
            break;
          }
        }
        add_names(bylines.names(stated_by(page, named)), item_authors);
      } else if (const PageStatements::Name* item = statements.item(name)) {
        const auto day = read(stated_by(page, at));
        if (item->field == Field::kModified) {
          item_modified.offer(day.value, *item);
        } else {
          head.day.add(day.value,
                       item->field == Field::kPublished ? DaySign::kItem : DaySign::kItemLoose,
                       day.other);
        }
      }
    }
  }

  head.title = shortened(title.value.empty() ? json_ld.headline : title.value);
  head.publisher = publisher.value;
  for (const std::string& other : {json_ld.publisher, json_ld.site}) {
    if (head.publisher.empty()) head.publisher = other;
  }
  if (head.publisher.find("://") != std::string::npos || head.publisher.size() > kLongestTitle) {
    head.publisher.clear();
  }
  if (head.language.empty()) head.language = language.value;
  if (head.language.empty()) head.language = json_ld.language;
  head.language = language_of(head.language);
  if (!is_address(head.url) && (head.url.empty() || is_address(url.value))) head.url = url.value;

  std::vector<std::string> named;
  for (const std::string& author : json_ld.authors) {
    add_names(bylines.names(author, head.publisher), named);
  }
  for (const auto* stated : {&named, &authors, &item_authors, &json_ld.organizations}) {
    if (head.authors.empty()) add_names(*stated, head.authors);
  }

  for (const auto& [day, sign] : {std::pair(read(json_ld.published), DaySign::kJsonLd),
                                  std::pair(read(json_ld.created), DaySign::kJsonLdCreated),
                                  std::pair(published, DaySign::kMeta)}) {
    head.day.add(day.value, sign, day.other);
  }
  for (const std::string& address : {uri, head.url}) {
    head.day.add(date_in_url(address, dates), DaySign::kUrl);
    if (std::string month = month_in_url(address); !month.empty()) head.day.add_month(month);
  }
  head.style = dates.style_of(head.language, uri.empty() ? head.url : uri);
  // An instant in UTC leaves the outlet's own day open; its scripts may have it.
  if (head.day.empty() || head.day.is_near_midnight())
    search_scripts(page, statements, dates, head.day);
  for (const std::string& value :
       {read(json_ld.modified).value, modified.value, item_modified.value}) {
    head.day.add_modified(value);
  }
  return head;
}

}  // namespace dateline::article
