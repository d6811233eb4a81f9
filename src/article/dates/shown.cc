// SPDX-License-Identifier: Apache-2.0
#include "article/dates/shown.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "article/white_space.h"

namespace dateline::article {

namespace {

using Cue = PageDates::Cue;

// Each was swept with the weights learned anew (training/article/dates/train.py --folds 10: 454
// pages of four sets, sites held out) and over the 5,778 made-up pages of
// tests/article/day_pages.tsv. What is not named below made no difference to either.

// Blocks that are looked at above the headline: 0 to 24; 0 turns three pages, loses 12 made-up
// ones.
constexpr std::size_t kBefore = 12;
// From the headline or the article's first one on: 2 to 40; 2 loses 92 made-up pages.
constexpr std::size_t kInside = 12;
// Below the article: 0 to 40; 0 loses two pages, 4 one; from 12 on right days are trusted less.
constexpr std::size_t kAfter = 8;
// Paragraphs of the story among them: 0 to 8; 0 loses a page and 45 made-up ones, 8 a page.
constexpr std::uint32_t kMostProse = 2;
// Words of a block that tells of the article, not its story: 15 to 60.
constexpr std::uint32_t kMostWords = 30;
// And of one that needs no word to say so: 4 to 30; 4 loses three pages, 6 one, both 37 made-up
// ones.
constexpr std::uint32_t kBareWords = 12;
// Of one that is but the label of the next, or a day alone: 0 to 10; 0 loses 18 made-up pages.
constexpr std::uint32_t kLabelWords = 4;
// That are links, in a block that is not another story's: 0 to 10; 10 loses 151 made-up pages.
constexpr std::uint32_t kMostLinked = 4;
// Bytes before a date that opens the first paragraph: 10 to 100; 10 loses a page.
constexpr std::size_t kLead = 40;
// Elements around a day whose names tell what it is: 1 to 10; chance turns a page or two.
constexpr int kAround = 2;
// And those that may be of other things: 1 to 24; 1 and 3 lose 180 and 3 made-up pages.
constexpr int kMostLevels = 12;
// Words of such another thing: 1 to 40; 1 and 6 lose three and two pages, 40 seven made-up ones.
constexpr std::uint32_t kOwnWords = 12;
// Bytes of a script that writes a date: 0 to 1000; 0 loses a page.
constexpr std::uint32_t kLine = 200;

// Bounds on input, not decisions: days of a block (one alone would lose 828 made-up pages), nodes
// of an element that is one day, days taken from far off.
constexpr int kMostInBlock = 8;
constexpr std::uint32_t kMostInner = 64;
constexpr std::size_t kMostFar = 12;

/// Of elements that tell of an article, its day among it.
constexpr Marks kOfDay = bit(Mark::kDate) | bit(Mark::kMeta) | bit(Mark::kByline);

class ShownDays {
 public:
  ShownDays(const Page& page, const Blocks& blocks, const Outline& outline,
            const std::vector<bool>& in_body, const PageDates& dates, const DateStyle& style,
            PublicationDay& day)
      : page_(page), blocks_(blocks), in_body_(in_body), dates_(dates), style_(style), day_(day) {
    count_ = blocks.blocks.size();
    headline_ = outline.headline == 0 ? count_ : blocks.first[outline.headline];
    const auto first = std::find(in_body.begin(), in_body.end(), true);
    // A page without an article may still have a headline with a day.
    first_ = first == in_body.end() ? headline_ : static_cast<std::size_t>(first - in_body.begin());
    last_ = std::min(first_, count_);
    for (std::size_t i = first_; i < count_; ++i) {
      if (in_body[i]) last_ = i;
    }
  }

