// SPDX-License-Identifier: Apache-2.0
#include "article/parsing/parser.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "article/ascii.h"

namespace dateline::article {

namespace {

/// Elements deeper than this become siblings, as in browsers: the work an end tag makes is bounded.
constexpr std::size_t kDeepest = 512;

bool is_cell(Tag tag) { return tag == Tag::kTd || tag == Tag::kTh; }
bool is_row_group(Tag tag) {
  return tag == Tag::kTbody || tag == Tag::kThead || tag == Tag::kTfoot;
}
bool ends_at_table(Tag tag) {
  return tag == Tag::kTable || tag == Tag::kTemplate || tag == Tag::kHtml;
}

class Parser {
 public:
  explicit Parser(const std::string& html) : html_(html) {}

  std::vector<Node> parse() {
    nodes_.reserve(html_.size() / 24 + 8);
    push(tag_info(Tag::kHtml), "html", 0, 0);
    for (std::size_t at = 0; at < html_.size();) {
      const std::size_t open = next_markup(at);
      if (open > at) add_text(at, open);
      at = open < html_.size() ? markup(open) : open;
    }
    pop_above(0);
    nodes_[0].end = static_cast<std::uint32_t>(nodes_.size());
    return std::move(nodes_);
  }

 private:
  struct Open {
    std::uint32_t node = 0;
    Tag tag = Tag::kHtml;
    std::string_view name;
  };

  std::size_t find(std::string_view what, std::size_t from) const {
    return std::min(html_.find(what, from), html_.size());
  }

  /// The next '<' that begins markup.
  std::size_t next_markup(std::size_t from) const {
    while (true) {
      const std::size_t at = std::min(html_.find('<', from), html_.size());
      if (at + 1 >= html_.size()) return html_.size();
      const char c = html_[at + 1];
      if (is_letter(c) || c == '!' || c == '?' || c == '/') return at;
      from = at + 1;
    }
  }

  /// Reads the tag or comment at `at` and returns where it ends.
  std::size_t markup(std::size_t at) {
    const std::string_view rest = std::string_view(html_).substr(at);
    if (rest.starts_with("<!--")) {
      if (rest.starts_with("<!-->")) return at + 5;
      if (rest.starts_with("<!--->")) return at + 6;
      return std::min(find("-->", at + 4) + 3, html_.size());
    }
    const bool closing = rest[1] == '/';
    const std::size_t name_at = at + 1 + closing;
    if (name_at >= html_.size() || !is_letter(html_[name_at])) {
      return std::min(find(">", at + 1) + 1, html_.size());
    }
    std::size_t name_end = name_at;
    while (name_end < html_.size() && !is_blank(html_[name_end]) && html_[name_end] != '/' &&
           html_[name_end] != '>') {
      ++name_end;
    }
    const std::string_view name(html_.data() + name_at, name_end - name_at);
    const std::size_t end = tag_end(name_end);
    if (end == std::string::npos) return html_.size();  // Never finished: no tag.
    const TagInfo& info = tag_info(name);
    if (closing) {
      end_tag(info, name);
      return end + 1;
    }
    const bool closed = html_[end - 1] == '/';
    return start_tag(info, name, name_end, end, closed);
  }

  /// The '>' that ends a tag whose attributes begin at `at`.
  std::size_t tag_end(std::size_t at) const {
    while (at < html_.size()) {
      const char c = html_[at];
      if (c == '>') return at;
      if (c == '=') {
        ++at;
        while (at < html_.size() && is_blank(html_[at])) ++at;
        if (at < html_.size() && (html_[at] == '"' || html_[at] == '\'')) {
          at = html_.find(html_[at], at + 1);
          if (at == std::string::npos) return at;
          ++at;
        } else {
          while (at < html_.size() && !is_blank(html_[at]) && html_[at] != '>') ++at;
        }
        continue;
      }
      ++at;
    }
    return std::string::npos;
  }

