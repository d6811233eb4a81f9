// SPDX-License-Identifier: Apache-2.0
#include "stream/office.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <pugixml.hpp>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "article/ascii.h"
#include "article/plain/plain.h"
#include "article/white_space.h"
#include "record/utf8.h"
#include "stream/extract_text.h"

namespace dateline::stream {

namespace {

constexpr int kNoDocument = 1017;
constexpr std::size_t kPartPiece = 64 * 1024;
constexpr std::size_t kLookForOffice = 4096;
constexpr int kMostOfficeEntries = 100'000;

constexpr std::string_view kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::string_view kOdt = "application/vnd.oasis.opendocument.text";

/// What the elements of both formats are to a reader. What is no text of a paragraph's own, or was
/// taken out of it, is passed over with all that is in it.
constexpr std::string_view kParagraphs[] = {"w:p", "text:p", "text:h"};
constexpr std::string_view kBreaks[] = {"w:br", "w:cr", "text:line-break"};
constexpr std::string_view kBlankElements[] = {"w:tab", "text:tab", "text:s"};
constexpr std::string_view kPassedOverElements[] = {"w:pPr",
                                                    "w:rPr",
                                                    "w:del",
                                                    "w:moveFrom",
                                                    "w:instrText",
                                                    "w:drawing",
                                                    "w:pict",
                                                    "mc:Fallback",
                                                    "w:sectPr",
                                                    "text:tracked-changes",
                                                    "text:note",
                                                    "text:sequence-decls",
                                                    "office:annotation",
                                                    "draw:frame"};
constexpr std::string_view kTables[] = {"w:tbl", "table:table"};
constexpr std::string_view kLists[] = {"text:list"};
constexpr std::string_view kCreated[] = {"dcterms:created", "meta:creation-date"};
constexpr std::string_view kModified[] = {"dcterms:modified", "dc:date"};

struct Style {
  std::string_view name, kind;
};
/// By the names that the formats themselves give to styles, in small letters; "heading 1" to 9 are
/// subheads.
constexpr Style kStyles[] = {{"title", "title"},        {"subtitle", "dek"},
                             {"quote", "quote"},        {"intense quote", "quote"},
                             {"quotations", "quote"},   {"caption", "caption"},
                             {"list paragraph", "list"}};
constexpr std::string_view kHeading = "heading";
constexpr int kMostParents = 8;  ///< Of a style.
constexpr int kBodyLevel = 9;    ///< Of an outline: none of its headings.

constexpr std::string_view kChanges[] = {"w:del", "w:ins", "w:moveFrom", "text:tracked-changes"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

struct Parts {
  std::string body, head, styles;  ///< XML.
  std::string_view type;
};

/// The parts of the ZIP that matter; all others are passed over, whatever they hold.
Result<Parts> parts_of(const std::string& bytes, std::size_t limit) {
  const std::unique_ptr<archive, decltype(&archive_read_free)> zip(archive_read_new(),
                                                                   &archive_read_free);
  if (!zip) return fail(1009, "there is no memory to decompress it");
  archive_read_support_format_zip(zip.get());
  const auto broken = [&] {
    const char* said = archive_error_string(zip.get());
    return fail(kNoDocument, fmt::format("the document is broken: {}",
                                         said != nullptr ? said : "it ends early"));
  };
  if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    return broken();
  Parts parts;
  archive_entry* entry = nullptr;
  for (int i = 0; i < kMostOfficeEntries; ++i) {
    const int status = archive_read_next_header(zip.get(), &entry);
    if (status == ARCHIVE_EOF) break;
    if (status == ARCHIVE_FATAL) return broken();
    const char* path = archive_entry_pathname(entry);
    const std::string_view name = path != nullptr ? path : "";
    std::string* part = nullptr;
    if (name == "word/document.xml" || name == "content.xml") {
      part = &parts.body;
      parts.type = name == "content.xml" ? kOdt : kDocx;
    }
    if (name == "word/styles.xml") part = &parts.styles;
    if (name == "docProps/core.xml" || name == "meta.xml") part = &parts.head;
    if (part == nullptr) continue;
    part->clear();
    while (true) {
      const std::size_t old = part->size();
      part->resize(old + kPartPiece);
      const la_ssize_t got = archive_read_data(zip.get(), part->data() + old, kPartPiece);
      part->resize(old + static_cast<std::size_t>(std::max<la_ssize_t>(got, 0)));
      if (got < 0) return broken();
      if (got == 0) break;
      if (part->size() > limit) {
        return fail(1001, fmt::format("the document has more than the {} bytes that are read at "
                                      "most (--max-bytes)",
                                      limit));
      }
    }
  }
  return parts;
}

/// What the names of a document's styles mean to a reader; names in any language have one in
/// English, or a style that they were made of.
class Styles {
 public:
  void add_docx(const pugi::xml_node& root) {
    for (const pugi::xml_node& style : root.children("w:style")) {
      add(style.attribute("w:styleId").value(), style.child("w:name").attribute("w:val").value(),
          style.child("w:basedOn").attribute("w:val").value());
    }
  }

  void add_odt(const pugi::xml_node& root) {
    for (const pugi::xml_node& style : root.children("style:style")) {
      const char* name = style.attribute("style:name").value();
      add(name, name, style.attribute("style:parent-style-name").value());
    }
  }

  /// Empty where it is nothing special.
  std::string_view kind_of(const std::string& id) const {
    const std::string* at = &id;
    for (int i = 0; i < kMostParents && !at->empty(); ++i) {
      const auto found = styles_.find(*at);
      const std::string name = article::lower(found != styles_.end() ? found->second.first : *at);
      if (name.starts_with(kHeading)) return "subhead";
      for (const Style& style : kStyles) {
        if (name == style.name) return style.kind;
      }
      if (found == styles_.end()) break;
      at = &found->second.second;
    }
    return {};
  }

 private:
  void add(std::string id, std::string name, std::string parent) {
    styles_[std::move(id)] = {std::move(name), std::move(parent)};
  }

  std::unordered_map<std::string, std::pair<std::string, std::string>> styles_;  ///< Name, parent.
};

/// The document's text: one walk in its order, without recursion, whatever its depth.
class Document {
 public:
  /// `into` has the title that the document's head states.
  Document(const Styles& styles, Extract& into) : styles_(styles), into_(into), text_(into) {}

  void read(const pugi::xml_node& root) {
    pugi::xml_node node = root;
    while (node) {
      const bool over = enter(node);
      if (!over && node.first_child()) {
        node = node.first_child();
        continue;
      }
      leave(node);
      while (node != root && !node.next_sibling()) {
        node = node.parent();
        leave(node);
      }
      if (node == root) break;
      node = node.next_sibling();
    }
    end_paragraph();
    text_.end();
  }

  bool changed() const { return changed_; }  ///< Somebody's changes are marked in it.
  bool has_styles() const { return has_styles_; }

 private:
  /// Whether it is passed over with all that is in it.
  bool enter(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    changed_ = changed_ || is_one_of(kChanges, name);
    tables_ += is_one_of(kTables, name);
    lists_ += is_one_of(kLists, name);
    if (is_one_of(kParagraphs, name)) {
      end_paragraph();
      kind_ = kind_of(node, name);
    }
    if (is_one_of(kBreaks, name)) words_ += '\n';
    if (is_one_of(kBlankElements, name)) words_ += ' ';
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      const std::string_view around = node.parent().name();
      if (around == "w:t" || around.starts_with("text:")) words_ += node.value();
    }
    return is_one_of(kPassedOverElements, name);
  }

  void leave(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    tables_ -= is_one_of(kTables, name);
    lists_ -= is_one_of(kLists, name);
  }

  std::string_view kind_of(const pugi::xml_node& node, std::string_view name) const {
    const pugi::xml_node properties = node.child("w:pPr");
    std::string_view kind =
        styles_.kind_of(name == "w:p" ? properties.child("w:pStyle").attribute("w:val").value()
                                      : node.attribute("text:style-name").value());
    if (kind.empty() &&
        (name == "text:h" ||
         properties.child("w:outlineLvl").attribute("w:val").as_int(kBodyLevel) < kBodyLevel))
      kind = "subhead";
    if (!kind.empty()) return kind;
    if (tables_ > 0) return "table";
    return lists_ > 0 || properties.child("w:numPr") ? "list" : "paragraph";
  }

  void end_paragraph() {
    record::repair_utf8(words_);
    std::erase_if(words_, [](char c) { return c >= 0 && c < ' ' && c != '\n' && c != '\t'; });
    const std::string text = article::tidy(words_);
    words_.clear();
    if (text.empty()) return;
    settle_title(text);
    has_styles_ = has_styles_ || kind_ != "paragraph";
    text_.begin(kind_);
    text_.add(text);
  }

  /// A paragraph in the style of titles is one, the first time; so is one with the words that the
  /// head states, and the first heading where nothing else is.
  void settle_title(const std::string& text) {
    const bool first = std::exchange(first_, false);
    const bool styled = kind_ == "title";
    if (has_title_) {
      if (styled) kind_ = "subhead";
      return;
    }
    if (styled || (first && kind_ == "subhead" && into_.title.empty())) {
      into_.title = text;
      kind_ = "title";
    } else if (!into_.title.empty() && article::same_headline(text, into_.title)) {
      kind_ = "title";
    }
    has_title_ = kind_ == "title";
  }

  const Styles& styles_;
  Extract& into_;
  ExtractText text_;
  std::string words_;  ///< Of the paragraph that is open.
  std::string_view kind_ = "paragraph";
  std::size_t tables_ = 0, lists_ = 0;
  bool changed_ = false;
  bool has_styles_ = false;
  bool first_ = true;
  bool has_title_ = false;
};

/// Title and days, wherever they stand in the head.
void read_head(const std::string& head, Extract& into) {
  pugi::xml_document document;
  document.load_buffer(head.data(), head.size(), pugi::parse_default);
  // "cp:coreProperties", "office:document-meta/office:meta".
  pugi::xml_node root = document.document_element();
  if (const pugi::xml_node meta = root.child("office:meta")) root = meta;
  for (const pugi::xml_node& node : root.children()) {
    const std::string_view name = node.name();
    if (name == "dc:title") into.title = node.child_value();
    if (is_one_of(kCreated, name)) into.created = node.child_value();
    if (is_one_of(kModified, name)) into.modified = node.child_value();
  }
}

void read_styles(const Parts& parts, const pugi::xml_document& body, Styles& styles) {
  if (parts.type == kOdt) {
    styles.add_odt(body.document_element().child("office:automatic-styles"));
    return;
  }
  pugi::xml_document document;
  document.load_buffer(parts.styles.data(), parts.styles.size(), pugi::parse_default);
  styles.add_docx(document.document_element());
}

}  // namespace

bool looks_like_office(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, kLookForOffice);
  if (!start.starts_with("PK\x03\x04")) return false;
  const auto has = [&](std::string_view mark) {
    return start.find(mark) != std::string_view::npos;
  };
  return has("mimetypeapplication/vnd.oasis.opendocument.text") || has("word/") ||
         has("[Content_Types].xml");
}

Result<Extract> extract_of_office(const std::string& bytes, std::size_t limit,
                                  std::vector<std::string>& warnings) {
  auto parts = parts_of(bytes, limit);
  if (!parts) return tl::unexpected(std::move(parts.error()));
  if (parts->body.empty()) {
    return fail(kNoDocument, "the file holds no text of a DOCX or ODT document");
  }
  pugi::xml_document body;
  // White space alone may stand between two words.
  const auto parsed = body.load_buffer(parts->body.data(), parts->body.size(),
                                       pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) {
    return fail(kNoDocument, fmt::format("the document's text is broken or encrypted: {}",
                                         parsed.description()));
  }
  Styles styles;
  read_styles(*parts, body, styles);
  Extract extract;
  read_head(parts->head, extract);
  Document document(styles, extract);
  document.read(body.document_element());
  if (extract.text.empty()) return fail(1003, "there is no text in the document");
  // Where nothing is marked, what it looks like tells more.
  if (!document.has_styles()) extract.sections.clear();
  extract.media_type = parts->type;
  if (document.changed()) {
    warnings.emplace_back(
        "changes are marked in the document: it was read as if all of them "
        "were made");
  }
  return extract;
}

}  // namespace dateline::stream
