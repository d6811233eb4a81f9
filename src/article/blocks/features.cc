// SPDX-License-Identifier: Apache-2.0
#include "article/blocks/features.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "article/ascii.h"
#include "article/white_space.h"

namespace dateline::article {

namespace {

// What the trees' signs are made of. The trees learn around these: trained anew for each value on
// two draws of five folds by site (training/article/train.py; kProseWords 4 and kNear .35: four
// draws, the whole engine), the F1 of the body's blocks, mean of scrapinghub, readability and WCXB,
// is below this one's by what stands behind the value. Another seed alone moves it by .002.
constexpr std::uint32_t kProseWords = 6;  ///< Fewer words are a label. 4: .001, 8: .003, 10: .001
/// Of the prose: what holds more says nothing of a part. .35: .000, .65: .001, .8: .001
constexpr double kNear = 0.5;
/// Of the prose, for an element named as the article. .15: .001, .5: .002
constexpr double kNamedShare = 0.3;
/// Of the prose, for a body found by name. .35: .001, .65: .003
constexpr double kArticleShare = 0.5;
/// Of the prose, for a body found by its size. .7: .000, .9: .001
constexpr double kBodyShare = 0.8;
constexpr std::uint32_t kLabelWords = 8;       ///< A longer text is no label. 5: .002, 12: .001
constexpr std::uint32_t kTitleWords = 40;      ///< Of a text compared with it. 25: .001, 60: .001
constexpr std::uint32_t kParagraphWords = 20;  ///< Of prose that a text is near. 12: .000, 30: .001
constexpr std::uint32_t kFar = 12;             ///< Blocks to such prose. 6: .000, 20: .001
constexpr int kCardLevels = 8;                 ///< Up to a card around a text. 4: .001, 12: .002
constexpr std::uint32_t kCardBlocks = 2;       ///< In a card, on average. 1.5: .002, 3: .002

constexpr Marks kFurniture = bit(Mark::kNavigation) | bit(Mark::kShare) | bit(Mark::kAdvert) |
                             bit(Mark::kRelated) | bit(Mark::kComments) | bit(Mark::kNewsletter) |
                             bit(Mark::kOverlay) | bit(Mark::kSidebar) | bit(Mark::kLabels) |
                             bit(Mark::kWriter) | bit(Mark::kHidden);

/// Tags that say something of what lies in them, as a set.
enum Around : std::uint32_t {
  kAroundFigure = 1 << 0,
  kAroundArticle = 1 << 1,
  kAroundMain = 1 << 2,
  kAroundAside = 1 << 3,
  kAroundNav = 1 << 4,
  kAroundFooter = 1 << 5,
  kAroundHeader = 1 << 6,
  kAroundForm = 1 << 7,
  kAroundList = 1 << 8,
  kAroundTable = 1 << 9,
  kAroundHidden = 1 << 10,
  kAroundQuote = 1 << 11,
  kAroundStrong = 1 << 12,
  kAroundItem = 1 << 13,
  kAroundCell = 1 << 14,
  kAroundHeading = 1 << 15,
};

std::uint32_t around_of(Tag tag) {
  switch (tag) {
    case Tag::kFigure:
    case Tag::kFigcaption:
      return kAroundFigure;
    case Tag::kArticle:
      return kAroundArticle;
    case Tag::kMain:
      return kAroundMain;
    case Tag::kAside:
      return kAroundAside;
    case Tag::kNav:
    case Tag::kMenu:
      return kAroundNav;
    case Tag::kFooter:
      return kAroundFooter;
    case Tag::kHeader:
      return kAroundHeader;
    case Tag::kForm:
    case Tag::kDialog:
      return kAroundForm;
    case Tag::kUl:
    case Tag::kOl:
    case Tag::kDl:
      return kAroundList;
    case Tag::kTable:
      return kAroundTable;
    case Tag::kBlockquote:
      return kAroundQuote;
    case Tag::kStrong:
    case Tag::kB:
    case Tag::kEm:
    case Tag::kI:
      return kAroundStrong;
    case Tag::kLi:
    case Tag::kDd:
    case Tag::kDt:
      return kAroundItem;
    case Tag::kTd:
    case Tag::kTh:
      return kAroundCell;
    default:
      return has(tag, kHeading) ? std::uint32_t{kAroundHeading} : 0;
  }
}

constexpr std::uint32_t kFurnitureTags =
    kAroundAside | kAroundNav | kAroundFooter | kAroundForm | kAroundHidden;
/// Believed whatever they hold.
constexpr std::uint32_t kAlways = kAroundArticle | kAroundMain | kAroundFigure | kAroundTable |
                                  kAroundList | kAroundQuote | kAroundStrong | kAroundItem |
                                  kAroundCell | kAroundHeading;

bool is_prose(const Block& block) {
  return block.words >= kProseWords && block.linked * 2 < block.words;
}

/// Sums over the blocks before each one, so that any element's sum is a subtraction.
class Sums {
 public:
  template <typename Of>
  Sums(const Blocks& blocks, Of of) : blocks_(&blocks), sums_(blocks.blocks.size() + 1) {
    for (std::size_t i = 0; i < blocks.blocks.size(); ++i) sums_[i + 1] = sums_[i] + of(i);
  }
  std::uint32_t before(std::size_t block) const { return sums_[block]; }
  std::uint32_t all() const { return sums_.back(); }
  std::uint32_t in(const Page& page, std::size_t node) const {
    return sums_[blocks_->first[page[node].end]] - sums_[blocks_->first[node]];
  }

