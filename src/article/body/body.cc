// SPDX-License-Identifier: Apache-2.0
#include "article/body/body.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "article/body/apart.h"
#include "article/white_space.h"

namespace dateline::article {

namespace {

// Swept on pages whose sites the trees had not seen (training/article/data.md): F1 of the body, the
// mean of scrapinghub, readability and WCXB.
/// A page without more has no body; .3 to .5 differ by .001, by which .3 loses on scrapinghub
/// and .5 on the others.
constexpr float kHardlyBody = 0.4F;
/// Words: names such as "meta" are believed of labels; 30 loses .001 on scrapinghub, 100 is the
/// same.
constexpr std::uint32_t kShort = 60;
/// Blocks in an element that is named for what they are; 2 and 6 differ by less than .001.
constexpr std::uint32_t kFew = 3;
/// Elements around a block whose names say what it is; 2 and 8 differ by less than .001.
constexpr int kKindLevels = 4;
/// Words of a text that may be the title again; 20 and 80 are the same.
constexpr std::uint32_t kTitleWords = 40;
/// Words of a line that may announce its writers: of no weight for the body.
constexpr std::uint32_t kByline = 20;
/// Words outside the article that are kept as boilerplate: of no weight for the body.
constexpr std::uint32_t kProse = 20;

/// The score from which on blocks are best taken for body: where F1 over words is the highest that
/// the scores lead to expect. About one half where they are sure, less where they are not.
float cut_of(const Blocks& blocks, const std::vector<float>& scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  const auto words_of = [&](std::size_t i) { return std::max(blocks.blocks[i].words, 1U); };
  double body = 0;  // Words, as expected.
  for (const std::size_t i : order) body += static_cast<double>(scores[i]) * words_of(i);
  double taken = 0, right = 0, best = 0;
  float cut = 1;
  for (const std::size_t i : order) {
    taken += words_of(i);
    right += static_cast<double>(scores[i]) * words_of(i);
    const double f1 = 2 * right / (taken + body);
    if (f1 <= best) continue;
    best = f1;
    cut = scores[i];
  }
  return std::max(cut, kHardlyBody);
}

class Assembly {
 public:
  Assembly(const Page& page, const Blocks& blocks, const Outline& outline, const std::string& title,
           const Bylines& bylines, std::vector<float> scores)
      : page_(page),
        blocks_(blocks),
        outline_(outline),
        title_(title),
        bylines_(bylines),
        scores_(std::move(scores)) {}

  PageBody assemble() {
    const std::size_t count = blocks_.blocks.size();
    PageBody body;
    body.in_body.resize(count);
    std::size_t first = count, last = 0;
    float cut = cut_of(blocks_, scores_);
    // A page that leads nowhere has nothing but its text.
    const auto leads_on = [](const Block& block) { return block.linked > 0; };
    if (std::none_of(blocks_.blocks.begin(), blocks_.blocks.end(), leads_on) &&
        std::none_of(scores_.begin(), scores_.end(), [&](float score) { return score >= cut; })) {
      cut = 0;
    }
    const std::vector<float> least = least_scores(page_, blocks_, outline_, scores_, cut);
    for (std::size_t i = 0; i < count; ++i) {
      body.in_body[i] = scores_[i] >= least[i] && !is_headline(i);
      if (!body.in_body[i]) continue;
      first = std::min(first, i);
      last = i;
    }
    if (outline_.headline != 0) body.headline = text_of(page_, outline_.headline);
    if (first == count) return body;
    const std::size_t headline = outline_.headline == 0 ? first : blocks_.first[outline_.headline];
    const std::size_t begin = std::min(first, headline);
    for (std::size_t i = 0; i < count; ++i) {
      const bool inside = i >= begin && i <= last;
      if (!inside && !is_prose(blocks_.blocks[i])) continue;
      push(i, inside ? kind_of(i, body.in_body[i]) : "boilerplate", body);
    }
    return body;
  }

 private:
  static bool is_prose(const Block& block) {
    return block.words >= kProse && block.linked * 2 < block.words;
  }

  bool is_headline(std::size_t block) const {
    return outline_.headline != 0 && page_.contains(outline_.headline, blocks_.blocks[block].node);
  }

