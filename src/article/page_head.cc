// SPDX-License-Identifier: Apache-2.0
#include "article/page_head.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "article/dates.h"
#include "article/json_ld.h"
#include "article/markers.h"
#include "article/plain.h"
#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::article {

namespace {

using Field = PageStatements::Field;
using From = PageStatements::From;

constexpr std::array<std::pair<std::string_view, Field>, 7> kFields = {
    {{"title", Field::kTitle},
     {"published", Field::kPublished},
     {"modified", Field::kModified},
     {"author", Field::kAuthor},
     {"publisher", Field::kPublisher},
     {"language", Field::kLanguage},
     {"url", Field::kUrl}}};

// How far a date is trusted by where it comes from, beside those of the table; by judgement after
// reading development pages, not counted.
constexpr double kSureJsonLd = 0.95;
constexpr double kSureUrl = 0.9;
constexpr double kSureMarkedTime = 0.85;
constexpr double kSureTime = 0.7;
constexpr double kSureLabelled = 0.85;
constexpr double kSureNearHeadline = 0.8;
constexpr double kSureElsewhere = 0.5;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return out;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

/// The day in an address such as ".../2026/03/09/...", ".../2026-03-09-dock-strike",
/// ".../20260309/...".
std::string date_in_url(const std::string& url, const PageDates& dates) {
  static const re2::RE2 kDay(
      R"([/_.-]((?:19|20)\d\d)([/_.-]?)(\d\d?)([/_.-]?)(\d\d?)(?:[/_.,-]|[a-z]|$))");
  const std::size_t host = url.find("://");
  const std::size_t path = url.find('/', host == std::string::npos ? 0 : host + 3);
  if (path == std::string::npos) return {};
  re2::StringPiece rest(url.data() + path, url.size() - path);
  std::string year, first, month, second, day;
  while (re2::RE2::FindAndConsume(&rest, kDay, &year, &first, &month, &second, &day)) {
    if (first != second || (first.empty() && (month.size() != 2 || day.size() != 2))) continue;
    if (auto date = dates.read(fmt::format("{}-{:0>2}-{:0>2}", year, month, day), false)) {
      return *date;
    }
  }
  return {};
}

/// Whether a date lies after the day the page was fetched; clocks differ, so the next day passes.
bool is_future(const std::string& date, const std::string& retrieved) {
  if (retrieved.size() < 10 || date.size() < 10) return false;
  if (date.substr(0, 10) <= retrieved.substr(0, 10)) return false;
  return date.substr(0, 10) != next_day(retrieved.substr(0, 10));
}

/// "en_US" as "en-US".
std::string language_of(std::string tag) {
  tag = tag.substr(0, tag.find_first_of(",; "));
  std::replace(tag.begin(), tag.end(), '_', '-');
  return tag;
}

bool is_month_first(const std::string& language) {
  const std::string tag = lower(language);
  return tag.empty() || tag == "en" || tag == "en-us" || tag == "en-ph";
}

/// The words after what announces a name: "By ", "Written by:", "Von ".
std::string_view after_by(std::string_view words) {
  static const re2::RE2 kBy(
      R"((?i)\s*(?:(?:(?:story|text|words|written|posted|published|reported|reviewed|medically reviewed|article|contributed|submitted) )?by|author|authors|autor|auteur|autore|von|par|por|di|door|af|av|text)\b\s*:?\s*)");
  re2::StringPiece rest = piece(words);
  re2::RE2::Consume(&rest, kBy);
  return {rest.data(), rest.size()};
}

/// Names that publishing systems put where they know no author.
bool is_no_author(const std::string& name) {
  static const re2::RE2 kNone(
      R"((?i)(?:admin(?:istrator)?|editor|editors?|staff|webmaster|root|user|author|guest|anonymous|unknown|undefined|null|none|default|super ?user|web ?team|share|save|comments?|follow(?: us)?|updated|published|posted)|.*(?:https?:|www\.|\.com\b|@|\{|\}|head\.).*)");
  return re2::RE2::FullMatch(name, kNone);
}

/// One name as it is stated: without what announces it, titles after it and what is no name.
std::string clean_name(std::string_view stated) {
  std::string name = squeeze(after_by(stated));
  const std::size_t end = std::min({name.find(" | "), name.find(" \u2022 "), name.find(" \u00B7 "),
                                    name.find(" on "), name.find(" - "), name.find(" \u2013 "),
                                    name.find(" / "), name.find(" ("), name.find('\n')});
  if (end != std::string::npos) name.resize(end);
  while (!name.empty() && std::string_view(",.:;|-/").find(name.back()) != std::string_view::npos &&
         !(name.back() == '.' && name.size() > 3 && name[name.size() - 3] == ' ')) {
    name.pop_back();
  }
  return name;
}

/// Names in a statement of authorship: "Ada Obi", "By Ada Obi and Ken Lund", "Ada Obi, Ken Lund".
void add_authors(std::string_view statement, std::vector<std::string>& authors) {
  const std::string stated = squeeze(after_by(statement));
  std::vector<std::string> parts;
  if (stated.ends_with(" and staff")) parts.push_back(stated);  // One author: an outlet's own.
  for (std::size_t at = parts.empty() ? 0 : stated.size() + 1; at <= stated.size();) {
    std::size_t end = stated.size(), next = stated.size() + 1;
    for (const std::string_view between :
         {", and ", " and ", " & ", "; ", ", ", " und ", " et ", " y "}) {
      const std::size_t found = stated.find(between, at);
      if (found < end) {
        end = found;
        next = found + between.size();
      }
    }
    parts.push_back(stated.substr(at, end - at));
    at = next;
  }
  for (const std::string& part : parts) {
    std::string name = clean_name(part);
    constexpr std::size_t kLongest = 60;
    if (name.size() < 2 || name.size() > kLongest || is_no_author(name)) continue;
    if (name.find_first_of("0123456789<>=") != std::string::npos) continue;
    if (std::find(authors.begin(), authors.end(), name) == authors.end()) {
      authors.push_back(std::move(name));
    }
  }
}

/// Whether a text could be one or more names of people and nothing else.
bool is_names(std::string_view words) {
  std::vector<std::string> names = authors_of("by " + std::string(words));
  return !names.empty();
}

/// Keeps the most trusted of what is stated more than once.
struct Stated {
  std::string value;
  std::uint16_t rank = 0xFFFF;
  double sure = 0;

