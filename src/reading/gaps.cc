// Gaps: what the report announces and does not bring, and sentences that cannot be read.
//
// missing_content: a line ends in a colon, and what follows is no content but another announcement
// or nothing. garbled_sentence: the main verb is finite and has no subject, or one verb comes three
// times over, as where two versions of a sentence were run together. Both rules would rather miss
// a gap than find one where there is none.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>

#include "reading/reading.h"
#include "reading/tree.h"

namespace dateline::reading {

using language::Token;
using language::TokenRange;

namespace {

constexpr std::uint32_t kShortest = 3;       ///< Words of an announcement.
constexpr std::uint32_t kShortestTold = 10;  ///< Tokens of a sentence that may be garbled.
constexpr std::uint32_t kLongestTold = 80;

class GapReader {
 public:
  GapReader(const Context& context, Record& record)
      : record_(record), tree_(context.document), tokens_(context.document.tokens) {}

  void run() {
    announcements();
    for (const TokenRange sentence : tree_.document().sentences)
      garbled(tree_.trim(sentence, false));
  }

 private:
  void announcements() {
    const std::vector<TokenRange> paragraphs = tree_.paragraphs();
    const auto range_of = [&](std::size_t p) { return tree_.trim(paragraphs[p], false); };
    for (std::size_t p = 0; p < paragraphs.size(); ++p) {
      const TokenRange line = range_of(p);
      if (!announces(line)) continue;
      if (p + 1 < paragraphs.size() && !announces(range_of(p + 1))) continue;
      record_.gaps.push_back({"missing_content",
                              {tree_.span(line)},
                              p + 1 < paragraphs.size()
                                  ? "what the line announces is followed by another announcement"
                                  : "nothing follows what the line announces"});
    }
  }

  /// "Others were heard as well:" - a line that tells something and ends in a colon.
  bool announces(TokenRange line) const {
    if (line.end < line.begin + kShortest + 1 || tokens_[line.end - 1].text != ":") return false;
    bool verb = false;
    for (std::uint32_t i = line.begin; !verb && i < line.end; ++i) {
      verb = is_any_of(tokens_[i].pos, {"VERB", "AUX"});
    }
    return verb;
  }

  void garbled(TokenRange sentence) {
    if (sentence.end < sentence.begin + kShortestTold ||
        sentence.end > sentence.begin + kLongestTold) {
      return;
    }
    if (!is_any_of(tokens_[sentence.end - 1].text, {".", "”", "\""})) return;
    for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
      if (is_quote_mark(tokens_[i].text) || tokens_[i].text.find('\n') != std::string_view::npos)
        return;
    }
    const char* note = nullptr;
    for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
      if (tree_.is_root(i) && lacks_subject(i, sentence)) note = "the main verb has no subject";
    }
    if (!note && stammers(sentence)) note = "one verb comes three times over";
    if (note) record_.gaps.push_back({"garbled_sentence", {tree_.span(sentence)}, note});
  }

  /// A finite main verb after a clause of its own, with no subject: "While it rained, did not
  /// stop."
  bool lacks_subject(std::uint32_t root, TokenRange sentence) const {
    if (tokens_[root].pos != "VERB") return false;
    bool finite = false, subordinate = false;
    for (const std::uint32_t child : tree_.children(root)) {
      const Token& token = tokens_[child];
      if (is_any_of(token.dep, {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl", "attr"})) {
        return false;
      }
      finite =
          finite || (token.dep == "aux" && is_any_of(token.lower, {"did", "does", "has", "had"}));
      subordinate = subordinate || (token.dep == "advcl" && child < root);
    }
    return finite && subordinate && tree_.subtree(root).begin == sentence.begin;
  }

  bool stammers(TokenRange sentence) const {
    std::unordered_map<std::string_view, std::uint32_t> seen;
    for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
      const Token& token = tokens_[i];
      if (token.pos != "VERB" || token.dep == "conj") continue;
      if (is_any_of(token.lemma, {"say", "have", "do", "be", "go", "get", "make", "take", "know",
                                  "want", "think", "use", "need", "see"})) {
        continue;
      }
      if (++seen[token.lemma] >= 3) return true;
    }
    return false;
  }

  Record& record_;
  Tree tree_;
  const std::vector<Token>& tokens_;
};

}  // namespace

void read_gaps(const Context& context, Record& record) {
  if (context.document.tokens.empty()) return;
  GapReader(context, record).run();
}

}  // namespace dateline::reading
