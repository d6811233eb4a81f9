// SPDX-License-Identifier: Apache-2.0
#include "stream/office.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <pugixml.hpp>
#include <span>
#include <string_view>

namespace dateline::stream {

namespace {

constexpr int kNoDocument = 1017;
constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kLook = 4096;
constexpr int kMostEntries = 100'000;

/// What the elements of both formats are to a reader. What is no text of a paragraph's own, or was
/// taken out of it, is passed over with all that is in it.
constexpr std::string_view kParagraphs[] = {"w:p", "text:p", "text:h"};
constexpr std::string_view kBreaks[] = {"w:br", "w:cr", "text:line-break"};
constexpr std::string_view kBlanks[] = {"w:tab", "text:tab", "text:s"};
constexpr std::string_view kPassedOver[] = {"w:pPr",
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
constexpr std::string_view kChanges[] = {"w:del", "w:ins", "w:moveFrom", "text:tracked-changes"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

struct Parts {
  std::string body, head;  ///< XML.
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
  for (int i = 0; i < kMostEntries; ++i) {
    const int status = archive_read_next_header(zip.get(), &entry);
    if (status == ARCHIVE_EOF) break;
    if (status == ARCHIVE_FATAL) return broken();
    const char* path = archive_entry_pathname(entry);
    const std::string_view name = path != nullptr ? path : "";
    std::string* part = nullptr;
    if (name == "word/document.xml" || name == "content.xml") part = &parts.body;
    if (name == "docProps/core.xml" || name == "meta.xml") part = &parts.head;
    if (part == nullptr) continue;
    part->clear();
    while (true) {
      const std::size_t old = part->size();
      part->resize(old + kPiece);
      const la_ssize_t got = archive_read_data(zip.get(), part->data() + old, kPiece);
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

/// The next node in the order of the document, after all that is in `node` where it is passed over.
pugi::xml_node after(pugi::xml_node node, bool over) {
  if (!over && node.first_child()) return node.first_child();
  while (node && !node.next_sibling()) node = node.parent();
  return node.next_sibling();
}

struct Text {
  std::string text;
  bool changed = false;  ///< Somebody's changes are marked in it.
};

Text text_of(const pugi::xml_document& document) {
  Text out;
  std::string paragraph;
  const auto end_paragraph = [&] {
    if (paragraph.find_first_not_of(" \t\n") != std::string::npos) out.text += paragraph + "\n\n";
    paragraph.clear();
  };
  for (pugi::xml_node node = document.document_element(); node;) {
    const std::string_view name = node.name();
    out.changed = out.changed || is_one_of(kChanges, name);
    if (is_one_of(kParagraphs, name)) end_paragraph();
    if (is_one_of(kBreaks, name)) paragraph += '\n';
    if (is_one_of(kBlanks, name)) paragraph += ' ';
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      const std::string_view around = node.parent().name();
      if (around == "w:t" || around.starts_with("text:")) paragraph += node.value();
    }
    node = after(node, is_one_of(kPassedOver, name));
  }
  end_paragraph();
  return out;
}

/// "dc:title", wherever it stands in the head.
std::string title_of(const std::string& head) {
  pugi::xml_document document;
  document.load_buffer(head.data(), head.size(), pugi::parse_default);
  for (pugi::xml_node node = document.document_element(); node; node = after(node, false)) {
    if (std::string_view(node.name()) == "dc:title") return node.child_value();
  }
  return {};
}

}  // namespace

bool looks_like_office(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, kLook);
  if (!start.starts_with("PK\x03\x04")) return false;
  const auto has = [&](std::string_view mark) {
    return start.find(mark) != std::string_view::npos;
  };
  return has("mimetypeapplication/vnd.oasis.opendocument.text") || has("word/") ||
         has("[Content_Types].xml");
}

Result<Page> report_of_office(const std::string& bytes, std::size_t limit) {
  auto parts = parts_of(bytes, limit);
  if (!parts) return tl::unexpected(std::move(parts.error()));
  if (parts->body.empty()) {
    return fail(kNoDocument, "the file holds no text of a DOCX or ODT document");
  }
  pugi::xml_document document;
  // White space alone may stand between two words.
  const auto parsed = document.load_buffer(parts->body.data(), parts->body.size(),
                                           pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) {
    return fail(kNoDocument, fmt::format("the document's text is broken or encrypted: {}",
                                         parsed.description()));
  }
  Text text = text_of(document);
  if (text.text.empty()) return fail(1003, "there is no text in the document");
  Page page;
  page.input.bytes = std::move(text.text);
  page.input.media_type = MediaType::kText;
  page.input.title = title_of(parts->head);
  if (text.changed) {
    page.warnings.emplace_back(
        "changes are marked in the document: it was read as if all of them "
        "were made");
  }
  return page;
}

}  // namespace dateline::stream