  void offer(std::string other, const PageStatements::Name& name) {
    if (other.empty() || name.rank >= rank) return;
    value = std::move(other);
    rank = name.rank;
    sure = name.sure;
  }
};

/// The text an element states: its content or datetime attribute, else its words.
std::string stated_by(const Page& page, std::size_t node) {
  for (const char* name : {"content", "datetime"}) {
    std::string value = squeeze(attribute(page, node, name));
    if (!value.empty()) return value;
  }
  return text_of(page, node);
}

bool is_space(char c) { return static_cast<unsigned char>(c) <= ' '; }

/// Members of JSON in scripts: "datePublished":"2026-03-09T...".
void search_scripts(const Page& page, const PageStatements& statements, const PageDates& dates,
                    Stated& published) {
  for (std::size_t at = 0; at < page.nodes().size(); ++at) {
    if (page[at].tag != Tag::kScript || at + 1 >= page[at].end) continue;
    const std::string_view script = page.written(at + 1);
    for (const auto& [member, name] : statements.script()) {
      const std::string quoted = '"' + member;
      for (std::size_t found = script.find(quoted); found != std::string_view::npos;
           found = script.find(quoted, found + 1)) {
        std::string_view rest = script.substr(found + quoted.size());
        while (!rest.empty() && (rest.front() == '\\' || rest.front() == '"' ||
                                 rest.front() == ':' || is_space(rest.front()))) {
          rest.remove_prefix(1);
        }
        constexpr std::size_t kLongest = 40;
        const std::string_view value =
            rest.substr(0, std::min(rest.substr(0, kLongest).find_first_of("\"\\"), kLongest));
        if (auto date = dates.read(value, false)) {
          published.offer(std::move(*date), name);
          break;
        }
      }
    }
  }
}

}  // namespace