  void add_text(std::size_t begin, std::size_t end, bool literal = false) {
    const Tag top = open_.back().tag;
    if (top == Tag::kHtml || top == Tag::kHead) {
      if (std::all_of(html_.begin() + static_cast<std::ptrdiff_t>(begin),
                      html_.begin() + static_cast<std::ptrdiff_t>(end), is_blank)) {
        return;
      }
      open_body();
    }
    append(Tag::kText, begin, end);
    nodes_.back().literal = literal;
  }

  std::uint32_t append(Tag tag, std::size_t begin, std::size_t end) {
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({tag, false, open_.empty() ? 0 : open_.back().node, index + 1,
                      static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)});
    return index;
  }

  void push(const TagInfo& info, std::string_view name, std::size_t begin, std::size_t end) {
    const std::uint32_t index = append(info.tag, begin, end);
    if (open_.size() >= kDeepest) return;
    open_.push_back({index, info.tag, name});
    ++count_[static_cast<std::size_t>(info.tag)];
  }

  void pop() {
    nodes_[open_.back().node].end = static_cast<std::uint32_t>(nodes_.size());
    --count_[static_cast<std::size_t>(open_.back().tag)];
    open_.pop_back();
  }
  void pop_above(std::size_t level) {
    while (open_.size() > level + 1) pop();
  }

  bool is_open(Tag tag) const { return count_[static_cast<std::size_t>(tag)] > 0; }

  /// Ends the innermost open element that `is_it`, with all in it, unless one that `stops` lies
  /// further in.
  template <typename IsIt, typename Stops>
  bool end_innermost(IsIt is_it, Stops stops) {
    for (std::size_t level = open_.size(); level-- > 1;) {
      if (is_it(open_[level])) {
        pop_above(level);
        pop();
        return true;
      }
      if (stops(open_[level].tag)) return false;
    }
    return false;
  }
  template <typename Stops>
  bool end_innermost(Tag tag, Stops stops) {
    return is_open(tag) &&
           end_innermost([tag](const Open& open) { return open.tag == tag; }, stops);
  }

  void open_body() {
    pop_above(0);
    if (body_ == 0) {
      push(tag_info(Tag::kBody), "body", 0, 0);
      body_ = open_.back().node;
    }
  }

  /// What the start tag of one element says about those that are open.
  void end_before(Tag tag) {
    const auto scope = [](Tag open) { return has(open, kScope); };
    if (has(tag, kEndsP)) {
      if (is_open(Tag::kSvg)) end_innermost(Tag::kSvg, scope);
      end_innermost(Tag::kP, [](Tag open) { return has(open, kScope) || open == Tag::kButton; });
    }
    if (has(tag, kHeading) && has(open_.back().tag, kHeading)) pop();
    const auto list_stops = [](Tag open) {
      return has(open, kSpecial) && open != Tag::kAddress && open != Tag::kDiv && open != Tag::kP;
    };
    switch (tag) {
      case Tag::kLi:
        end_innermost(Tag::kLi, list_stops);
        end_innermost(Tag::kP, scope);
        break;
      case Tag::kDd:
      case Tag::kDt:
        end_innermost([](const Open& open) { return open.tag == Tag::kDd || open.tag == Tag::kDt; },
                      list_stops);
        end_innermost(Tag::kP, scope);
        break;
      case Tag::kTd:
      case Tag::kTh:
        end_innermost([](const Open& open) { return is_cell(open.tag); },
                      [](Tag open) { return open == Tag::kTr || ends_at_table(open); });
        break;
      case Tag::kTr:
        end_innermost(Tag::kTr, ends_at_table);
        break;
      case Tag::kTbody:
      case Tag::kThead:
      case Tag::kTfoot:
        end_innermost([](const Open& open) { return is_row_group(open.tag); }, ends_at_table);
        break;
      case Tag::kA:
      case Tag::kButton:
        end_innermost(tag, scope);
        break;
      case Tag::kOption:
      case Tag::kOptgroup:
        if (open_.back().tag == Tag::kOption) pop();
        break;
      default:
        break;
    }
  }