  void read() {
    if (first_ >= count_) return;
    const bool headed = headline_ < count_;
    const std::size_t start = headed ? headline_ : first_ - std::min(first_, kBefore);
    const std::size_t end = std::min(count_, std::max(first_, headed ? headline_ : 0) + kInside);
    read_near(start, end);
    if (!any_) {
      for (std::size_t i = start - std::min(start, kBefore); i < start; ++i) {
        look_at(i, DaySign::kAbove, DaySign::kAbove);
      }
    }
    if (!any_) {
      const std::size_t below = std::min(count_, last_ + 1 + kAfter);
      for (std::size_t i = last_; i < below; ++i) {
        look_at(i, DaySign::kBelow, DaySign::kBelowLabelled);
      }
    }
    if (day_.empty()) read_far();
  }

 private:
  std::string_view text(std::size_t block) const {
    return blocks_.blocks[block].span.of(blocks_.text.text());
  }

  /// Calls `see` for the elements around a node that are about it, the innermost first.
  template <typename See>
  void around(std::uint32_t node, See see) const {
    std::uint32_t at = page_[node].parent;
    for (int level = 0; level < kAround && at != 0; ++level, at = page_[at].parent) {
      see(at);
    }
  }

  bool is_marked(std::uint32_t node) const {
    bool marked = false;
    around(node, [&](std::uint32_t at) {
      marked = marked || (blocks_.marks[at] & kOfDay) != 0 || page_[at].tag == Tag::kTime;
    });
    return marked;
  }

  Cue named(std::uint32_t node) const {
    Cue cue = Cue::kNone;
    around(node, [&](std::uint32_t at) {
      if (cue == Cue::kNone) cue = own_name(at);
    });
    return cue;
  }

  /// What the names of an element say of the date in it.
  Cue own_name(std::uint32_t node) const {
    Cue cue = Cue::kNone;
    for (Attributes one(page_.written(node)); cue == Cue::kNone && one.next();) {
      if (one.is("class") || one.is("id") || one.is("itemprop") || one.is("pubdate")) {
        cue = dates_.cue_in_names(one.is("pubdate") ? one.name : one.value);
      }
    }
    return cue;
  }

  /// Whether one of the elements around a node is of a kind, up to the one that holds the headline
  /// or most of the article.
  template <typename Is>
  bool is_within(std::uint32_t node, Is is) const {
    std::uint32_t at = page_[node].parent;
    for (int level = 0; level < kMostLevels && at != 0; ++level, at = page_[at].parent) {
      const std::uint32_t begin = blocks_.first[at], end = blocks_.first[page_[at].end];
      if ((headline_ >= begin && headline_ < end) || (first_ >= begin && last_ < end)) return false;
      if (is(at, blocks_.marks[at])) return true;
    }
    return false;
  }

  /// A post of others, a comment, a list of other articles: an element with words of its own.
  bool is_embedded(std::uint32_t node) const {
    constexpr Marks kOthers = bit(Mark::kEmbed) | bit(Mark::kComments) | bit(Mark::kRelated);
    return is_within(node, [&](std::uint32_t at, Marks marks) {
      const bool others = (marks & kOthers) != 0 && (marks & kOfDay) == 0;
      if (!others && page_[at].tag != Tag::kBlockquote) return false;
      const std::uint32_t begin = blocks_.first[at];
      const std::uint32_t end = std::min(blocks_.first[page_[at].end], begin + kOwnWords);
      std::uint32_t words = 0;
      for (std::uint32_t i = begin; i < end; ++i) words += blocks_.blocks[i].words;
      return words >= kOwnWords;
    });
  }

  /// What the site shows above all its pages, where many show the day.
  bool is_masthead(std::uint32_t node) const {
    return is_within(node, [&](std::uint32_t at, Marks marks) {
      return (marks & kOfDay) == 0 && ((marks & bit(Mark::kNavigation)) != 0 ||
                                       page_[at].tag == Tag::kNav || page_[at].tag == Tag::kHeader);
    });
  }