Result<PageStatements> PageStatements::load(const std::filesystem::path& path) {
  auto table = knowledge::Table::load(path, {"field", "from", "sure", "names"});
  if (!table) return tl::unexpected(table.error());
  PageStatements out;
  std::uint16_t rank = 0;
  for (const auto& [cells, line] : table->rows()) {
    const auto complain = [&](const std::string& what) {
      return fail(3010, fmt::format("{}:{}: {}", path.string(), line, what));
    };
    const Field* field = knowledge::find_pair(kFields, cells[0]);
    if (field == nullptr) return complain(fmt::format("no field '{}'", cells[0]));
    const bool meta = cells[1] == "meta", item = cells[1] == "item";
    if (!meta && !item && cells[1] != "script") {
      return complain(fmt::format("nothing is stated from '{}'", cells[1]));
    }
    const auto sure = knowledge::parse_double(cells[2]);
    if (!sure || *sure < 0 || *sure > 1) return complain(fmt::format("'{}' is no share", cells[2]));
    for (const std::string_view name : knowledge::split_cell(cells[3])) {
      const Name row{*field,
                     meta   ? From::kMeta
                     : item ? From::kItem
                            : From::kScript,
                     rank++, *sure};
      if (meta) {
        out.metas_.try_emplace(std::string(name), row);
      } else if (item) {
        out.items_.try_emplace(std::string(name), row);
      } else {
        out.script_.emplace_back(name, row);
      }
    }
  }
  return out;
}

PageHead read_head(const Page& page, const PageStatements& statements, const PageDates& dates,
                   const std::string& uri, const std::string& retrieved) {
  PageHead head;
  JsonLd json_ld;
  Stated title, published, modified, item_published, item_modified, publisher, language, url;
  std::uint16_t author_rank = 0xFFFF;
  std::vector<std::string> authors, item_authors;
  head.language = attribute(page, 0, "lang");
  const bool month_first = is_month_first(head.language);
  const auto date = [&](std::string_view value) {
    auto read = dates.read(value, month_first);
    return read && !is_future(*read, retrieved) ? std::move(*read) : std::string();
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
            published.offer(date(content), *name);
            break;
          case Field::kModified:
            modified.offer(date(content), *name);
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
              std::vector<std::string> found;
              add_authors(content, found);
              if (!found.empty()) {
                authors = std::move(found);
                author_rank = name->rank;
              }
            } else if (name->rank == author_rank) {
              add_authors(content, authors);
            }
            break;
        }
      }
      continue;
    }
    if (node.tag == Tag::kTitle && head.window_title.empty()) {
      head.window_title = text_of(page, at);
    } else if (node.tag == Tag::kLink) {
      if (lower(attribute(page, at, "rel")) == "canonical") {
        head.url = squeeze(attribute(page, at, "href"));
      }
    } else if (node.tag == Tag::kScript) {
      if (at + 1 < node.end && lower(attribute(page, at, "type")) == "application/ld+json") {
        read_json_ld(page.written(at + 1), json_ld);
      }
    } else if (node.size > 12 && page.written(at).find("itemprop") != std::string_view::npos) {
      const std::string name = lower(attribute(page, at, "itemprop"));
      if (name == "author") {
        std::size_t named = at;
        for (std::size_t inner = at; inner < node.end; ++inner) {
          if (lower(attribute(page, inner, "itemprop")) == "name") {
            named = inner;
            break;
          }
        }
        add_authors(stated_by(page, named), item_authors);
      } else if (const PageStatements::Name* item = statements.item(name)) {
        Stated& stated = item->field == Field::kModified ? item_modified : item_published;
        stated.offer(date(stated_by(page, at)), *item);
      }
    }
  }

  head.title = title.value;
  if (head.title.empty()) head.title = json_ld.headline;
  head.publisher = publisher.value;
  for (const std::string& other : {json_ld.publisher, json_ld.site}) {
    if (head.publisher.empty()) head.publisher = other;
  }
  if (head.publisher.find("://") != std::string::npos) head.publisher.clear();
  if (head.language.empty()) head.language = language.value;
  if (head.language.empty()) head.language = json_ld.language;
  head.language = language_of(head.language);
  if (head.url.empty()) head.url = url.value;

  std::vector<std::string> named;
  for (const std::string& author : json_ld.authors) add_authors(author, named);
  head.authors = !named.empty() && !json_ld.organizations ? named
                 : !authors.empty()                       ? authors
                 : !item_authors.empty()                  ? item_authors
                                                          : named;

  const std::pair<std::string, std::pair<const char*, double>> days[] = {
      {date(json_ld.published), {"json-ld", kSureJsonLd}},
      {published.value, {"meta", published.sure}},
      {item_published.value, {"microdata", item_published.sure}}};
  for (const auto& [day, source] : days) {
    if (day.empty() || source.second <= head.published_sure) continue;
    head.published = day;
    head.published_from = source.first;
    head.published_sure = source.second;
  }
  std::string in_url = date_in_url(uri, dates);
  if (in_url.empty()) in_url = date_in_url(head.url, dates);
  if (!in_url.empty() && !is_future(in_url, retrieved) && head.published_sure < kSureUrl) {
    head.published = in_url;
    head.published_from = "url";
    head.published_sure = kSureUrl;
  }
  if (head.published.empty()) {
    Stated found;
    search_scripts(page, statements, dates, found);
    if (!found.value.empty() && !is_future(found.value, retrieved)) {
      head.published = found.value;
      head.published_from = "script";
      head.published_sure = found.sure;
    }
  }
  // The day in the address is the outlet's own; an instant in UTC may be the next one already.
  if (!in_url.empty() && head.published.size() > 10 &&
      next_day(in_url) == head.published.substr(0, 10)) {
    head.published = in_url;
    head.published_from = "url";
  }
  head.modified = date(json_ld.modified);
  if (head.modified.empty()) head.modified = modified.value;
  if (head.modified.empty()) head.modified = item_modified.value;
  return head;
}

