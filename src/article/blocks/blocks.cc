// SPDX-License-Identifier: Apache-2.0
#include "article/blocks/blocks.h"

#include <functional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "article/blocks/words.h"

namespace dateline::article {

namespace {

bool sets(std::string_view style, std::string_view name, std::string_view to) {
  for (std::size_t at = style.find(name); at != std::string_view::npos;
       at = style.find(name, at + 1)) {
    const std::size_t value = style.find_first_not_of(" \t\n:", at + name.size());
    if (value != std::string_view::npos && style.substr(value).starts_with(to)) return true;
  }
  return false;
}

bool hides(std::string_view style) {
  return sets(style, "display", "none") || sets(style, "visibility", "hidden");
}

/// The number in "post-7816" where it is one of several names, parted by blanks; or empty.
std::string_view post_in(std::string_view names) {
  constexpr std::string_view kPost = "post-", kDigits = "0123456789", kBlanks = " \t\n\r\f";
  for (std::size_t at = names.find(kPost); at != std::string_view::npos;
       at = names.find(kPost, at + 1)) {
    const std::string_view number = names.substr(at + kPost.size());
    const std::size_t size = std::min(number.find_first_not_of(kDigits), number.size());
    const bool begins = at == 0 || kBlanks.find(names[at - 1]) != std::string_view::npos;
    const bool ends = size == number.size() || kBlanks.find(number[size]) != std::string_view::npos;
    if (begins && ends && size > 0) return number.substr(0, size);
  }
  return {};
}

class Splitter {
 public:
  Splitter(const Page& page, const PageMarkers& markers) : page_(page), markers_(markers) {}

  Blocks split() {
    const std::size_t count = page_.nodes().size();
    out_.marks.resize(count);
    out_.hidden.resize(count);
    out_.names.resize(count);
    out_.first.resize(count + 1);
    std::vector<std::uint32_t> open;  // Block elements and links that are open.
    for (std::uint32_t at = 0; at < count;) {
      const Node& node = page_[at];
      while (!open.empty() && page_[open.back()].end <= at) {
        close(open.back());
        open.pop_back();
      }
      if (node.tag == Tag::kText) {
        add_text(at, node);
        ++at;
        continue;
      }
      look_at(at);
      if (node.tag == Tag::kBr) {
        text_.break_line();
        ++breaks_;
      }
      if (node.tag == Tag::kTable && is_data_table(at)) {
        flush();
        add_table(at);
        at = node.end;
        continue;
      }
      if (has(node.tag, kBlock)) {
        flush();
        element_.push_back(at);
        open.push_back(at);
      } else if (is_apart(at)) {
        apart_.push_back({at, links_ > 0});
        at = node.end;
        continue;
      } else if (node.tag == Tag::kA) {
        ++links_;
        open.push_back(at);
      }
      at = has(node.tag, kSilent) ? node.end : at + 1;
    }
    while (!open.empty()) {
      close(open.back());
      open.pop_back();
    }
    flush();
    count_blocks();
    return std::move(out_);
  }

 private:
  void close(std::uint32_t node) {
    if (page_[node].tag == Tag::kA) {
      --links_;
      return;
    }
    flush();
    element_.pop_back();
  }

  void look_at(std::uint32_t at) {
    Marks marks = 0;
    std::string_view classes;
    for (Attributes attribute(page_.written(at)); attribute.next();) {
      if (attribute.is("class") || attribute.is("id") || attribute.is("itemprop") ||
          attribute.is("role")) {
        const Names& names = names_of(attribute.value);
        marks |= names.marks;
        if (attribute.is("class")) classes = attribute.value;
        if (!names.post.empty() && has(page_[at].tag, kBlock)) {
          out_.posts.push_back({at, names.post});
        }
      } else if (attribute.is("hidden") ||
                 (attribute.is("aria-hidden") && attribute.value == "true") ||
                 (attribute.is("style") && hides(attribute.value))) {
        out_.hidden[at] = true;
      }
    }
    out_.marks[at] = marks;
    out_.names[at] =
        std::hash<std::string_view>()(classes) * 31 + static_cast<std::size_t>(page_[at].tag);
  }

  /// What a class or an id says.
  struct Names {
    Marks marks = 0;
    std::string_view post;  ///< The number of the post that it names, or empty.
  };