  /// A picture, an advertisement or the like.
  bool is_aside(std::uint32_t node) const {
    constexpr Marks kAsides = bit(Mark::kCaption) | bit(Mark::kCredit) | bit(Mark::kAdvert) |
                              bit(Mark::kNewsletter) | bit(Mark::kOverlay);
    return is_within(node, [&](std::uint32_t at, Marks marks) {
      return (marks & kOfDay) == 0 && ((marks & kAsides) != 0 || page_[at].tag == Tag::kFigure);
    });
  }

  void add(const PageDates::Found& found, DaySign sign) {
    day_.add(found.value, sign, found.other);
  }

  /// Others tell nothing of a day that is not known from elsewhere.
  void add_embedded(const PageDates::Found& found, DaySign sign) {
    if (day_.knows(found.value)) add(found, sign);
  }

  void add_near(const PageDates::Found& found, DaySign sign) {
    add_drafted();
    add(found, sign);
    if (!any_) add(found, DaySign::kFirst);
    any_ = true;
  }

  /// "Submitted 3 May · Published 9 May": the day of a draft waits for one that is labelled; where
  /// none follows it, it is all that the page says of its publication.
  void add_drafted() {
    if (!drafted_) return;
    const auto found = std::exchange(drafted_, std::nullopt);
    add_near(*found, DaySign::kLabelled);
  }

  void add_update(const PageDates::Found& found) {
    day_.add_modified(found.value);
    add(found, DaySign::kShownUpdate);
  }

  /// What the words before a date in its block, or the short block before it, say of it.
  Cue cue_before(std::size_t block, std::string_view before) const {
    const Cue cue = dates_.cue_before(before);
    if (cue != Cue::kNone || block == 0 || before.size() > 2) return cue;
    return blocks_.blocks[block - 1].words <= kLabelWords ? dates_.cue_before(text(block - 1))
                                                          : Cue::kNone;
  }

  /// A day whose parts stand in three boxes, as on a leaf of a calendar.
  bool add_in_boxes(std::size_t i) {
    if (i + 2 >= count_) return false;
    std::string words;
    for (std::size_t part = i; part < i + 3; ++part) {
      if (blocks_.blocks[part].words != 1) return false;
      words += fmt::format("{}{}", part == i ? "" : " ", text(part));
    }
    const auto found = dates_.find(words, style_);
    if (!found || found->begin != 0 || found->end != words.size()) return false;
    if (!is_embedded(blocks_.blocks[i].node)) add_near(*found, DaySign::kMarked);
    return true;
  }

  /// Whether the story begins here: "LAGOS, March 9, 2026 (Reuters) - Five".
  static bool ends_dateline(std::string_view after) {
    after.remove_prefix(std::min(after.find_first_not_of(" .,"), after.size()));
    constexpr std::array<std::string_view, 7> kSigns = {"-", "\u2013", "\u2014", ":",
                                                        "|", "(",      "\n"};
    return std::any_of(kSigns.begin(), kSigns.end(),
                       [&](std::string_view sign) { return after.starts_with(sign); });
  }