namespace {

/// What the blocks around the article show.
class Shown {
 public:
  Shown(const Page& page, const Blocks& blocks, const Outline& outline,
        const std::vector<bool>& in_body, const PageDates& dates, const std::string& retrieved,
        PageHead& head)
      : page_(page),
        blocks_(blocks),
        in_body_(in_body),
        dates_(dates),
        retrieved_(retrieved),
        head_(head),
        month_first_(is_month_first(head.language)) {
    const std::size_t count = blocks.blocks.size();
    headline_ = outline.headline == 0 ? count : blocks.first[outline.headline];
    first_ = count;
    last_ = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!in_body[i]) continue;
      first_ = std::min(first_, i);
      last_ = i;
    }
  }

  void read() {
    if (first_ == blocks_.blocks.size()) return;
    read_dates();
    if (head_.authors.empty() || is_publisher(head_.authors.front())) read_authors();
  }

 private:
  static constexpr std::size_t kBefore = 12;  ///< Blocks that are looked at above the article,
  static constexpr std::size_t kInside = 4;   ///< within it,
  static constexpr std::size_t kAfter = 6;    ///< and below it.
  static constexpr std::uint32_t kMostWords = 30;

  std::string_view text(std::size_t block) const {
    return blocks_.blocks[block].span.of(blocks_.text.text());
  }

  bool is_publisher(const std::string& author) const {
    return same_headline(author, head_.publisher);
  }

  /// Kinds that the elements around a block give away, up to `levels` of them.
  Marks marks_near(std::size_t block, std::size_t levels) const {
    Marks marks = 0;
    std::uint32_t at = page_[blocks_.blocks[block].node].parent;
    for (std::size_t level = 0; level < levels && at != 0; ++level) {
      // What is around other paragraphs as well says nothing of this block.
      if (blocks_.first[page_[at].end] - blocks_.first[at] > 4) break;
      marks |= blocks_.marks[at];
      at = page_[at].parent;
    }
    return marks;
  }

  bool has_time(std::size_t block) const {
    std::uint32_t at = page_[blocks_.blocks[block].node].parent;
    for (int level = 0; level < 3 && at != 0; ++level, at = page_[at].parent) {
      if (page_[at].tag == Tag::kTime) return true;
    }
    return false;
  }

  void offer(const std::string& day, double sure) {
    if (day.empty() || is_future(day, retrieved_)) return;
    if (shown_.empty()) shown_ = day;
    if (head_.published_sure < sure) {
      head_.published = day;
      head_.published_from = "text";
      head_.published_sure = sure;
    }
  }

  void look_at_date(std::size_t i, bool near_headline) {
    static const re2::RE2 kUpdated(
        R"((?i)\b(?:updated|modified|last edited|reviewed|revised|changed|aktualisiert|mis à jour|mise à jour|actualizado|stand|geändert)\b)");
    static const re2::RE2 kPublished(
        R"((?i)\b(?:published|posted|first published|created|publi[ée]|veröffentlicht|publicado|erstellt|submitted|written|date|am|le|el|on)\b)");
    const Block& block = blocks_.blocks[i];
    if (block.words > kMostWords) return;
    const std::string_view words = text(i);
    const Marks marks = marks_near(i, 3);
    for (std::size_t from = 0;;) {
      const auto found = dates_.find(words, month_first_, from);
      if (!found) return;
      const std::string_view cue = words.substr(from, found->begin - from);
      from = found->end;
      const bool updated = re2::RE2::PartialMatch(piece(cue), kUpdated);
      if (updated) {
        if (head_.modified.empty() && !is_future(found->day, retrieved_))
          head_.modified = found->day;
        if (updated_.empty()) updated_ = found->day;
        continue;
      }
      const bool labelled =
          (marks & (bit(Mark::kDate) | bit(Mark::kMeta) | bit(Mark::kByline))) != 0 ||
          has_time(i) || re2::RE2::PartialMatch(piece(cue), kPublished);
      // A date in a sentence is what the sentence is about.
      if (!labelled && block.words > 12) continue;
      offer(found->day, near_headline ? (labelled ? kSureLabelled : kSureNearHeadline)
                                      : (labelled ? kSureTime : kSureElsewhere));
    }
  }

  void read_dates() {
    // From the headline to the first paragraphs, then above the headline, then below the article.
    const std::size_t count = blocks_.blocks.size();
    const bool headed = headline_ < count;
    const std::size_t start =
        headed ? std::min(headline_, first_) : (first_ > kBefore ? first_ - kBefore : 0);
    const std::size_t inside =
        std::min(count, std::max(first_, headed ? headline_ : 0) + kInside + 8);
    read_times(start, inside, kSureMarkedTime);
    for (std::size_t i = start; i < inside; ++i) {
      if (in_body_[i] && blocks_.blocks[i].words > kMostWords) {
        if (i > first_ + kInside) break;
        continue;
      }
      look_at_date(i, true);
    }
    if (shown_.empty()) {
      for (std::size_t i = start > kBefore ? start - kBefore : 0; i < start; ++i) {
        look_at_date(i, true);
      }
    }
    if (head_.published.empty()) {
      for (std::size_t i = last_ + 1; i < std::min(count, last_ + 1 + kAfter); ++i) {
        look_at_date(i, false);
      }
    }
    if (head_.published.empty()) {
      const std::uint32_t from = blocks_.blocks[start].node;
      read_time_elements(from > 200 ? from - 200 : 0,
                         static_cast<std::uint32_t>(page_.nodes().size()), kSureTime);
    }
    // Only an update is told of: it is the day that readers are shown.
    if (head_.published.empty() && !updated_.empty()) offer(updated_, kSureElsewhere);
    // What the page shows is the outlet's own day; an instant in UTC may be the next one already.
    if (!shown_.empty() && head_.published.size() > 10 &&
        next_day(shown_) == head_.published.substr(0, 10)) {
      head_.published = shown_;
      head_.published_from = "text";
    }
  }

  void read_times(std::size_t first, std::size_t end, double sure) {
    if (first >= end) return;
    const std::uint32_t from = blocks_.blocks[first].node;
    const std::uint32_t to = end < blocks_.blocks.size()
                                 ? blocks_.blocks[end].node
                                 : static_cast<std::uint32_t>(page_.nodes().size());
    read_time_elements(from > 2 ? from - 2 : 0, to, sure);
  }

  void read_time_elements(std::uint32_t from, std::uint32_t to, double sure) {
    static const re2::RE2 kUpdated(R"((?i)updated|modified)");
    for (std::uint32_t at = from; at < to; ++at) {
      if (page_[at].tag != Tag::kTime || head_.published_sure >= sure) continue;
      const std::string_view written = page_.written(at);
      if (re2::RE2::PartialMatch(piece(written), kUpdated)) continue;
      std::string value = squeeze(attribute(page_, at, "datetime"));
      auto day = dates_.read(value, month_first_);
      if (!day) day = dates_.read(text_of(page_, at), month_first_);
      if (!day || is_future(*day, retrieved_)) continue;
      head_.published = *day;
      head_.published_from = "microdata";
      head_.published_sure = sure;
    }
  }

  void read_authors() {
    static const re2::RE2 kBy(
        R"((?i)^(?:(?:story|text|words|written|posted|reported|article|contributed) )?by\b:?\s+\S|^(?:author|authors|written by|posted by)\s*:\s*\S)");
    static const re2::RE2 kByAlone(R"((?i)(?:(?:written|posted|words|story) )?by:?|authors?:?)");
    const std::size_t count = blocks_.blocks.size();
    const bool headed = headline_ < count;
    const std::size_t begin = headed ? std::min(headline_, first_) : first_;
    const std::size_t start = begin > kBefore ? begin - kBefore : 0;
    const std::size_t end = std::min(count, std::max(first_, headed ? headline_ : 0) + kInside + 8);
    std::vector<std::string> found;
    const auto look_at = [&](std::size_t i) {
      const Block& block = blocks_.blocks[i];
      if (block.words > 20 || !found.empty()) return;
      const std::string_view words = text(i);
      const std::string_view line = words.substr(0, words.find('\n'));
      const Marks marks = marks_near(i, 2);
      if (re2::RE2::PartialMatch(piece(line), kBy)) {
        add_byline(line, found);
      } else if (re2::RE2::FullMatch(piece(line), kByAlone) && i + 1 < count &&
                 blocks_.blocks[i + 1].words <= 8) {
        add_byline(text(i + 1), found);
      } else if ((marks & bit(Mark::kByline)) != 0 && block.words <= 12) {
        add_byline(line, found);
      } else if (is_author_link(i) && block.words <= 6) {
        add_byline(line, found);
      }
    };
    for (std::size_t i = begin; i < end; ++i) look_at(i);
    for (std::size_t i = start; i < begin; ++i) look_at(i);
    for (std::size_t i = last_ + 1; i < std::min(count, last_ + 1 + kAfter); ++i) look_at(i);
    if (!found.empty()) head_.authors = std::move(found);
  }

  bool is_author_link(std::size_t block) const {
    const Block& one = blocks_.blocks[block];
    for (std::uint32_t at = page_[one.node].parent; at != 0 && at >= one.element;
         at = page_[at].parent) {
      if (page_[at].tag != Tag::kA) continue;
      const std::string rel = attribute(page_, at, "rel");
      const std::string href = attribute(page_, at, "href");
      return rel == "author" || href.find("/author/") != std::string::npos ||
             href.find("/authors/") != std::string::npos;
    }
    return false;
  }

  void add_byline(std::string_view line, std::vector<std::string>& found) const {
    std::string words = squeeze(after_by(line));
    if (const auto date = dates_.find(words, month_first_)) words.resize(date->begin);
    std::vector<std::string> names;
    add_authors(words, names);
    for (std::string& name : names) {
      if (count_words(name) > 5 || !is_names(name)) {
        if (names.size() > 1 || count_words(name) > 3 || name.empty() ||
            !(name[0] >= 'A' && name[0] <= 'Z')) {
          continue;
        }
      }
      found.push_back(std::move(name));
    }
  }

  const Page& page_;
  const Blocks& blocks_;
  const std::vector<bool>& in_body_;
  const PageDates& dates_;
  const std::string& retrieved_;
  PageHead& head_;
  bool month_first_;
  std::size_t headline_ = 0, first_ = 0, last_ = 0;
  std::string shown_, updated_;
};

