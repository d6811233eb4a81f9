// Attributions: who says, thinks or wants what, in whose words.
//
// Three trained models (attributions/learner.h) say which words are cues and choose, among the
// stretches about each, its source and its content. What they do not see is exact and follows here:
// a quotation belongs to one content whole, over its sentences and paragraphs; quotations without a
// cue of their own get the speaker beside them or the one who was speaking; lines such as "SMITH:
// ..." name theirs. Linear in the tokens of a report.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "reading/attributions/stance.h"
#include "reading/components.h"
#include "reading/mentions.h"
#include "reading/reading.h"
#include "reading/vectors.h"

namespace dateline::reading {

using language::Token;
using language::TokenRange;

namespace {

struct Draft {
  std::uint32_t cue = 0;  ///< Token; the verb, noun or colon.
  TokenRange source{0, 0};
  std::uint32_t source_head = kNone;
  std::vector<Span> content;
  float log_odds = 0;
};

/// What log odds mean.
struct Bounds {
  /// From where on a word is taken for a cue: anywhere, beside a quotation that has no other, and
  /// inside a content.
  float outer, beside_quote, inner;
  /// Of the logistic function to the share of attributions that are right; fitted on the tenth of
  /// PolNeAR's train part that weights for that purpose were kept from.
  double slope, shift;

  float least() const { return std::min({outer, beside_quote, inner}); }
};
constexpr Bounds kByKeys{-0.4f, -2.5f, -2.0f, 0.54, -0.58};
/// Of the words of that tenth as many pass as with kByKeys.
constexpr Bounds kByVectors{-0.2f, -1.85f, -1.45f, 0.56, -0.30};

class AttributionReader {
 public:
  AttributionReader(const Context& context, Record& record)
      : context_(context),
        learner_(context.components->attribution),
        bounds_(context.vectors ? kByVectors : kByKeys),
        record_(record),
        scene_(context.document, record.text),
        tree_(scene_.tree),
        tokens_(scene_.tokens),
        mentions_(tree_, record),
        quotes_(scene_.quotes),
        paragraphs_(scene_.paragraphs) {}

  void run() {
    draft_at_.assign(tokens_.size(), kNone);
    log_odds_.assign(tokens_.size(), AttributionLearner::kNever);
    for (std::uint32_t begin = 0; begin < tokens_.size();) {
      const TokenRange stretch = stretch_from(context_.document, begin);
      weigh(stretch);
      if (context_.given_up()) return;
      begin = stretch.end;
    }
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      if (log_odds_[i] < bounds_.outer) continue;
      if (context_.given_up()) return;
      read(i);
    }
    speaker_lines();
    signatures();
    quotations();
    nested();
    write();
  }

 private:
  /// What the models make of a cue.
  struct Choice {
    Candidate source, content;
  };

  /// Weighs the words of a stretch; and, while its vectors are at hand, chooses for all that may be
  /// asked for later.
  void weigh(TokenRange stretch) {
    if (context_.vectors) learner_.see(context_.vectors->of(stretch), scratch_);
    learner_.cues(scene_, stretch, scratch_, log_odds_);
    if (!context_.vectors) return;
    for (std::uint32_t i = stretch.begin; i < stretch.end; ++i) {
      if (log_odds_[i] >= bounds_.least()) choices_.emplace(i, choose(i));
    }
  }

  Choice choose(std::uint32_t cue) {
    Choice choice{learner_.source(scene_, cue, scratch_), {}};
    choice.content = learner_.content(scene_, cue, choice.source, scratch_);
    return choice;
  }

  /// Without a content there is no attribution.
  std::uint32_t read(std::uint32_t cue) {
    const auto known = choices_.find(cue);
    const auto [source, content] = known == choices_.end() ? choose(cue) : known->second;
    if (content.pieces.empty()) return kNone;
    Draft draft;
    draft.cue = cue;
    draft.log_odds = log_odds_[cue];
    if (!source.pieces.empty()) {
      draft.source = source.pieces.front();
      draft.source_head = source.head;
      const TokenRange here = tree_.in_paragraph_of(cue, source.head, draft.source);
      if (here.begin < here.end && source.head < here.begin) {
        draft.source = here;
        draft.source_head = tree_.head_of(here);
      }
    }
    if (source.pieces.empty() && tokens_[cue].text == ":") name_of_line(draft);
    for (const TokenRange piece : content.pieces) {
      if (!draft.content.empty() && has_cue_of_its_own(cue, piece)) continue;
      draft.content.push_back(tree_.span(without_comment(cue, piece)));
    }
    if (draft.source_head == kNone) speaker_above(draft);
    return keep(std::move(draft));
  }