  void look_at(std::size_t i, DaySign bare, DaySign labelled) {
    const Block& block = blocks_.blocks[i];
    const std::string_view words = text(i);
    const bool near = bare == DaySign::kBare;
    const bool is_long = block.words > kMostWords;
    if (is_long && near && i != first_) return;
    if (near && add_in_boxes(i)) return;
    std::size_t from = 0;
    for (int seen = 0; seen < kMostInBlock; ++seen) {
      const auto found = dates_.find(is_long ? words.substr(0, 3 * kLead) : words, style_, from);
      if (!found) return;
      const std::string_view before = words.substr(from, found->begin - from);
      const bool leads = from == 0 && found->begin <= kLead && in_body_[i] &&
                         ends_dateline(words.substr(found->end));
      from = found->end;
      if (is_long && near) {
        if (leads) add(*found, DaySign::kLead);
        return;
      }
      Cue cue = cue_before(i, before);
      // The article's own end tells what it is about, but for words on when it was posted and lines
      // of a day alone.
      if (bare == DaySign::kBelow && in_body_[i] && cue != Cue::kPublished &&
          block.words > kLabelWords) {
        return;
      }
      if (is_long) {
        // "This entry was posted on Friday, 9 March 2026 and is filed under Ports."
        add(*found, labelled);
        return;
      }
      const bool embedded = is_embedded(block.node);
      if (cue == Cue::kNone) cue = named(block.node);
      if (cue == Cue::kOther || (bare == DaySign::kAbove && is_masthead(block.node))) continue;
      if (cue == Cue::kUpdated) {
        if (!embedded) add_update(*found);
        continue;
      }
      if (cue == Cue::kNone && found->begin > 0 && is_aside(block.node)) continue;
      const bool marked = is_marked(block.node);
      // A date in a sentence is what the sentence is about.
      const bool is_teaser = block.linked > kMostLinked;
      if (cue == Cue::kNone && !marked && (block.words > kBareWords || is_teaser)) {
        if (near && leads && i == first_) add(*found, DaySign::kLead);
        continue;
      }
      // A place below the article says nothing against a day that is known already.
      if (bare == DaySign::kBelow && day_.knows(found->value)) continue;
      if (cue == Cue::kPublished) drafted_.reset();
      if (embedded) {
        add_embedded(*found, bare);
      } else if (near && cue == Cue::kDrafted) {
        add_drafted();
        if (!any_) drafted_ = *found;
      } else if (!near) {
        const bool said = cue == Cue::kPublished || cue == Cue::kDrafted;
        add(*found, said || marked ? labelled : bare);
        any_ = any_ || bare == DaySign::kAbove;
      } else {
        add_near(*found, cue == Cue::kPublished ? DaySign::kLabelled
                         : marked               ? DaySign::kMarked
                                                : DaySign::kBare);
      }
    }
  }

  void read_near(std::size_t start, std::size_t end) {
    std::uint32_t prose = 0;
    std::size_t stop = start;
    for (; stop < end; ++stop) {
      if (in_body_[stop] && blocks_.blocks[stop].words > kBareWords && ++prose > kMostProse) break;
      look_at(stop, DaySign::kBare, DaySign::kLabelled);
    }
    add_drafted();
    const std::uint32_t from = blocks_.blocks[start].node;
    const auto to = stop < count_ ? blocks_.blocks[stop].node
                                  : static_cast<std::uint32_t>(page_.nodes().size());
    read_times(from - std::min<std::uint32_t>(from, 2), to, DaySign::kTimeNear);
    // <article data-published="2026-03-09">
    for (std::uint32_t at = page_[from].parent; at != 0; at = page_[at].parent) {
      Cue cue = Cue::kNone;
      const auto found = day_in_attributes(at, cue);
      if (found && cue == Cue::kPublished) add(*found, DaySign::kTimeNear);
    }
  }

  /// What the attributes of an element say: the day of "3 hours ago"; that of a change only where
  /// there is no other.
  std::optional<PageDates::Found> day_in_attributes(std::uint32_t node, Cue& cue) const {
    std::optional<PageDates::Found> changed;
    if (page_[node].tag == Tag::kText || page_[node].tag == Tag::kMeta) return changed;
    for (Attributes one(page_.written(node)); one.next();) {
      const bool is_plain = one.is("title") || one.is("content") || one.is("datetime");
      if (!is_plain && !dates_.names_a_day(one.name)) continue;
      auto found = dates_.read(squeeze(plain_value(one.value)), style_);
      if (!found) continue;
      cue = is_plain ? Cue::kNone : dates_.cue_in_names(one.name);
      if (cue != Cue::kUpdated) return found;
      changed = std::move(found);
    }
    if (changed) cue = Cue::kUpdated;
    return changed;
  }

