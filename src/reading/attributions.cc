// Attributions: who says, thinks or wants what, in whose words.
//
// A word of cues.tsv is a cue where what it governs has the form its row names (a clause, an
// infinitive, an object, ...); source and content are read off the dependency tree. Quotations that
// no such clause covers get their speaker from the cue beside them, from the line that announces
// them ("X said:") or from the quotation they go on from. Linear in the tokens of a report.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "reading/attributions/quotes.h"
#include "reading/mentions.h"
#include "reading/reading.h"
#include "reading/tree.h"

namespace dateline::reading {

using language::Token;
using language::TokenRange;

namespace {

struct Draft {
  std::uint32_t cue = 0;  ///< Token; the verb, noun or colon.
  TokenRange cue_tokens;
  TokenRange source{0, 0};
  std::uint32_t source_head = kNone;
  std::vector<Span> content;
  std::string_view stance;
};

class AttributionReader {
 public:
  AttributionReader(const Context& context, Record& record)
      : context_(context),
        record_(record),
        tree_(context.document),
        tokens_(context.document.tokens),
        mentions_(tree_, record),
        quotes_(find_quotes(record.text)),
        paragraphs_(find_paragraphs(record.text)) {}

  void run() {
    draft_at_.assign(tokens_.size(), kNone);
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].lower == "according") {
        according(i);
      } else if (is_any_of(tokens_[i].pos, {"VERB", "AUX"})) {
        verb(i);
      } else if (tokens_[i].pos == "NOUN") {
        noun(i);
      }
    }
    speaker_lines();
    quotations();
    write();
  }

 private:
  std::string_view text() const { return record_.text; }

  /// The row of a word for a frame, or null. "*" stands for any word.
  const knowledge::Cue* cue_for(std::string_view lemma, std::string_view frame) const {
    for (const std::string_view key : {lemma, std::string_view("*")}) {
      const auto* cues = knowledge::find(context_.tables.words.cues, key);
      if (!cues) continue;
      for (const knowledge::Cue& cue : *cues) {
        if (cue.frame == frame) return &cue;
      }
    }
    return nullptr;
  }

  void verb(std::uint32_t i) {
    if (is_any_of(tokens_[i].dep, {"aux", "auxpass"})) return;
    const std::string_view lemma = tokens_[i].lemma;
    const std::uint32_t clause = complement(i);
    if (clause != kNone) {
      if (const auto* cue = cue_for(lemma, "clause")) {
        Draft draft = begin(i, *cue);
        take_clause(draft, i, clause);
        return keep(std::move(draft));
      }
    }
    const std::uint32_t object = tree_.child(i, {"dobj"});
    const std::uint32_t infinitive = infinitive_of(i);
    if (infinitive != kNone) {
      if (const auto* cue = cue_for(lemma, object == kNone ? "infinitive" : "order")) {
        Draft draft = begin(i, *cue);
        TokenRange range = content_range(infinitive, i);
        if (object != kNone && object > i && object < infinitive) {
          range.begin = std::min(range.begin, tree_.subtree(object).begin);
        }
        add_content(draft, range);
        return keep(std::move(draft));
      }
    }
    if (object != kNone && object > i) {
      if (const auto* cue = cue_for(lemma, "object")) {
        Draft draft = begin(i, *cue);
        TokenRange range = tree_.subtree(object);
        // What is said of the object belongs to it: "called it a mistake".
        const std::uint32_t predicate = tree_.child(i, {"oprd", "xcomp"});
        if (predicate != kNone && predicate > object) range.end = tree_.subtree(predicate).end;
        add_content(draft, range);
        return keep(std::move(draft));
      }
    }
    if (const std::uint32_t predicate = tree_.child(i, {"oprd"}); predicate != kNone) {
      if (const auto* cue = cue_for(lemma, "predicate")) {
        Draft draft = begin(i, *cue);
        add_content(draft, content_range(predicate, i));
        return keep(std::move(draft));
      }
    }
    for (const std::uint32_t child : tree_.children(i)) {
      if (tokens_[child].dep != "prep" || child < i) continue;
      if (!is_any_of(tokens_[child].lower,
                     {"for", "about", "to", "of", "on", "against", "with", "at", "over", "in"})) {
        continue;
      }
      std::string key = std::string(lemma) + ' ' + std::string(tokens_[child].lower);
      if (const auto* cue = cue_for(key, "about")) {
        Draft draft = begin(i, *cue);
        draft.cue_tokens.end = std::max(draft.cue_tokens.end, child == i + 1 ? child + 1 : i + 1);
        TokenRange range = tree_.subtree(child);
        if (range.begin == child) ++range.begin;
        add_content(draft, range);
        return keep(std::move(draft));
      }
    }
  }

  /// "their demand that ...", "calls for ...", "a promise to ...".
  void noun(std::uint32_t i) {
    const std::string_view lemma = tokens_[i].lemma;
    const std::uint32_t owner = tree_.child(i, {"poss"});
    for (const std::uint32_t child : tree_.children(i)) {
      if (child < i) continue;
      const bool clause =
          tokens_[child].dep == "acl" && tokens_[child].tag != "VBG" && tokens_[child].tag != "VBN";
      if (!clause) continue;
      const auto* cue = cue_for(lemma, "noun");
      if (!cue) return;
      Draft draft = begin(i, *cue);
      draft.cue_tokens = {i, i + 1};
      draft.source = {0, 0};
      draft.source_head = kNone;
      std::uint32_t source = owner;
      if (source == kNone && tokens_[i].dep == "dobj") {
        source = tree_.child(tokens_[i].head, {"nsubj"});
      }
      if (source != kNone) set_source(draft, source);
      add_content(draft, tree_.subtree(child));
      return keep(std::move(draft));
    }
  }

  void according(std::uint32_t i) {
    if (i + 1 >= tokens_.size() || tokens_[i + 1].lower != "to") return;
    const std::uint32_t source = tree_.child(i + 1, {"pobj"});
    if (source == kNone) return;
    Draft draft;
    draft.cue = i;
    draft.cue_tokens = {i, i + 2};
    draft.stance = "asserts";
    set_source(draft, source);
    // The content is the clause that the phrase hangs on.
    std::uint32_t governor = tokens_[i].head;
    for (std::uint32_t steps = 0; steps < 8 && !is_any_of(tokens_[governor].pos, {"VERB", "AUX"});
         ++steps) {
      governor = tokens_[governor].head;
    }
    TokenRange clause = tree_.subtree(governor);
    if (!is_any_of(tokens_[governor].pos, {"VERB", "AUX"}))
      clause = tree_.document().sentences[tokens_[i].sentence];
    const TokenRange own = tree_.subtree(i);
    add_content(draft, {clause.begin, std::min(own.begin, clause.end)});
    add_content(draft, {std::max(own.end, clause.begin), clause.end});
    keep(std::move(draft));
  }

  /// The complement clause of a verb of saying: "said that he ...", "..., he said".
  std::uint32_t complement(std::uint32_t i) const {
    for (const std::uint32_t child : tree_.children(i)) {
      if (tokens_[child].dep != "ccomp") continue;
      return child;
    }
    return kNone;
  }

  std::uint32_t infinitive_of(std::uint32_t i) const {
    for (const std::uint32_t child : tree_.children(i)) {
      if (child > i && is_any_of(tokens_[child].dep, {"xcomp", "ccomp", "advcl"})) {
        const std::uint32_t to = tree_.child(child, {"aux"});
        if (to != kNone && tokens_[to].tag == "TO" &&
            (tokens_[child].dep != "advcl" || tree_.child(i, {"dobj"}) != kNone)) {
          return child;
        }
      }
    }
    return kNone;
  }

  Draft begin(std::uint32_t i, const knowledge::Cue& cue) const {
    Draft draft;
    draft.cue = i;
    draft.stance = cue.stance;
    draft.cue_tokens = {i, i + 1};
    bool negated = false;
    for (const std::uint32_t child : tree_.children(i)) {
      const bool part = is_any_of(tokens_[child].dep, {"aux", "auxpass", "neg"});
      if (part && child < i && i - child <= 5) {
        draft.cue_tokens.begin = std::min(draft.cue_tokens.begin, child);
      }
      negated = negated || (tokens_[child].dep == "neg" && child < i);
      if (tokens_[child].dep == "prt" && child == i + 1) draft.cue_tokens.end = child + 1;
    }
    // A subject between auxiliary and verb ("did she say") ends the run.
    for (std::uint32_t k = i; k-- > draft.cue_tokens.begin;) {
      if (is_any_of(tokens_[k].dep, {"nsubj", "nsubjpass"})) {
        draft.cue_tokens.begin = k + 1;
        break;
      }
    }
    if (negated && draft.stance == "asserts") draft.stance = "does not assert";
    find_source(draft, i);
    return draft;
  }

  /// The subject, also where it stands at the verb above; the agent of a passive.
  void find_source(Draft& draft, std::uint32_t i) const {
    for (std::uint32_t steps = 0; steps < 5; ++steps) {
      if (const std::uint32_t agent = tree_.child(i, {"agent"}); agent != kNone) {
        const std::uint32_t source = tree_.child(agent, {"pobj"});
        if (source != kNone) set_source(draft, source);
        return;
      }
      const std::uint32_t subject = tree_.child(i, {"nsubj"});
      if (subject != kNone) return set_source(draft, subject);
      if (tree_.child(i, {"nsubjpass"}) != kNone) return;
      const std::string_view dep = tokens_[i].dep;
      const std::uint32_t head = tokens_[i].head;
      if (head == i) return;
      if (dep == "acl" && tokens_[i].tag == "VBG") {
        // "issued a statement saying": whoever issued it; else the noun itself says it.
        const std::uint32_t above = tokens_[head].head;
        const bool object = tokens_[head].dep == "dobj" && above != head;
        const std::uint32_t speaker = object ? tree_.child(above, {"nsubj"}) : kNone;
        return set_source(draft, speaker != kNone ? speaker : head);
      }
      if (!is_any_of(dep, {"conj", "xcomp", "advcl", "acl", "pcomp", "prep"})) return;
      if (dep == "acl") return;
      i = head;
      if (tokens_[i].pos == "ADP" && tokens_[i].head != i) i = tokens_[i].head;
      if (tokens_[i].pos != "VERB" && tokens_[i].pos != "AUX") return;
    }
  }

  void set_source(Draft& draft, std::uint32_t head) const {
    draft.source_head = head;
    draft.source = tree_.trim(tree_.subtree(head), false);
    // A relative pronoun stands for the noun that its clause hangs on.
    if (is_any_of(tokens_[head].lower, {"who", "which", "that"})) {
      const std::uint32_t verb = tokens_[head].head;
      if (is_any_of(tokens_[verb].dep, {"relcl"})) draft.source_head = tokens_[verb].head;
    }
    const bool holds_cue = draft.source.begin <= draft.cue && draft.cue < draft.source.end;
    if (holds_cue)
      draft.source = head < draft.cue ? TokenRange{draft.source.begin, draft.cue}
                                      : TokenRange{draft.cue + 1, draft.source.end};
    while (draft.source.end > draft.source.begin + 1 &&
           tokens_[draft.source.end - 1].pos == "PUNCT" &&
           tokens_[draft.source.end - 1].text != ")") {
      --draft.source.end;
    }
  }

  /// No clause is longer than this; it keeps chains of clauses from taking quadratic time.
  static TokenRange bounded(TokenRange range, std::uint32_t around) {
    range.begin = std::max(range.begin, around - std::min(around, kLongestClause));
    range.end = std::min(range.end, around + kLongestClause);
    return range;
  }

  /// The subtree of what is said, without the words of the saying.
  TokenRange content_range(std::uint32_t head, std::uint32_t cue) const {
    TokenRange range = bounded(tree_.subtree(head), cue);
    if (head > cue) range.begin = std::max(range.begin, cue + 1);
    if (head < cue) range.end = std::min(range.end, cue);
    return range;
  }

  void take_clause(Draft& draft, std::uint32_t cue, std::uint32_t clause) const {
    const TokenRange whole = within_line(bounded(tree_.subtree(clause), cue), cue);
    TokenRange range = within_line(content_range(clause, cue), cue);
    if (clause < cue && draft.source_head != kNone && draft.source_head < cue &&
        draft.source.begin < range.end) {
      // "..., he said": the content ends where the source begins.
      if (draft.source.begin > range.begin) range.end = std::min(range.end, draft.source.begin);
    }
    add_content(draft, range);
    // The saying may stand in the middle: "We", he said, "are ready".
    if (clause < cue && whole.end > cue + 1) add_content(draft, {cue + 1, whole.end});
  }

  /// A clause does not run over a line break, unless a colon announces the next line.
  TokenRange within_line(TokenRange range, std::uint32_t cue) const {
    const auto breaks = [&](std::uint32_t i) {
      return tokens_[i].pos == "SPACE" && tokens_[i].text.find('\n') != std::string_view::npos &&
             (i == 0 || tokens_[i - 1].text != ":");
    };
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (!breaks(i)) continue;
      if (i < cue) {
        range.begin = i + 1;
      } else {
        range.end = i;
      }
    }
    return range;
  }

  void add_content(Draft& draft, TokenRange range) const {
    range = tree_.trim(range, false);
    while (range.begin < range.end &&
           is_any_of(tokens_[range.begin].text, {",", ":", "—", "-", "."})) {
      ++range.begin;
    }
    while (range.begin < range.end &&
           is_any_of(tokens_[range.end - 1].text, {",", ":", "—", "."})) {
      --range.end;
    }
    range = tree_.trim(range, false);
    if (range.begin >= range.end) return;
    if (tree_.trim(range, true).begin >= tree_.trim(range, true).end) return;
    draft.content.push_back(tree_.span(range));
  }

  void keep(Draft draft) {
    if (draft.content.empty()) return;
    draft_at_[draft.cue] = static_cast<std::uint32_t>(drafts_.size());
    drafts_.push_back(std::move(draft));
  }

  /// "NAME: what NAME says" at the beginning of a line.
  void speaker_lines() {
    for (std::size_t p = 0; p < paragraphs_.size(); ++p) {
      std::uint32_t i = tree_.at_byte(paragraphs_[p]);
      while (i < tokens_.size() && is_quote_mark(tokens_[i].text)) ++i;
      const std::uint32_t first = i;
      while (i < tokens_.size() && i - first < 6 && tokens_[i].text != ":" &&
             is_any_of(tokens_[i].pos, {"PROPN"})) {
        ++i;
      }
      if (i == first || i + 3 >= tokens_.size() || tokens_[i].text != ":") continue;
      const std::uint32_t end =
          p + 1 < paragraphs_.size() ? tree_.at_byte(paragraphs_[p + 1]) : tree_.size();
      if (end < i + 4) continue;
      Draft draft;
      draft.cue = i;
      draft.cue_tokens = {i, i + 1};
      draft.source = {first, i};
      draft.source_head = tree_.head_of({first, i});
      draft.stance = "asserts";
      add_content(draft, {i + 1, end});
      keep(std::move(draft));
    }
  }

  /// Quotations: widen what a clause already covers, find the speaker of the others.
  void quotations() {
    std::vector<std::uint32_t> by_begin;  // (content, draft) in text order.
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
    for (const Quote& quote : quotes_) {
      const std::uint32_t first = tree_.at_byte(quote.span.begin);
      if (first >= tokens_.size()) break;
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
      if (owner != kNone) {
        widen(drafts_[owner], quote.span);
      } else if (quote.continues && last_speaker != kNone) {
        owner = last_speaker;
        drafts_[owner].content.push_back(quote.span);
      } else if (speech) {
        owner = speaker_of(quote, first);
        if (owner == kNone && last_speaker != kNone && last_paragraph == quote.paragraph) {
          owner = last_speaker;
        }
        if (owner != kNone) drafts_[owner].content.push_back(quote.span);
      }
      if (owner != kNone && speech) {
        last_speaker = owner;
        last_paragraph = quote.paragraph;
      } else if (last_paragraph != quote.paragraph) {
        last_speaker = kNone;
      }
    }
  }

  std::uint32_t words_in(Span span) const {
    const std::uint32_t first = tree_.at_byte(span.begin);
    const std::uint32_t last = std::min(tree_.at_byte(span.end), tree_.size());
    return last > first ? last - first : 0;
  }

  void widen(Draft& draft, Span quote) const {
    for (Span& span : draft.content) {
      if (span.overlaps(quote)) {
        span.begin = std::min(span.begin, quote.begin);
        span.end = std::max(span.end, quote.end);
        return;
      }
    }
  }

  /// The cue beside a quotation that no clause holds; a new draft where there is one.
  std::uint32_t speaker_of(const Quote& quote, std::uint32_t first) {
    const std::uint32_t last = std::min(tree_.at_byte(quote.span.end), tree_.size());
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
    if (tokens_[i].pos != "VERB") return kNone;
    const auto* cue = cue_for(tokens_[i].lemma, "quote");
    if (!cue) return kNone;
    if (draft_at_[i] != kNone) return draft_at_[i];
    Draft draft = begin(i, *cue);
    if (draft.source_head == kNone) return kNone;
    draft_at_[i] = static_cast<std::uint32_t>(drafts_.size());
    drafts_.push_back(std::move(draft));
    return draft_at_[i];
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

  void write() {
    std::erase_if(drafts_, [](const Draft& draft) { return draft.content.empty(); });
    std::stable_sort(drafts_.begin(), drafts_.end(),
                     [](const Draft& a, const Draft& b) { return a.cue < b.cue; });
    for (Draft& draft : drafts_) {
      std::sort(draft.content.begin(), draft.content.end());
      Attribution out;
      out.id = fmt::format("a{}", record_.attributions.size() + 1);
      if (draft.source.begin < draft.source.end) {
        out.source.spans.push_back(tree_.span(draft.source));
        out.source.entity = mentions_.id_at(draft.source_head);
      }
      out.cue.spans.push_back(tree_.span(draft.cue_tokens));
      out.cue.lemma = tokens_[draft.cue].lemma;
      out.form = form_of(draft);
      out.stance = draft.stance;
      for (const Span span : draft.content) {
        if (!out.content.empty() && out.content.back().overlaps(span)) {
          out.content.back().end = std::max(out.content.back().end, span.end);
        } else {
          out.content.push_back(span);
        }
      }
      record_.attributions.push_back(std::move(out));
    }
    nest();
  }

  /// `inside`: the smallest content that holds the cue.
  void nest() {
    struct Piece {
      Span span;
      std::size_t of;
    };
    std::vector<Piece> pieces;
    for (std::size_t a = 0; a < record_.attributions.size(); ++a) {
      for (const Span span : record_.attributions[a].content) pieces.push_back({span, a});
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
        if (piece.of == a || !piece.span.contains(cue)) continue;
        if (!best || piece.span.size() < best->span.size()) best = &piece;
      }
      if (best) attribution.inside = record_.attributions[best->of].id;
    }
  }

  static constexpr std::uint32_t kLongestSentence = 4000;  ///< Bytes.
  static constexpr std::uint32_t kLongestClause = 400;     ///< Tokens to either side of the cue.

  const Context& context_;
  Record& record_;
  Tree tree_;
  const std::vector<Token>& tokens_;
  MentionMap mentions_;
  std::vector<Quote> quotes_;
  std::vector<std::uint32_t> paragraphs_;
  std::vector<Draft> drafts_;
  std::vector<std::uint32_t> draft_at_;
};

}  // namespace

void read_attributions(const Context& context, Record& record) {
  if (context.document.tokens.empty()) return;
  AttributionReader(context, record).run();
}

}  // namespace dateline::reading
