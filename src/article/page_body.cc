// SPDX-License-Identifier: Apache-2.0
#include "article/page_body.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "article/plain.h"

namespace dateline::article {

namespace {

// Chosen by reading pages, not swept.
constexpr std::size_t kProseBytes = 25;  ///< Shorter own text is a label, not prose.
constexpr double kBodyShare = 0.8;       ///< Of the prose: what the body must hold.
constexpr double kArticleShare = 0.5;    ///< The same for an element that is named as the body.
constexpr double kNeverFurniture = 0.7;  ///< What holds so much prose is not left out by its name.
constexpr std::size_t kLeadBytes = 60;   ///< A paragraph between headline and body: a lead.

bool is_one_of(std::string_view tag, std::initializer_list<std::string_view> tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// Never text of the page.
bool is_silent(std::string_view tag) {
  return is_one_of(tag, {"script", "style", "noscript", "template", "svg",    "iframe", "select",
                         "button", "input", "textarea", "object",   "canvas", "head",   "video",
                         "audio",  "map",   "math",     "datalist", "label",  "option"});
}

bool is_furniture_tag(std::string_view tag) {
  return is_one_of(tag, {"nav", "footer", "aside", "form", "dialog", "menu"});
}

bool is_block(std::string_view tag) {
  return is_one_of(
      tag, {"p",        "div",     "article", "section", "main",   "h1",         "h2",
            "h3",       "h4",      "h5",      "h6",      "ul",     "ol",         "li",
            "dl",       "dt",      "dd",      "table",   "tbody",  "thead",      "tfoot",
            "tr",       "td",      "th",      "caption", "figure", "figcaption", "blockquote",
            "pre",      "hr",      "header",  "footer",  "aside",  "nav",        "form",
            "fieldset", "address", "details", "summary", "body",   "center"});
}

/// Names in the markup as words: "story-Body__text" is "story body text".
std::string markup_words(const xmlNode* node) {
  std::string words;
  for (const char* name : {"class", "id", "itemprop", "role"}) {
    bool inner = false;
    for (const char c : attribute(node, name)) {
      const bool upper = c >= 'A' && c <= 'Z';
      const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if ((!plain && !upper) || (upper && inner)) {
        if (!words.empty() && words.back() != ' ') words += ' ';
      }
      if (plain || upper) words += static_cast<char>(upper ? c | 0x20 : c);
      inner = plain;
    }
    if (!words.empty() && words.back() != ' ') words += ' ';
  }
  if (!words.empty()) words.pop_back();
  return words;
}

bool is_hidden(const xmlNode* node) {
  for (const xmlAttr* at = node->properties; at != nullptr; at = at->next) {
    const std::string_view name = reinterpret_cast<const char*>(at->name);
    if (name == "hidden") return true;
    if (name == "aria-hidden" && attribute(node, "aria-hidden") == "true") return true;
    if (name == "style") {
      std::string style = attribute(node, "style");
      style.erase(std::remove(style.begin(), style.end(), ' '), style.end());
      if (style.find("display:none") != std::string::npos) return true;
    }
  }
  return false;
}

/// Calls enter(node) before and leave(node) after the children; they are passed over where enter
/// returns false.
template <typename Enter, typename Leave>
void walk(xmlNode* top, Enter enter, Leave leave) {
  for (xmlNode* node = top;;) {
    if (enter(node) && node->type == XML_ELEMENT_NODE && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (true) {
      leave(node);
      if (node == top) return;
      if (node->next != nullptr) {
        node = node->next;
        break;
      }
      node = node->parent;
    }
  }
}

class Finder {
 public:
  Finder(xmlNode* root, const std::string& title, const Markers& markup)
      : root_(root), markup_(markup) {
    weigh();
    const std::size_t all = prose(root_);
    find_headline(title);
    // What holds the headline or most of the prose is no furniture, whatever it is called.
    for (xmlNode* node = root_; node != nullptr; node = next_node(node, root_)) {
      if (Weight* weight = find(node); weight != nullptr && weight->suspect) {
        weight->furniture = !holds_headline(node) && static_cast<double>(weight->prose) <
                                                         kNeverFurniture * static_cast<double>(all);
      }
    }
    weigh();
    find_body();
  }

  PageBody collect() {
    PageBody body;
    if (headline_ != nullptr) body.headline = text_of(headline_);
    bool begun = headline_ == nullptr;
    bool ended = false;
    std::size_t inside = 0;  // The body, once entered.
    std::vector<std::string_view> kinds{"paragraph"};
    std::string block;
    const auto flush = [&] {
      if (begun && !ended) add_block(block, kinds.back(), inside > 0, body);
      block.clear();
    };
    walk(
        root_,
        [&](xmlNode* node) {
          if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            append_text(node, block);
            return false;
          }
          if (node->type != XML_ELEMENT_NODE || is_left_out(node)) return false;
          const std::string_view tag = tag_of(node);
          if (node == body_) {
            flush();
            if (headline_ == nullptr || !contains(body_, headline_)) begun = true;
            ++inside;
          }
          if (node == headline_) {
            flush();
            begun = true;
          }
          if (tag == "br") block += '\n';
          if (tag == "table" && is_data_table(node)) {
            flush();
            if (begun && !ended) add_table(node, body);
            return false;
          }
          const std::string_view kind = kind_of(node, kinds.back(), block);
          if (is_block(tag) || kind != kinds.back()) flush();
          kinds.push_back(kind);
          return true;
        },
        [&](xmlNode* node) {
          if (node->type != XML_ELEMENT_NODE || is_left_out(node)) return;
          const std::string_view tag = tag_of(node);
          if (tag == "table" && is_data_table(node)) return;
          const std::string_view kind = kinds.back();
          if (is_block(tag) || kind != kinds[kinds.size() - 2]) flush();
          kinds.pop_back();
          if (node == body_) ended = true;
        });
    return body;
  }

 private:
  struct Weight {
    std::size_t prose = 0;  ///< Bytes of prose in the element and below.
    const Markers::Row* row = nullptr;
    bool suspect = false;    ///< Its tag or its names say that it is no part of the article.
    bool furniture = false;  ///< And it is not.
  };

  /// Null for what is never text of the page.
  const Weight* find(const xmlNode* node) const {
    const auto index = reinterpret_cast<std::uintptr_t>(node->_private);
    return index == 0 ? nullptr : &weights_[index - 1];
  }
  Weight* find(const xmlNode* node) { return const_cast<Weight*>(std::as_const(*this).find(node)); }

  bool is_left_out(const xmlNode* node) const {
    const Weight* weight = find(node);
    return weight == nullptr || weight->furniture;
  }

  std::size_t prose(const xmlNode* node) const {
    const Weight* weight = node == nullptr ? nullptr : find(node);
    return weight == nullptr ? 0 : weight->prose;
  }

  static bool contains(const xmlNode* outer, const xmlNode* inner) {
    while (inner != nullptr && inner != outer) inner = inner->parent;
    return inner != nullptr;
  }

  bool holds_headline(const xmlNode* node) const {
    return headline_ != nullptr && contains(node, headline_);
  }

  /// Adds up the prose of all elements that are not known to be furniture.
  void weigh() {
    struct Open {
      std::size_t own = 0, linked = 0, prose = 0;
    };
    std::vector<Open> open{{}};
    std::size_t links = 0;
    walk(
        root_,
        [&](xmlNode* node) {
          if (node->type == XML_TEXT_NODE) {
            const std::string_view text = reinterpret_cast<const char*>(node->content);
            const auto size = static_cast<std::size_t>(
                std::count_if(text.begin(), text.end(), [](char c) { return c < 0 || c > ' '; }));
            open.back().own += size;
            if (links > 0) open.back().linked += size;
            return false;
          }
          const std::string_view tag = tag_of(node);
          if (tag.empty() || is_silent(tag)) return false;
          if (find(node) == nullptr) {
            weights_.emplace_back();
            node->_private = reinterpret_cast<void*>(static_cast<std::uintptr_t>(weights_.size()));
            judge(node, tag, weights_.back());
          }
          if (find(node)->furniture) return false;
          links += tag == "a";
          if (is_block(tag)) open.push_back({});
          return true;
        },
        [&](xmlNode* node) {
          if (node->type != XML_ELEMENT_NODE || is_left_out(node)) return;
          const std::string_view tag = tag_of(node);
          links -= tag == "a";
          if (!is_block(tag)) return;
          const Open closed = open.back();
          open.pop_back();
          const bool is_prose = closed.own >= kProseBytes && closed.linked * 2 < closed.own;
          find(node)->prose = closed.prose + (is_prose ? closed.own : 0);
          open.back().prose += find(node)->prose;
        });
    find(root_)->prose = open.back().prose;  // It may be no block.
  }

  void judge(const xmlNode* node, std::string_view tag, Weight& weight) const {
    const std::string words = markup_words(node);
    if (!words.empty()) weight.row = markup_.match(words).row;
    weight.suspect = is_furniture_tag(tag) || is_hidden(node) ||
                     (weight.row != nullptr && weight.row->kind == "furniture" && tag != "body");
  }

  /// The <h1> that is the page's title, else the first one that says anything.
  void find_headline(const std::string& title) {
    for (xmlNode* node = root_; node != nullptr; node = next_node(node, root_)) {
      if (tag_of(node) != "h1" || find(node) == nullptr) continue;
      const std::string words = text_of(node);
      if (words.empty()) continue;
      if (headline_ == nullptr) headline_ = node;
      if (!title.empty() && same_headline(words, title)) {
        headline_ = node;
        return;
      }
    }
  }

  void find_body() {
    body_ = root_;
    std::size_t all = prose(root_);
    // An element that is named as the article is believed where it holds enough.
    for (const bool named : {true, false}) {
      xmlNode* best = nullptr;  // Of two that hold the same, the outer one.
      for (xmlNode* node = root_; node != nullptr; node = next_node(node, root_)) {
        const Weight* weight = find(node);
        if (weight == nullptr || weight->furniture || !is_block(tag_of(node))) continue;
        const bool is_it = named ? weight->row != nullptr && weight->row->kind == "body"
                                 : is_one_of(tag_of(node), {"article", "main"});
        if (is_it && weight->prose > prose(best) &&
            static_cast<double>(weight->prose) >= kArticleShare * static_cast<double>(all)) {
          best = node;
        }
      }
      if (best != nullptr) {
        body_ = best;
        all = prose(best);
        break;
      }
    }
    while (true) {
      xmlNode* richest = nullptr;
      for (xmlNode* child = body_->children; child != nullptr; child = child->next) {
        if (child->type == XML_ELEMENT_NODE && !is_left_out(child) &&
            (richest == nullptr || prose(child) > prose(richest))) {
          richest = child;
        }
      }
      if (richest == nullptr || !is_container(richest) ||
          static_cast<double>(prose(richest)) < kBodyShare * static_cast<double>(all)) {
        return;
      }
      body_ = richest;
    }
  }

  static bool is_container(const xmlNode* node) {
    return is_one_of(tag_of(node), {"div", "article", "section", "main", "table", "tbody", "tr",
                                    "td", "body", "center", "form"});
  }

  /// Kind of section that an element is or lies in.
  std::string_view kind_of(const xmlNode* node, std::string_view outer,
                           const std::string& block) const {
    const std::string_view tag = tag_of(node);
    if (node == headline_) return "title";
    if (outer == "title" || outer == "credit" || outer == "byline") return outer;
    const Weight* weight = find(node);
    const Markers::Row* row = weight == nullptr ? nullptr : weight->row;
    // A name in the middle of a sentence says nothing; a credit at the end of a caption does.
    const bool may_begin = is_block(tag) || squeeze(block).empty() || outer == "caption";
    if (row != nullptr && row->kind != "body" && row->kind != "furniture" && may_begin &&
        node != body_ && prose_is_short(node)) {
      const std::string_view kind =
          row->kind == "date" ? std::string_view("boilerplate") : std::string_view(row->kind);
      if (outer != "caption" || kind == "credit") return kind;
    }
    if (outer == "caption") return outer;
    if (tag == "figcaption") return "caption";
    if (tag == "blockquote") return "quote";
    if (tag == "li") return "list";
    if (tag == "h1" || tag == "h2" || tag == "h3" || tag == "h4" || tag == "h5" || tag == "h6") {
      return outer == "paragraph" || outer == "quote" ? "subhead" : outer;
    }
    if (tag == "address") return "byline";
    return outer;
  }

  /// Names such as "meta" or "summary" are believed of labels, not of half the article.
  bool prose_is_short(const xmlNode* node) const {
    return static_cast<double>(prose(node)) < 0.2 * static_cast<double>(prose(body_)) ||
           prose(node) < 400;
  }

  static bool is_data_table(xmlNode* table) {
    bool headed = false;
    for (xmlNode* node = table->children; node != nullptr; node = next_node(node, table)) {
      const std::string_view tag = tag_of(node);
      if (tag == "table" || tag == "p") return false;
      headed = headed || tag == "th";
    }
    return headed;
  }

  static void append_text(const xmlNode* node, std::string& block) {
    // Line breaks of the source are blanks; "\n" in a block stands for <br>.
    for (const char* c = reinterpret_cast<const char*>(node->content); c != nullptr && *c; ++c) {
      block += *c == '\n' || *c == '\r' ? ' ' : *c;
    }
  }

  static void push(const std::string& words, std::string_view kind, PageBody& body) {
    if (words.empty()) return;
    const bool same_list =
        !body.sections.empty() && kind == "list" && body.sections.back().kind == "list";
    if (!body.text.empty()) body.text += same_list ? "\n" : "\n\n";
    const auto begin = static_cast<std::uint32_t>(body.text.size());
    body.text += words;
    body.sections.push_back(
        {std::string(kind), {begin, static_cast<std::uint32_t>(body.text.size())}});
  }

  /// Adds what was gathered, parted where there are two <br> or more.
  static void add_block(const std::string& block, std::string_view kind, bool inside,
                        PageBody& body) {
    std::string words;
    std::size_t breaks = 0;
    for (std::size_t at = 0; at <= block.size();) {
      const std::size_t end = std::min(block.find('\n', at), block.size());
      const std::string line = squeeze(std::string_view(block).substr(at, end - at));
      at = end + 1;
      if (!line.empty()) {
        if (breaks > 1 && !words.empty()) add_words(std::exchange(words, {}), kind, inside, body);
        if (!words.empty()) words += '\n';
        words += line;
        breaks = 0;
      }
      ++breaks;
    }
    add_words(words, kind, inside, body);
  }

  static void add_words(const std::string& words, std::string_view kind, bool inside,
                        PageBody& body) {
    if (!inside && kind == "paragraph" && words.size() < kLeadBytes) return;
    if (!inside && kind == "list") return;
    push(words, kind, body);
  }

  static void add_table(xmlNode* table, PageBody& body) {
    std::string rows;
    for (xmlNode* node = table; node != nullptr;) {
      const std::string_view tag = tag_of(node);
      const bool cell = tag == "td" || tag == "th";
      if (tag == "tr" && !rows.empty()) rows += '\n';
      if (tag == "caption" && !rows.empty()) rows += '\n';
      if (cell) {
        if (!rows.empty() && rows.back() != '\n') rows += '\t';
        rows += text_of(node);
      } else if (tag == "caption") {
        rows += text_of(node);
      }
      node = next_node(node, table, cell || tag == "caption");
    }
    push(rows, "table", body);
  }

  xmlNode* root_;
  const Markers& markup_;
  std::vector<Weight> weights_;  ///< Of the elements; a node's _private is its index + 1.
  xmlNode* headline_ = nullptr;
  xmlNode* body_ = nullptr;
};

}  // namespace

PageBody read_body(xmlNode* root, const std::string& title, const Markers& markup) {
  return Finder(root, title, markup).collect();
}

}  // namespace dateline::article