  std::size_t start_tag(const TagInfo& info, std::string_view name, std::size_t begin,
                        std::size_t end, bool closed) {
    const Tag tag = info.tag;
    const Tag top = open_.back().tag;
    if (tag == Tag::kHtml) {
      if (nodes_[0].size == 0) {
        nodes_[0].begin = static_cast<std::uint32_t>(begin);
        nodes_[0].size = static_cast<std::uint32_t>(end - begin);
      }
      return end + 1;
    }
    if (tag == Tag::kHead) {
      if (top == Tag::kHtml && nodes_.size() == 1) push(info, name, begin, end);
      return end + 1;
    }
    if (tag == Tag::kBody) {
      if (body_ == 0) {
        pop_above(0);
        push(info, name, begin, end);
        body_ = open_.back().node;
      }
      return end + 1;
    }
    if (tag == Tag::kForm && is_open(Tag::kForm)) return end + 1;
    if (!has(tag, kInHead) && (top == Tag::kHtml || top == Tag::kHead)) open_body();
    end_before(tag);
    if (has(tag, kVoid) || (closed && (is_open(Tag::kSvg) || is_open(Tag::kMath)))) {
      append(tag, begin, end);
      return end + 1;
    }
    push(info, name, begin, end);
    if (!has(tag, kRaw)) return end + 1;
    const std::size_t close = raw_end(name, end + 1);
    if (close > end + 1) {
      append(Tag::kText, end + 1, close);
      nodes_.back().literal = !has(tag, kEscaped);
    }
    if (open_.back().tag == tag) pop();
    return close < html_.size() ? std::min(find(">", close) + 1, html_.size()) : close;
  }

  /// Where the end tag of a raw element begins, or the page ends.
  std::size_t raw_end(std::string_view name, std::size_t at) const {
    while ((at = find("</", at)) < html_.size()) {
      const std::size_t end = at + 2 + name.size();
      if (end < html_.size() &&
          same_but_for_case(std::string_view(html_).substr(at + 2, name.size()), name) &&
          (is_blank(html_[end]) || html_[end] == '>' || html_[end] == '/')) {
        return at;
      }
      at += 2;
    }
    return html_.size();
  }

  void end_tag(const TagInfo& info, std::string_view name) {
    const Tag tag = info.tag;
    if (tag == Tag::kHtml || tag == Tag::kBody) return;  // What comes after still belongs to them.
    if (tag == Tag::kBr) {
      append(Tag::kBr, 0, 0);
      return;
    }
    if (tag == Tag::kOther) {
      end_innermost(
          [name](const Open& open) {
            return open.tag == Tag::kOther && same_but_for_case(open.name, name);
          },
          [](Tag open) { return has(open, kSpecial); });
      return;
    }
    if (has(tag, kHeading)) {
      end_innermost([](const Open& open) { return has(open.tag, kHeading); },
                    [](Tag open) { return has(open, kScope); });
      return;
    }
    if (is_cell(tag) || is_row_group(tag) || tag == Tag::kTr || tag == Tag::kTable) {
      end_innermost(tag, ends_at_table);
      return;
    }
    if (!has(tag, kBlock) && !has(tag, kSpecial)) {
      end_innermost(tag, [](Tag open) { return has(open, kSpecial); });
      return;
    }
    end_innermost(tag, [tag](Tag open) {
      return has(open, kScope) || (tag == Tag::kLi && (open == Tag::kUl || open == Tag::kOl)) ||
             (tag == Tag::kP && open == Tag::kButton);
    });
  }

  const std::string& html_;
  std::vector<Node> nodes_;
  std::vector<Open> open_;
  std::array<std::uint32_t, static_cast<std::size_t>(Tag::kCount)> count_{};
  std::uint32_t body_ = 0;
};

}  // namespace

std::vector<Node> parse(const std::string& html) { return Parser(html).parse(); }

}  // namespace dateline::article