constexpr std::array<std::string_view, 10> kBreaks = {
    " | ",      " - ",      " \u2013 ", " \u2014 ", " \u00BB ",
    " \u00AB ", " \u00B7 ", " :: ",     " \u2022 ", ": "};

/// Names of outlets are short.
bool could_be_outlet(std::string_view name) {
  return name.size() >= 2 && name.size() <= 60 && count_words(name) <= 6;
}

/// What the window title says beside the headline.
std::string beside_headline(const std::string& window, const std::string& headline) {
  for (const std::string_view between : kBreaks) {
    const std::size_t first = window.find(between), last = window.rfind(between);
    if (first == std::string::npos) continue;
    if (same_headline(window.substr(first + between.size()), headline)) {
      return window.substr(0, first);
    }
    if (same_headline(window.substr(0, last), headline))
      return window.substr(last + between.size());
    if (same_headline(window.substr(0, first), headline)) {
      return window.substr(last + between.size());
    }
  }
  return {};
}

/// "The Border Post" of "© 2026 The Border Post, Lindmark. All rights reserved."
std::string copyright_holder(const Blocks& blocks) {
  static const re2::RE2 kHolder(
      R"((?i)(?:©|\(c\)|copyright)[\s©:,]*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)\d\d|present))?[\s,.|]*)?(?:by\s+)?([\p{L}\d][^,.|©\n]{1,60}))");
  for (std::size_t i = blocks.blocks.size(); i-- > 0 && i + 40 > blocks.blocks.size();) {
    if (blocks.blocks[i].words > 60) continue;
    std::string holder;
    const std::string_view words = blocks.blocks[i].span.of(blocks.text.text());
    if (!re2::RE2::PartialMatch(piece(words), kHolder, &holder)) continue;
    holder = squeeze(holder);
    for (const std::string_view tail : {" All rights reserved", " all rights reserved"}) {
      if (const auto at = holder.find(tail); at != std::string::npos) holder.resize(at);
    }
    if (could_be_outlet(holder)) return holder;
  }
  return {};
}