  /// Elements of one page share their classes: each is read once.
  const Names& names_of(std::string_view value) {
    const auto [at, is_new] = known_.try_emplace(value);
    if (is_new && !value.empty()) at->second = {markers_.match(value), post_in(value)};
    return at->second;
  }

  void add_text(std::uint32_t at, const Node& node) {
    const std::string_view written = page_.written(at);
    if (is_blank_text(written)) {
      text_.append(written, node.begin, node.literal);
      return;
    }
    if (breaks_ > 1) flush();
    breaks_ = 0;
    if (block_.node == 0) block_.node = at;
    const std::size_t before = text_.text().size();
    text_.append(written, node.begin, node.literal);
    if (links_ > 0) {
      block_.linked += count_page_words(std::string_view(text_.text()).substr(before));
    }
  }

  /// What is shown beside a line of text, if at all, is no part of its sentence.
  bool is_apart(std::uint32_t at) {
    if ((out_.marks[at] & bit(Mark::kApart)) == 0 && !out_.hidden[at]) return false;
    while (next_block_ < page_.nodes().size() &&
           (next_block_ <= at || !has(page_[next_block_].tag, kBlock))) {
      ++next_block_;
    }
    return next_block_ >= page_[at].end;
  }

  void flush() {
    end_block();
    for (const auto& [node, linked] : std::exchange(apart_, {})) {
      block_.apart = true;
      block_.node = node;
      while (block_.node + 1 < page_[node].end && page_[block_.node].tag != Tag::kText)
        ++block_.node;
      append_text_of(page_, node, text_);
      if (linked) block_.linked = count_page_words(std::string_view(text_.text()).substr(begin_));
      end_block();
    }
  }

  void end_block() {
    breaks_ = 0;
    const auto end = static_cast<std::uint32_t>(text_.text().size());
    if (end > begin_) {
      block_.span = {begin_, end};
      block_.element = element_.empty() ? 0 : element_.back();
      block_.words = count_page_words(block_.span.of(text_.text()));
      out_.blocks.push_back(block_);
      text_.separate("\n");
      begin_ = end + 1;
    } else {
      text_.end_piece();
    }
    block_ = {};
  }

  bool is_data_table(std::uint32_t table) const {
    bool headed = false;
    for (std::uint32_t at = table + 1; at < page_[table].end; ++at) {
      const Tag tag = page_[at].tag;
      if (tag == Tag::kTable || tag == Tag::kP || tag == Tag::kDiv) return false;
      headed = headed || tag == Tag::kTh;
    }
    return headed;
  }

  void add_table(std::uint32_t table) {
    block_.node = table;
    element_.push_back(table);
    bool row_begins = true;
    for (std::uint32_t at = table + 1; at < page_[table].end;) {
      const Node& node = page_[at];
      if (node.tag == Tag::kTr || node.tag == Tag::kCaption) row_begins = true;
      if (node.tag == Tag::kTd || node.tag == Tag::kTh || node.tag == Tag::kCaption) {
        if (text_.text().size() > begin_) text_.separate(row_begins ? "\n" : "\t");
        row_begins = node.tag == Tag::kCaption;
        append_text_of(page_, at, text_);
        at = node.end;
        continue;
      }
      ++at;
    }
    flush();
    element_.pop_back();
  }

  void count_blocks() {
    std::size_t block = 0;
    for (std::size_t at = 0; at < out_.first.size(); ++at) {
      while (block < out_.blocks.size() && out_.blocks[block].node < at) ++block;
      out_.first[at] = static_cast<std::uint32_t>(block);
    }
    out_.text = std::move(text_);
  }

  const Page& page_;
  const PageMarkers& markers_;
  Blocks out_;
  PageText text_;
  std::unordered_map<std::string_view, Names> known_;
  std::vector<std::uint32_t> element_;
  std::vector<std::pair<std::uint32_t, bool>> apart_;  ///< Elements to follow, and if in a link.
  Block block_;
  std::uint32_t begin_ = 0;
  std::uint32_t links_ = 0;
  std::uint32_t breaks_ = 0;
  std::size_t next_block_ = 0;  ///< The block element that begins next.
};

}  // namespace

Blocks read_blocks(const Page& page, const PageMarkers& markers) {
  return Splitter(page, markers).split();
}

}  // namespace dateline::article