  /// Of a block, an element within it; one that holds a few of its words says nothing of the rest.
  bool holds_most_of(std::uint32_t element, const Block& block) const {
    return 2 * count_page_words(text_of(page_, element)) >= block.words;
  }

  bool holds_image(std::uint32_t element) const {
    for (std::uint32_t at = element + 1; at < page_[element].end; ++at) {
      if (page_[at].tag == Tag::kImg) return true;
    }
    return false;
  }

  /// By the tags and names of a few elements around it; empty: nothing is said.
  std::string_view named_kind(const Block& block) const {
    std::uint32_t at = page_[block.node].parent;
    Marks marks = 0;
    bool pictured = false;
    std::string_view kind;
    for (int level = 0; level < kKindLevels && at != 0; ++level, at = page_[at].parent) {
      const bool says = blocks_.marks[at] != 0 || page_[at].tag == Tag::kFigcaption ||
                        page_[at].tag == Tag::kAddress;
      if (!says || (at > block.element && !holds_most_of(at, block))) continue;
      if (page_[at].tag == Tag::kFigcaption) kind = "caption";
      if (page_[at].tag == Tag::kAddress) return "byline";
      if (blocks_.first[page_[at].end] - blocks_.first[at] > kFew) continue;
      marks |= blocks_.marks[at];
      pictured = pictured || ((blocks_.marks[at] & bit(Mark::kFigure)) != 0 && holds_image(at));
    }
    if (block.words > kShort) return kind;
    if (marks & bit(Mark::kCredit)) return "credit";
    if (marks & bit(Mark::kCaption)) return "caption";
    if (!kind.empty()) return kind;
    if (pictured) return "caption";
    if (marks & bit(Mark::kByline)) return "byline";
    if (marks & bit(Mark::kDek)) return "dek";
    if (marks & bit(Mark::kDate)) return "boilerplate";
    return {};
  }

  std::string_view kind_of(std::size_t i, bool in_body) const {
    const Block& block = blocks_.blocks[i];
    if (is_headline(i)) return "title";
    if (!title_.empty() && block.words < kTitleWords &&
        same_headline(block.span.of(blocks_.text.text()), title_)) {
      return "title";
    }
    const std::string_view named = named_kind(block);
    if (!in_body && named.empty() && block.words <= kByline &&
        !bylines_.announced(block.span.of(blocks_.text.text())).empty()) {
      return "byline";
    }
    // Most that names call a summary, and the trees do not take, is another story's.
    if (!in_body) {
      return named.empty() || named == "dek" ? std::string_view("boilerplate") : named;
    }
    if (!named.empty() && (scores_[i] < kSurelyBody || named != "boilerplate")) return named;
    if (page_[block.node].tag == Tag::kTable) return "table";
    bool quote = false;
    for (std::uint32_t at = page_[block.node].parent; at != 0; at = page_[at].parent) {
      if (has(page_[at].tag, kHeading)) return "subhead";
      switch (page_[at].tag) {
        case Tag::kLi:
        case Tag::kDd:
        case Tag::kDt:
          return "list";
        case Tag::kBlockquote:
          quote = true;
          break;
        default:
          break;
      }
      if (at == outline_.body) break;
    }
    return quote ? "quote" : "paragraph";
  }

  void push(std::size_t i, std::string_view kind, PageBody& body) const {
    const bool same_list =
        !body.sections.empty() && kind == "list" && body.sections.back().kind == "list";
    if (!body.sections.empty()) body.text.separate(same_list ? "\n" : "\n\n");
    const auto begin = static_cast<std::uint32_t>(body.text.text().size());
    const Span span = blocks_.blocks[i].span;
    body.text.copy(blocks_.text, span.begin, span.end);
    body.sections.push_back(
        {std::string(kind), {begin, static_cast<std::uint32_t>(body.text.text().size())}});
  }

  const Page& page_;
  const Blocks& blocks_;
  const Outline& outline_;
  const std::string& title_;
  const Bylines& bylines_;
  std::vector<float> scores_;
};

}  // namespace

PageBody read_body(const Page& page, const Blocks& blocks, const Outline& outline,
                   const std::string& title, const PageModel& model, const PageWords& known,
                   const Bylines& bylines) {
  return Assembly(page, blocks, outline, title, bylines,
                  model.score(page, blocks, features_of(page, blocks, outline, title, known)))
      .assemble();
}

}  // namespace dateline::article