/// The picture that leads home is the outlet's sign, and says its name.
std::string logo_name(const Page& page, const Blocks& blocks) {
  for (std::size_t at = 1; at < page.nodes().size(); ++at) {
    if (page[at].tag != Tag::kImg) continue;
    bool leads_home = page.written(at).find("logo") != std::string_view::npos;
    std::uint32_t around = page[at].parent;
    for (int level = 0; level < 3 && around != 0; ++level, around = page[around].parent) {
      if (page[around].tag != Tag::kA) continue;
      const std::string href = attribute(page, around, "href");
      const std::size_t host = href.find("://");
      const std::size_t path = href.find('/', host == std::string::npos ? 0 : host + 3);
      leads_home =
          leads_home || href == "/" || href == "./" ||
          (host != std::string::npos && (path == std::string::npos || path + 1 == href.size()));
    }
    if (!leads_home) continue;
    std::string name = squeeze(attribute(page, at, "alt"));
    for (const std::string_view tail : {" logo", " Logo", " LOGO", " home", " Home"}) {
      if (name.ends_with(tail)) name.resize(name.size() - tail.size());
    }
    if (could_be_outlet(name) && lower(name) != "logo" && lower(name) != "home") return name;
  }
  (void)blocks;
  return {};
}

}  // namespace