 private:
  const Blocks* blocks_;
  std::vector<std::uint32_t> sums_;
};

double share(std::uint32_t part, std::uint32_t all) {
  return all == 0 ? 0 : static_cast<double>(part) / all;
}

/// What the elements around each node say.
struct Surroundings {
  std::vector<Marks> marks;
  std::vector<std::uint32_t> tags;
  std::vector<std::uint8_t> named;  ///< 1: in an element named as the body; 2: as an article.
  std::vector<std::uint16_t> depth;
};

Surroundings surroundings_of(const Page& page, const Blocks& blocks, const Sums& prose,
                             std::uint32_t headline) {
  const std::size_t count = page.nodes().size();
  Surroundings out{std::vector<Marks>(count), std::vector<std::uint32_t>(count),
                   std::vector<std::uint8_t>(count), std::vector<std::uint16_t>(count)};
  for (std::size_t at = 1; at < count; ++at) {
    const Node& node = page[at];
    out.marks[at] = out.marks[node.parent];
    out.tags[at] = out.tags[node.parent];
    out.named[at] = out.named[node.parent];
    out.depth[at] = static_cast<std::uint16_t>(out.depth[node.parent] + 1);
    if (node.tag == Tag::kText) continue;
    std::uint32_t tags = around_of(node.tag);
    if (blocks.hidden[at]) tags |= kAroundHidden;
    const Marks marks = blocks.marks[at];
    if (tags == 0 && marks == 0) continue;
    const double held = share(prose.in(page, at), prose.all());
    const bool apart = headline != 0 && !page.contains(at, headline);
    out.tags[at] |= held < kNear || apart ? tags : tags & kAlways;
    if (held < kNear || apart) out.marks[at] |= marks;
    if (held >= kNamedShare) {
      if (marks & bit(Mark::kBody)) out.named[at] |= 1;
      if (marks & bit(Mark::kArticle)) out.named[at] |= 2;
    }
  }
  return out;
}

bool is_container(Tag tag) {
  switch (tag) {
    case Tag::kDiv:
    case Tag::kArticle:
    case Tag::kSection:
    case Tag::kMain:
    case Tag::kTable:
    case Tag::kTbody:
    case Tag::kTr:
    case Tag::kTd:
    case Tag::kBody:
    case Tag::kCenter:
    case Tag::kForm:
    case Tag::kOther:
    case Tag::kSpan:
      return true;
    default:
      return false;
  }
}

std::uint32_t find_body(const Page& page, const Blocks& blocks, const Sums& clean) {
  std::uint32_t body = 0;
  std::uint32_t all = clean.all();
  for (const bool named : {true, false}) {
    std::uint32_t best = 0;  // Of two that hold the same, the outer one.
    std::uint32_t most = 0;
    for (std::uint32_t at = 1; at < page.nodes().size(); ++at) {
      const Tag tag = page[at].tag;
      const bool is_it = named ? has(tag, kBlock) && (blocks.marks[at] & bit(Mark::kBody))
                               : tag == Tag::kArticle || tag == Tag::kMain;
      if (!is_it) continue;
      const std::uint32_t held = clean.in(page, at);
      if (held > most && share(held, clean.all()) >= kArticleShare) {
        best = at;
        most = held;
      }
    }
    if (best != 0) {
      body = best;
      all = most;
      break;
    }
  }
  while (true) {
    std::uint32_t richest = 0;
    std::uint32_t most = 0;
    for (std::uint32_t at = body + 1; at < page[body].end; at = page[at].end) {
      if (page[at].tag == Tag::kText) continue;
      if (const std::uint32_t held = clean.in(page, at); held > most) {
        richest = at;
        most = held;
      }
    }
    if (richest == 0 || !is_container(page[richest].tag) || share(most, all) < kBodyShare) {
      return body;
    }
    body = richest;
  }
}

/// The <h1> that is the page's title, else the first one that says anything.
std::uint32_t find_headline(const Page& page, const Blocks& blocks, const std::string& title) {
  std::uint32_t first = 0;
  for (std::uint32_t at = 1; at < page.nodes().size(); ++at) {
    if (page[at].tag != Tag::kH1 || blocks.first[at] == blocks.first[page[at].end]) continue;
    if (first == 0) first = at;
    if (title.empty()) break;
    if (same_headline(text_of(page, at), title)) return at;
  }
  return first;
}

float size_of(std::uint32_t count) { return std::log1p(static_cast<float>(count)); }

struct TextFeatures {
  float word_length = 0, sentence_ends = 0, ends_sentence = 0, commas = 0, capitals = 0, digits = 0,
        function_words = 0, starts_lower = 0, year = 0, odd_signs = 0, quotes = 0, question = 0,
        colon = 0, furniture = 0, label = 0, title_share = 0;
};

TextFeatures look_at(std::string_view text, std::uint32_t words, const PageWords& known,
                     const std::vector<std::uint64_t>& title) {
  TextFeatures out;
  std::uint32_t capitals = 0, digits = 0, function_words = 0, furniture = 0, letters = 0,
                in_title = 0, lettered = 0;
  std::array<std::uint64_t, kLabelWords> first_words{};
  std::size_t told = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    std::uint32_t digit_run = 0;
    const char first = text[begin];
    capitals += first >= 'A' && first <= 'Z';
    WordHash hash;
    while (end < text.size() && static_cast<unsigned char>(text[end]) > ' ') {
      const char c = text[end];
      const Character character = character_at(text, end);
      if (character.letter) {
        hash.add(text.substr(end, character.size));
        const bool digit = c >= '0' && c <= '9';
        digit_run += digit;
        letters += !digit;
      } else if (c == ',') {
        ++out.commas;
      } else if (c == '"' || text.substr(end).starts_with("\u201C") ||
                 text.substr(end).starts_with("\u201D")) {
        ++out.quotes;
      } else if (c == '|' || c == '@' || c == '#' || c == '/' || c == '\xC2') {
        ++out.odd_signs;
      }
      end += character.size;
    }
    digits += digit_run;
    const char last = text[end - 1];
    if (last == '.' || last == '!' || last == '?') ++out.sentence_ends;
    if (digit_run == 4 && (first == '1' || first == '2')) out.year = 1;
    if (!hash.empty()) {
      ++lettered;
      const WordKinds kinds = known.kinds_of(hash.value());
      function_words += (kinds & bit(WordKind::kFunction)) != 0;
      furniture += (kinds & bit(WordKind::kFurniture)) != 0;
      if (words < kTitleWords) {
        in_title += std::find(title.begin(), title.end(), hash.value()) != title.end();
      }
      if (told < first_words.size()) first_words[told++] = hash.value();
    }
    begin = end;
    while (begin < text.size() && static_cast<unsigned char>(text[begin]) <= ' ') ++begin;
  }
  const auto count = static_cast<float>(std::max(words, 1u));
  out.word_length = static_cast<float>(letters) / count;
  out.capitals = static_cast<float>(capitals) / count;
  out.digits = static_cast<float>(digits) / count;
  out.function_words = static_cast<float>(function_words) / count;
  out.furniture = static_cast<float>(furniture) / count;
  out.title_share = static_cast<float>(in_title) / static_cast<float>(std::max(lettered, 1u));
  out.label = words <= kLabelWords && known.opens(first_words.data(), told);
  out.commas /= count;
  out.quotes /= count;
  out.odd_signs /= count;
  out.sentence_ends /= count;
  std::string_view tail = text;
  while (!tail.empty() && (tail.back() == '"' || tail.back() == '\'' || tail.back() == ')' ||
                           tail.ends_with("\u201D") || tail.ends_with("\u2019"))) {
    tail.remove_suffix((tail.back() & 0x80) != 0 ? 3 : 1);
  }
  const char last = tail.empty() ? ' ' : tail.back();
  out.ends_sentence = last == '.' || last == '!' || last == '?' || tail.ends_with("\u2026") ||
                      tail.ends_with("\u3002");
  out.question = last == '?';
  out.colon = last == ':';
  out.starts_lower = is_lower(text.front());
  return out;
}

/// The block element around an element.
std::uint32_t container_of(const Page& page, std::uint32_t element) {
  std::uint32_t at = page[element].parent;
  while (at != 0 && !has(page[at].tag, kBlock)) at = page[at].parent;
  return at;
}

std::size_t kind_hash(const Page& page, const Blocks& blocks, std::uint32_t element) {
  return blocks.names[element] * 131 + static_cast<std::size_t>(page[page[element].parent].tag);
}

/// Elements with one tag, class and parent: the items of a list, the cards of a page, the
/// paragraphs of an article.
struct Alike {
  std::uint32_t count = 0, words = 0, linked = 0, prose = 0, blocks = 0,
                links = 0;  ///< Blocks that are links as a whole.
};

constexpr std::uint32_t kNoSet = 0xFFFFFFFF;

struct Sets {
  std::vector<Alike> all;
  std::vector<std::uint32_t> of;  ///< Of each block element that holds a block.
};

Sets sets_of(const Page& page, const Blocks& blocks, const Sums& words, const Sums& linked,
             const Sums& prose, const Sums& links) {
  Sets sets;
  sets.of.resize(page.nodes().size(), kNoSet);
  std::unordered_map<std::size_t, std::uint32_t> known;
  for (std::uint32_t at = 1; at < page.nodes().size(); ++at) {
    if (!has(page[at].tag, kBlock)) continue;
    const std::uint32_t held = blocks.first[page[at].end] - blocks.first[at];
    if (held == 0) continue;
    const std::size_t key = blocks.names[at] * 0x9E3779B97F4A7C15U + page[at].parent;
    const auto [found, is_new] = known.try_emplace(key, sets.all.size());
    if (is_new) sets.all.emplace_back();
    sets.of[at] = found->second;
    Alike& set = sets.all[found->second];
    ++set.count;
    set.words += words.in(page, at);
    set.linked += linked.in(page, at);
    set.prose += prose.in(page, at);
    set.blocks += held;
    set.links += links.in(page, at);
  }
  return sets;
}

/// The nearest set, of at least two elements of more than one block each, that a block lies in;
/// null where there is none.
const Alike* cards_around(const Page& page, const Sets& sets, std::uint32_t element) {
  std::uint32_t at = page[element].parent;
  for (int level = 0; level < kCardLevels && at != 0; ++level, at = page[at].parent) {
    if (sets.of[at] == kNoSet) continue;
    const Alike& set = sets.all[sets.of[at]];
    if (set.count >= 2 && set.blocks >= kCardBlocks * set.count) return &set;
  }
  return nullptr;
}

}  // namespace