  /// What follows a quotation and a comma as an addition to the clause is the reporter's: said it
  /// was “an accident”, the first such admission.
  TokenRange without_comment(std::uint32_t cue, TokenRange piece) const {
    if (piece.begin < cue) return piece;
    for (std::uint32_t i = piece.end; i-- > piece.begin + 2;) {
      if (scene_.words[i].quote != kNone) return piece;
      if (tokens_[i].tag == "DT" && tokens_[i - 1].text == "," &&
          is_quote_mark(tokens_[i - 2].text)) {
        return {piece.begin, i - 1};
      }
    }
    return piece;
  }

  /// "X accused Y of ..., saying that ...": who does the one does the other.
  void speaker_above(Draft& draft) const {
    const std::uint32_t above = tokens_[draft.cue].head;
    if (tokens_[draft.cue].tag != "VBG") return;
    for (std::uint32_t i = above, steps = 0; steps < 4; ++steps, i = tokens_[i].head) {
      if (draft_at_[i] == kNone) continue;
      draft.source = drafts_[draft_at_[i]].source;
      draft.source_head = drafts_[draft_at_[i]].source_head;
      return;
    }
  }

  /// A quotation behind the cue that another cue stands before: "A," said X. Y added: "B."
  bool has_cue_of_its_own(std::uint32_t cue, TokenRange quotation) const {
    if (scene_.words[quotation.begin].quote == kNone) return false;
    for (std::uint32_t i = cue + 1; i < quotation.begin; ++i) {
      if (log_odds_[i] >= bounds_.outer && scene_.words[i].quote == kNone) return true;
    }
    return false;
  }

  /// "Mayor: bridge to open in May": a few words before the colon, no verb among them.
  void name_of_line(Draft& draft) const {
    std::uint32_t first = draft.cue;
    while (first > 0 && draft.cue - first < 6 && !scene_.breaks_line(first - 1)) {
      if (is_any_of(tokens_[--first].pos, {"VERB", "AUX"})) return;
    }
    if (first == draft.cue || (first > 0 && !scene_.breaks_line(first - 1))) return;
    draft.source = {first, draft.cue};
    draft.source_head = tree_.head_of(draft.source);
  }

  std::uint32_t keep(Draft draft) {
    draft_at_[draft.cue] = static_cast<std::uint32_t>(drafts_.size());
    drafts_.push_back(std::move(draft));
    return draft_at_[drafts_.back().cue];
  }

  void add_content(Draft& draft, TokenRange range) const {
    range = tree_.trim(range, false);
    if (range.begin >= range.end) return;
    if (tree_.trim(range, true).begin >= tree_.trim(range, true).end) return;
    draft.content.push_back(tree_.span(range));
  }