void read_shown(const Page& page, const Blocks& blocks, const Outline& outline,
                const std::vector<bool>& in_body, const PageDates& dates,
                const std::string& retrieved, PageHead& head) {
  if (head.publisher.empty()) {
    const std::string headline =
        outline.headline == 0 ? head.title : text_of(page, outline.headline);
    const std::string beside = beside_headline(head.window_title, headline);
    const std::string holder = copyright_holder(blocks);
    const std::string logo = logo_name(page, blocks);
    // Two that agree are believed first; one alone in the order in which it is the outlet's name.
    for (const auto& [name, other] :
         {std::pair(beside, logo), std::pair(logo, holder), std::pair(beside, holder)}) {
      if (head.publisher.empty() && could_be_outlet(name) && same_headline(name, other)) {
        head.publisher = name;
      }
    }
    for (const std::string& name : {beside, holder, logo}) {
      if (head.publisher.empty() && could_be_outlet(name)) head.publisher = name;
    }
  }
  Shown(page, blocks, outline, in_body, dates, retrieved, head).read();
}

std::string stated_title(const PageHead& head) {
  return without_site(head.title.empty() ? head.window_title : head.title, head.publisher);
}

std::string without_site(const std::string& window_title, const std::string& publisher) {
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
    }
    if (between == ": ") continue;
    // A site's name is shorter than a headline.
    if (count_words(title.substr(last + between.size())) <= 4 && title.size() - last < last) {
      return title.substr(0, last);
    }
  }
  return title;
}

}  // namespace dateline::article