  void read_times(std::uint32_t from, std::uint32_t to, DaySign sign) {
    for (std::uint32_t at = from; at < to; ++at) {
      Cue cue = Cue::kNone;
      auto found = day_in_attributes(at, cue);
      if (page_[at].end - at > kMostInner || (!found && page_[at].tag != Tag::kTime)) continue;
      const std::string words = text_of(page_, at);
      if (!found) found = dates_.read(words, style_);
      if (!found) continue;
      if (is_embedded(at)) {
        add_embedded(*found, sign);
        continue;
      }
      if (cue == Cue::kNone) cue = dates_.cue_before(words);
      for (std::uint32_t before = at; cue == Cue::kNone && before-- > 1 && at - before <= 2;) {
        if (page_[before].tag == Tag::kText) cue = dates_.cue_before(page_.written(before));
      }
      if (cue == Cue::kNone) cue = own_name(at);
      if (cue == Cue::kNone) cue = named(at);
      if (cue == Cue::kOther) continue;
      if (cue == Cue::kUpdated) {
        add_update(*found);
        continue;
      }
      add(*found, sign);
      if (cue == Cue::kPublished) add(*found, DaySign::kTimeNamed);
    }
  }

  void add_far(const PageDates::Found& found, DaySign sign, std::uint32_t node, std::size_t taken) {
    if (is_embedded(node)) {
      add_embedded(found, sign);
    } else {
      add(found, sign);
      if (taken == 0) add(found, DaySign::kFirst);
    }
  }

  /// The first day of a block that its words do not say to be of something else.
  std::optional<PageDates::Found> first_own_day(std::size_t block) const {
    const std::string_view words = text(block);
    std::size_t from = 0;
    for (int seen = 0; seen < kMostInBlock; ++seen) {
      auto found = dates_.find(words, style_, from);
      if (!found || cue_before(block, words.substr(from, found->begin - from)) != Cue::kOther) {
        return found;
      }
      from = found->end;
    }
    return std::nullopt;
  }

  void read_far() {
    read_times(0, static_cast<std::uint32_t>(page_.nodes().size()), DaySign::kTimeFar);
    if (!day_.empty()) return;
    std::size_t taken = 0;
    for (std::size_t i = 0; i < count_ && taken < kMostFar; ++i) {
      const Block& block = blocks_.blocks[i];
      if (block.words > kMostWords || in_body_[i]) continue;
      if (is_masthead(block.node) || is_aside(block.node) || named(block.node) == Cue::kOther) {
        continue;
      }
      const auto found = first_own_day(i);
      if (found) add_far(*found, DaySign::kFar, block.node, taken++);
    }
    // A date that a line of script writes where it stands.
    for (std::uint32_t at = 1; at < page_.nodes().size() && taken < kMostFar; ++at) {
      if (page_[at].tag != Tag::kText || page_[page_[at].parent].tag != Tag::kScript) continue;
      if (page_[at].size > kLine || page_[page_[page_[at].parent].parent].tag == Tag::kHead) {
        continue;
      }
      const auto found = dates_.find(page_.written(at), style_);
      if (found) add_far(*found, DaySign::kFar, at, taken++);
    }
  }

  const Page& page_;
  const Blocks& blocks_;
  const std::vector<bool>& in_body_;
  const PageDates& dates_;
  const DateStyle& style_;
  PublicationDay& day_;
  std::size_t count_ = 0, headline_ = 0, first_ = 0, last_ = 0;
  bool any_ = false;                         ///< Whether a day is shown.
  std::optional<PageDates::Found> drafted_;  ///< One near the headline that waits.
};

}  // namespace

void read_shown_days(const Page& page, const Blocks& blocks, const Outline& outline,
                     const std::vector<bool>& in_body, const PageDates& dates,
                     const DateStyle& style, PublicationDay& day) {
  ShownDays(page, blocks, outline, in_body, dates, style, day).read();
}

}  // namespace dateline::article