  static bool is_all_capitals(std::string_view word) {
    return word.size() > 1 && std::all_of(word.begin(), word.end(), [](char c) {
             return (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '\'';
           });
  }

  /// "NAME: what NAME says" at the beginning of a line.
  void speaker_lines() {
    for (const TokenRange paragraph : paragraphs_) {
      std::uint32_t i = paragraph.begin;
      while (i < tokens_.size() && is_quote_mark(tokens_[i].text)) ++i;
      const std::uint32_t first = i;
      while (i < tokens_.size() && i - first < 6 && tokens_[i].text != ":" &&
             (tokens_[i].pos == "PROPN" || is_all_capitals(tokens_[i].text))) {
        ++i;
      }
      if (i == first || i + 3 >= tokens_.size() || tokens_[i].text != ":") continue;
      if (paragraph.end < i + 4 || draft_at_[i] != kNone) continue;
      Draft draft;
      draft.cue = i;
      draft.log_odds = std::max(log_odds_[i], bounds_.outer);
      draft.source = {first, i};
      draft.source_head = tree_.head_of(draft.source);
      add_content(draft, {i + 1, paragraph.end});
      if (!draft.content.empty()) keep(std::move(draft));
    }
  }

  static bool is_dash(std::string_view text) { return is_any_of(text, {"-", "--", "–", "—", "―"}); }

  bool is_space(std::uint32_t i) const { return tokens_[i].pos == "SPACE"; }

  /// A line or two lines that are a quotation, a dash and who said it: “...” — Ann Lee
  void signatures() {
    for (std::size_t p = 0; p < paragraphs_.size(); ++p) {
      auto [line, end] = paragraphs_[p];
      while (end > line && (is_space(end - 1) || tokens_[end - 1].text == ".")) --end;
      std::uint32_t dash = end;
      while (dash > line && end - dash < kLongestName && !is_dash(tokens_[dash - 1].text)) --dash;
      if (dash == line || dash == end || !is_dash(tokens_[--dash].text)) continue;
      std::uint32_t who = dash + 1;
      while (who < end && is_space(who)) ++who;
      if (who == end || tokens_[who].pos != "PROPN" || has_verb({who, end})) continue;
      std::uint32_t first = line, last = dash;
      if (dash == line && p > 0) first = paragraphs_[p - 1].begin;
      while (last > first && is_space(last - 1)) --last;
      if (last < first + 4 || !is_quote_mark(tokens_[first].text) ||
          !is_quote_mark(tokens_[last - 1].text) || has_signature({first, last})) {
        continue;
      }
      Draft draft;
      draft.cue = dash;
      draft.log_odds = kLikely;
      draft.source = {who, end};
      draft.source_head = tree_.head_of(draft.source);
      add_content(draft, {first + 1, last - 1});
      if (!draft.content.empty()) keep(std::move(draft));
    }
  }

  bool has_signature(TokenRange range) const {
    for (std::uint32_t i = range.begin + 1; i + 1 < range.end; ++i) {
      const std::uint32_t next = is_space(i + 1) ? i + 2 : i + 1;
      if (is_quote_mark(tokens_[i].text) && next < range.end && is_dash(tokens_[next].text)) {
        return true;
      }
    }
    return false;
  }

  bool has_verb(TokenRange range) const {
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (is_any_of(tokens_[i].pos, {"VERB", "AUX"})) return true;
    }
    return false;
  }

  /// Finds the speaker of the quotations that are in no content yet.
  void quotations() {
    struct Piece {
      Span span;
      std::uint32_t draft;
    };
    std::vector<Piece> pieces;
    for (std::uint32_t d = 0; d < drafts_.size(); ++d) {
      for (const Span span : drafts_[d].content) pieces.push_back({span, d});
    }
    std::sort(pieces.begin(), pieces.end(),
              [](const Piece& a, const Piece& b) { return a.span.begin < b.span.begin; });
    std::size_t next = 0;
    std::uint32_t last_speaker = kNone;  // Draft of the quotation before.
    std::uint32_t last_paragraph = 0;
    std::vector<Span> waiting;  // Earlier paragraphs of a speech whose speaker is named at its end.
    for (const Quote& quote : quotes_) {
      const std::uint32_t first = tree_.first_of(quote.span);
      // Draft whose content overlaps the quotation most and whose cue lies outside of it.
      std::uint32_t owner = kNone;
      std::uint32_t most = 0;
      while (next < pieces.size() &&
             pieces[next].span.begin + kLongestSentence < quote.span.begin) {
        ++next;
      }
      for (std::size_t at = next; at < pieces.size() && at < next + 200; ++at) {
        const Span span = pieces[at].span;
        if (span.begin >= quote.span.end) break;
        const Span cue = tokens_[drafts_[pieces[at].draft].cue].span;
        if (!span.overlaps(quote.span) || quote.span.overlaps(cue)) continue;
        const std::uint32_t shared =
            std::min(span.end, quote.span.end) - std::max(span.begin, quote.span.begin);
        if (shared > most || owner == kNone) most = shared, owner = pieces[at].draft;
      }
      const bool speech = words_in(quote.span) >= 4;
      if (owner == kNone) owner = speaker_line_at(first);
      if (owner == kNone && quote.continues && last_speaker != kNone) {
        owner = last_speaker;
        drafts_[owner].content.push_back(quote.span);
      } else if (owner == kNone && speech) {
        owner = speaker_of(quote, first);
        if (owner == kNone && last_speaker != kNone && last_paragraph == quote.paragraph) {
          owner = last_speaker;
        }
        if (owner != kNone) drafts_[owner].content.push_back(quote.span);
      }
      if (!quote.continues) waiting.clear();
      if (owner == kNone) {
        waiting.push_back(quote.span);
      } else {
        for (const Span span : waiting) drafts_[owner].content.push_back(span);
        waiting.clear();
      }
      if (owner != kNone && speech) {
        last_speaker = owner;
        last_paragraph = quote.paragraph;
      } else if (last_paragraph != quote.paragraph) {
        last_speaker = kNone;
      }
    }
  }