std::array<std::uint32_t, 2> containers_of(const Page& page, const Block& block) {
  const std::uint32_t one = container_of(page, block.element);
  return {one, container_of(page, one)};
}

Outline outline_of(const Page& page, const Blocks& blocks, const std::string& title) {
  const Sums prose(blocks, [&](std::size_t i) {
    return is_prose(blocks.blocks[i]) ? blocks.blocks[i].words : 0;
  });
  Outline outline;
  outline.headline = find_headline(page, blocks, title);
  const Surroundings around = surroundings_of(page, blocks, prose, outline.headline);
  const Sums clean(blocks, [&](std::size_t i) {
    const Block& block = blocks.blocks[i];
    const bool furniture = (around.marks[block.node] & kFurniture) != 0 ||
                           (around.tags[block.node] & kFurnitureTags) != 0;
    return is_prose(block) && !furniture ? block.words : 0;
  });
  outline.prose = prose.all();
  outline.body = find_body(page, blocks, clean.all() > 0 ? clean : prose);
  return outline;
}

std::vector<Features> features_of(const Page& page, const Blocks& blocks, const Outline& outline,
                                  const std::string& title, const PageWords& known) {
  const auto& all = blocks.blocks;
  const Sums prose(blocks, [&](std::size_t i) { return is_prose(all[i]) ? all[i].words : 0; });
  const Sums words(blocks, [&](std::size_t i) { return all[i].words; });
  const Sums linked(blocks, [&](std::size_t i) { return all[i].linked; });
  const Sums links(blocks, [&](std::size_t i) { return all[i].linked == all[i].words ? 1U : 0U; });
  const Surroundings around = surroundings_of(page, blocks, prose, outline.headline);
  const Sets sets = sets_of(page, blocks, words, linked, prose, links);
  std::vector<std::uint64_t> title_words = word_hashes(title);
  if (title_words.size() > kTitleWords) title_words.resize(kTitleWords);

  std::unordered_map<std::size_t, std::pair<std::uint32_t, std::uint32_t>> alike;
  std::vector<std::size_t> kinds(all.size());
  std::unordered_set<std::string_view> seen;
  std::vector<TextFeatures> texts(all.size());
  std::vector<bool> repeated(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string_view text = all[i].span.of(blocks.text.text());
    texts[i] = look_at(text, all[i].words, known, title_words);
    repeated[i] = !seen.insert(text).second;
    kinds[i] = kind_hash(page, blocks, all[i].element);
    auto& [prose_words, count] = alike[kinds[i]];
    prose_words += is_prose(all[i]) ? all[i].words : 0;
    ++count;
  }
  // How many blocks away the nearest prose is, before and after.
  std::vector<std::uint32_t> back(all.size(), kFar), ahead(all.size(), kFar);
  for (std::size_t i = 0, last = kFar; i < all.size(); ++i) {
    back[i] = static_cast<std::uint32_t>(last);
    last = is_prose(all[i]) && all[i].words >= kParagraphWords
               ? 0
               : std::min<std::size_t>(last + 1, kFar);
  }
  for (std::size_t i = all.size(), last = kFar; i-- > 0;) {
    ahead[i] = static_cast<std::uint32_t>(last);
    last = is_prose(all[i]) && all[i].words >= kParagraphWords
               ? 0
               : std::min<std::size_t>(last + 1, kFar);
  }

  // What the last label opened: words since, and whether its container reaches to here.
  std::vector<std::int64_t> since(all.size(), -1);
  std::vector<bool> under(all.size());
  for (std::size_t i = 0, label = all.size(), end = 0; i < all.size(); ++i) {
    if (label < all.size()) since[i] = words.before(i) - words.before(label);
    under[i] = i < end;
    if (texts[i].label == 0) continue;
    label = i;
    std::uint32_t region = all[i].element;
    while (region != 0 && blocks.first[page[region].end] - blocks.first[region] < 2) {
      region = page[region].parent;
    }
    end = std::max<std::size_t>(end, blocks.first[page[region].end]);
  }

  const std::uint32_t body = outline.body;
  const std::uint32_t body_first = prose.before(blocks.first[body]);
  const std::uint32_t body_prose = prose.in(page, body);
  const std::uint32_t headline_block = blocks.first[outline.headline];
  std::vector<Features> rows(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Block& block = all[i];
    const std::uint32_t node = block.node, element = block.element;
    const Tag tag = page[element].tag;
    const TextFeatures& text = texts[i];
    const std::uint32_t tags = around.tags[node];
    const Marks marks = around.marks[node];
    Features& row = rows[i];
    std::size_t at = 0;
    const auto put = [&](auto value) { row[at++] = static_cast<float>(value); };

    put(size_of(block.words));
    put(share(block.linked, block.words));
    put(text.word_length);
    put(text.sentence_ends);
    put(text.ends_sentence);
    put(text.commas);
    put(text.capitals);
    put(text.digits);
    put(text.function_words);
    put(text.starts_lower);
    put(text.year);
    put(text.odd_signs);
    put(text.quotes);
    put(text.question);
    put(text.colon);
    put(repeated[i]);
    put(text.furniture);
    put(text.label);
    put(text.title_share);

    put(tag == Tag::kP);
    put((tags & kAroundItem) != 0);
    put((tags & kAroundHeading) != 0);
    put((tags & kAroundCell) != 0);
    put((tags & kAroundQuote) != 0);
    put(tag == Tag::kPre);
    put((tags & kAroundFigure) != 0);
    put((tags & kAroundArticle) != 0);
    put((tags & kAroundMain) != 0);
    put((tags & kAroundAside) != 0);
    put((tags & kAroundNav) != 0);
    put((tags & kAroundFooter) != 0);
    put((tags & kAroundHeader) != 0);
    put((tags & kAroundForm) != 0);
    put((tags & kAroundList) != 0);
    put((tags & kAroundTable) != 0);
    put((tags & kAroundHidden) != 0);
    put(around.depth[element]);
    put((tags & kAroundStrong) != 0);
    put(element + 1 < page[element].end && page[element + 1].tag == Tag::kImg);

    for (const Mark mark :
         {Mark::kArticle,  Mark::kNavigation, Mark::kShare,   Mark::kAdvert,  Mark::kRelated,
          Mark::kComments, Mark::kNewsletter, Mark::kOverlay, Mark::kSidebar, Mark::kLabels,
          Mark::kWriter,   Mark::kHidden,     Mark::kPulled,  Mark::kEmbed,   Mark::kCaption,
          Mark::kCredit,   Mark::kDek,        Mark::kByline,  Mark::kDate,    Mark::kMeta,
          Mark::kFigure,   Mark::kBody}) {
      put((marks & bit(mark)) != 0);
    }
    put(blocks.marks[element] != 0);
    put((around.named[node] & 1) != 0);
    put((around.named[node] & 2) != 0);

    const bool in_body = page.contains(body, node);
    const std::uint32_t told = prose.before(i);
    put(in_body);
    put(in_body ? around.depth[element] - around.depth[body] : -1);
    put(told < body_first || body_prose == 0 ? -1
                                             : std::min(share(told - body_first, body_prose), 2.0));
    put(share(told, prose.all()));
    put(outline.headline == 0 ? 0 : i > headline_block ? 1 : -1);
    put(outline.headline == 0 || i < headline_block
            ? -1.0F
            : size_of(words.before(i) - words.before(headline_block)));
    // Letter for letter; what has other words cannot be.
    put(text.title_share == 1 && block.words < kTitleWords &&
        same_headline(block.span.of(blocks.text.text()), title));
    put(share(prose.all() - told, prose.all()));

    const auto [one, two] = containers_of(page, block);
    put(share(prose.in(page, one), prose.all()));
    put(share(prose.in(page, two), prose.all()));
    put(share(linked.in(page, one), words.in(page, one)));
    put(share(linked.in(page, two), words.in(page, two)));
    put(size_of(words.in(page, one)));
    put(size_of(blocks.first[page[one].end] - blocks.first[one]));
    const auto& [alike_prose, alike_count] = alike[kinds[i]];
    put(share(alike_prose, prose.all()));
    put(share(alike_prose, alike_count));
    // Links of the list it lies in, item by item.
    put(share(linked.in(page, one) - block.linked, words.in(page, one) - block.words));

    const auto put_set = [&](const Alike* set) {
      put(set ? size_of(set->count) : 0);
      put(set ? size_of(set->words / set->count) : 0);
      put(set ? share(set->linked, set->words) : -1);
      put(set ? share(set->prose, prose.all()) : -1);
    };
    put_set(sets.of[element] == kNoSet ? nullptr : &sets.all[sets.of[element]]);
    const Alike* cards = cards_around(page, sets, element);
    put_set(cards);
    put(cards ? share(cards->blocks, cards->count) : -1);
    put(cards ? share(cards->links, cards->count) : -1);

    const auto neighbour = [&](std::ptrdiff_t offset, bool full) {
      const std::ptrdiff_t other = static_cast<std::ptrdiff_t>(i) + offset;
      const bool is_there = other >= 0 && other < static_cast<std::ptrdiff_t>(all.size());
      const auto index = static_cast<std::size_t>(is_there ? other : 0);
      put(is_there ? size_of(all[index].words) : -1.0F);
      put(is_there ? share(all[index].linked, all[index].words) : -1.0);
      if (full) put(is_there ? texts[index].ends_sentence : -1.0F);
    };
    neighbour(-1, true);
    neighbour(-2, false);
    neighbour(1, true);
    neighbour(2, false);
    put(back[i]);
    put(ahead[i]);
    put(i > 0 && page[all[i - 1].element].parent == page[element].parent);
    put(i + 1 < all.size() && page[all[i + 1].element].parent == page[element].parent);
    put(since[i] < 0 ? -1.0F : size_of(static_cast<std::uint32_t>(since[i])));
    put(under[i]);
    put(i > 0 && texts[i - 1].label != 0);
    put(size_of(prose.all()));
    put(size_of(static_cast<std::uint32_t>(all.size())));
  }
  return rows;
}

}  // namespace dateline::article
