// SPDX-License-Identifier: Apache-2.0
#include "article/html.h"

#include <string>
#include <utility>

#include "article/encoding.h"
#include "article/page.h"
#include "article/page_body.h"
#include "article/page_head.h"
#include "article/plain.h"

namespace dateline::article {

namespace {

/// The headline on the page where the head means the same one, else what the head says.
std::string title_of(const PageHead& head, const std::string& headline) {
  const std::string& stated = head.title.empty() ? head.window_title : head.title;
  if (!headline.empty() && (stated.empty() || stated.find(headline) != std::string::npos ||
                            same_headline(headline, without_site(stated, head.publisher)))) {
    return headline;
  }
  if (!head.title.empty()) return without_site(head.title, head.publisher);
  return headline.empty() ? without_site(head.window_title, head.publisher) : headline;
}

/// A page whose headline stands nowhere on it still has one; it belongs to what was read.
void put_title_first(const std::string& title, PageBody& body) {
  for (const Section& section : body.sections) {
    if (section.kind == "title") return;
  }
  if (title.empty()) return;
  const auto shift = static_cast<std::uint32_t>(title.size() + 2);
  for (Section& section : body.sections) {
    section.span.begin += shift;
    section.span.end += shift;
  }
  body.text.insert(0, title + "\n\n");
  body.sections.insert(body.sections.begin(), {"title", {0, shift - 2}});
}

}  // namespace

void read_html(const Input& input, const Tables& tables, Record& record) {
  record.source.media_type = "text/html";
  const Page page(decode(input.bytes, input.charset, record.warnings));
  if (page.cut()) {
    record.warnings.emplace_back("the page is nested too deeply: only its beginning was read");
  }
  if (page.root() == nullptr) return;
  PageHead head = read_head(page.root(), input.uri);
  const std::string stated = head.title.empty() ? without_site(head.window_title, head.publisher)
                                                : without_site(head.title, head.publisher);
  PageBody body = read_body(page.root(), stated, tables.markup);
  if (body.sections.empty()) return;

  if (record.title.empty()) record.title = title_of(head, body.headline);
  put_title_first(record.title, body);
  record.text = std::move(body.text);
  record.sections = mark_sections(record.text, body.sections, tables.markers);
  record.authors = std::move(head.authors);
  record.language = std::move(head.language);
  record.source.publisher = std::move(head.publisher);
  if (record.source.uri.empty()) record.source.uri = std::move(head.url);
  if (!head.published.empty()) {
    record.published = Published{head.published, head.published_from, std::nullopt};
  }
  record.modified = std::move(head.modified);
}

}  // namespace dateline::article