  /// The draft of a speaker's line that begins at a token: “SMITH: ...
  std::uint32_t speaker_line_at(std::uint32_t first) const {
    for (std::uint32_t i = first; i < tokens_.size() && i - first < 7; ++i) {
      if (draft_at_[i] == kNone || tokens_[i].text != ":") continue;
      return drafts_[draft_at_[i]].source.begin == first ? draft_at_[i] : kNone;
    }
    return kNone;
  }

  std::uint32_t words_in(Span span) const {
    const auto [first, last] = tree_.tokens_of(span);
    return last - first;
  }

  /// The cue beside a quotation that no clause holds; a new draft where there is one.
  std::uint32_t speaker_of(const Quote& quote, std::uint32_t first) {
    const std::uint32_t last = tree_.tokens_of(quote.span).end;
    // "...," said X. / "...," X said.
    for (std::uint32_t i = last; i < tokens_.size() && i < last + 14; ++i) {
      if (i > last && (tokens_[i].text.find('\n') != std::string_view::npos ||
                       is_any_of(tokens_[i].text, {"“", ".", "!", "?"}))) {
        break;
      }
      if (const std::uint32_t d = cue_beside(i); d != kNone) return d;
    }
    // X said: "..." / X said, "...", the announcement standing in the line before perhaps.
    std::uint32_t steps = 0;
    bool colon = false;
    for (std::uint32_t i = first; i-- > 0 && steps < 40; ++steps) {
      const std::string_view word = tokens_[i].text;
      if (word == ":") colon = true;
      const bool line = word.find('\n') != std::string_view::npos;
      if (line && steps > 2) break;
      if (is_any_of(word, {".", "!", "?", "”"}) && steps > 0) break;
      if (line && !colon && !(i > 0 && tokens_[i - 1].text == ":")) break;
      if (const std::uint32_t d = cue_beside(i); d != kNone) return d;
    }
    return kNone;
  }

  std::uint32_t cue_beside(std::uint32_t i) {
    if (draft_at_[i] != kNone) return draft_at_[i];
    if (tokens_[i].pos != "VERB" && tokens_[i].text != ":") return kNone;
    return log_odds_[i] >= bounds_.beside_quote ? read(i) : kNone;
  }

  /// Attributions within the content of others; the models were taught the outermost ones, and of
  /// those inside they are less sure.
  void nested() {
    std::vector<Span> contents;
    for (const Draft& draft : drafts_) {
      contents.insert(contents.end(), draft.content.begin(), draft.content.end());
    }
    std::sort(contents.begin(), contents.end());
    std::size_t next = 0;
    std::uint32_t end = 0;
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      const Span span = tokens_[i].span;
      while (next < contents.size() && contents[next].begin <= span.begin) {
        end = std::max(end, contents[next++].end);
      }
      if (span.end <= end && log_odds_[i] >= bounds_.inner && draft_at_[i] == kNone) read(i);
    }
  }

  /// A content that is one quotation and its marks, which may be part of its first and last token
  /// ("‹We"), is what stands between them.
  Span without_marks(Span span) const {
    const auto quote = std::partition_point(quotes_.begin(), quotes_.end(), [&](const Quote& one) {
      return one.span.end <= span.begin;
    });
    return quote != quotes_.end() && span.contains(quote->span) &&
                   only_quote_marks(
                       scene_.text.substr(span.begin, quote->span.begin - span.begin)) &&
                   only_quote_marks(scene_.text.substr(quote->span.end, span.end - quote->span.end))
               ? quote->span
               : span;
  }

  std::string_view form_of(const Draft& draft) const {
    std::uint64_t all = 0, quoted = 0;
    for (const Span span : draft.content) {
      all += span.size();
      auto at = std::partition_point(quotes_.begin(), quotes_.end(), [&](const Quote& quote) {
        return quote.span.end <= span.begin;
      });
      for (; at != quotes_.end() && at->span.begin < span.end; ++at) {
        quoted += std::min(at->span.end, span.end) - std::max(at->span.begin, span.begin);
      }
    }
    if (quoted == 0) return "indirect";
    return quoted * 10 >= all * 8 ? "direct" : "mixed";
  }

  double confidence_of(float log_odds) const {
    return std::round(100 / (1 + std::exp(-(bounds_.slope * log_odds + bounds_.shift)))) / 100;
  }

  /// A relative pronoun stands for the noun that its clause hangs on, a noun with a name as its
  /// apposition for who is named: "its president, Ann Lee".
  std::string speaker(std::uint32_t head) const {
    if (is_any_of(tokens_[head].lower, {"who", "which", "that"})) {
      const std::uint32_t verb = tokens_[head].head;
      if (tokens_[verb].dep == "relcl") head = tokens_[verb].head;
    }
    const std::uint32_t name = tree_.child(head, {"appos"});
    return mentions_.entity_at(head) == kNone && name != kNone ? mentions_.id_at(name)
                                                               : mentions_.id_at(head);
  }

  void write() {
    std::stable_sort(drafts_.begin(), drafts_.end(),
                     [](const Draft& a, const Draft& b) { return a.cue < b.cue; });
    for (Draft& draft : drafts_) {
      for (Span& span : draft.content) span = without_marks(span);
      std::sort(draft.content.begin(), draft.content.end());
      Attribution out;
      out.id = fmt::format("a{}", record_.attributions.size() + 1);
      if (draft.source.begin < draft.source.end) {
        out.source.spans.push_back(tree_.span(draft.source));
        out.source.entity = speaker(draft.source_head);
      }
      out.cue.spans.push_back(tree_.span(cue_tokens(scene_, draft.cue)));
      out.cue.lemma = tokens_[draft.cue].lemma;
      out.form = form_of(draft);
      out.stance = stance_of(scene_, draft.cue, context_.tables.words);
      for (const Span span : draft.content) {
        if (!out.content.empty() && out.content.back().overlaps(span)) {
          out.content.back().end = std::max(out.content.back().end, span.end);
        } else {
          out.content.push_back(span);
        }
      }
      out.confidence = confidence_of(draft.log_odds);
      record_.attributions.push_back(std::move(out));
    }
    nest();
  }

  /// `inside`: the smallest content that holds the cue, of those longer than its own: of two whose
  /// contents hold each other's cues, the shorter is the inner one.
  void nest() {
    struct Piece {
      Span span;
      std::size_t of;
    };
    std::vector<Piece> pieces;
    std::vector<std::size_t> length(record_.attributions.size());
    for (std::size_t a = 0; a < record_.attributions.size(); ++a) {
      for (const Span span : record_.attributions[a].content) {
        pieces.push_back({span, a});
        length[a] += span.size();
      }
    }
    std::sort(pieces.begin(), pieces.end(),
              [](const Piece& a, const Piece& b) { return a.span.begin < b.span.begin; });
    std::vector<Piece> open;
    std::size_t next = 0;
    for (std::size_t a = 0; a < record_.attributions.size(); ++a) {
      Attribution& attribution = record_.attributions[a];
      const Span cue = attribution.cue.spans.front();
      while (next < pieces.size() && pieces[next].span.begin <= cue.begin) {
        open.push_back(pieces[next++]);
      }
      std::erase_if(open, [&](const Piece& piece) { return piece.span.end <= cue.begin; });
      const Piece* best = nullptr;
      for (const Piece& piece : open) {
        if (length[piece.of] <= length[a] || !piece.span.contains(cue)) continue;
        if (!best || piece.span.size() < best->span.size()) best = &piece;
      }
      if (best) attribution.inside = record_.attributions[best->of].id;
    }
  }

  static constexpr std::uint32_t kLongestSentence = 4000;  ///< Bytes.
  static constexpr float kLikely = 2.0f;                   ///< Of what no model was asked about.
  static constexpr std::uint32_t kLongestName = 10;        ///< Tokens of a signature.

  const Context& context_;
  const AttributionLearner& learner_;
  const Bounds bounds_;
  Record& record_;
  const Scene scene_;
  const Tree& tree_;
  const std::vector<Token>& tokens_;
  MentionMap mentions_;
  const std::vector<Quote>& quotes_;
  const std::vector<TokenRange>& paragraphs_;
  AttributionLearner::Scratch scratch_;
  std::vector<float> log_odds_;
  std::map<std::uint32_t, Choice> choices_;  ///< By cue; those that were made ahead.
  std::vector<Draft> drafts_;
  std::vector<std::uint32_t> draft_at_;  ///< By token; kNone where it is no cue.
};

}  // namespace

void read_attributions(const Context& context, Record& record) {
  if (context.document.tokens.empty() || context.components == nullptr) return;
  AttributionReader(context, record).run();
}

}  // namespace dateline::reading
